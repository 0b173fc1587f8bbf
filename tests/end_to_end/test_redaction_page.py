"""The redaction page in Chromium, on a desktop and a phone: read, add, a removal refused, download; and a .docx."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from core import audit
from core.access import SYSTEM
from core.settings import Settings
from tests.end_to_end.made import drafted_case
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PEOPLE = "Ottoline Quill, mother\nMerrick Vane, social worker"
TEXT = (
    "Visit to Ottoline Quill on 3 March 2026.\n\n"
    "Ottoline said her neighbour rang 07700 900123 and asked about Attendance Allowance. She used to be the harbourmaster "
    "at Thornwick and is 84 years old. Merrick Vane will write to ottoline.quill@example.org.\n\n"
    "Her NHS number is 943 476 5919. The number 9434765870 stands on the fridge.\n"
)
START = "Find what identifies people"


def begin(staff: Staff, text: str = TEXT, people: str = PEOPLE) -> None:
    """Paste a text and let it be redacted."""
    # on a phone the list of pages is folded away, but there
    staff.page.locator("a[href$='/redaction']").first.evaluate("one => one.click()")
    staff.heading("Redaction")
    staff.fill("Text to redact", text)
    staff.fill("People to hide (optional), one a line: name, role", people)
    staff.page.keyboard.press("Tab")
    staff.press(START)
    staff.page.get_by_role("heading", name="Still in the text").wait_for(timeout=240_000)
    staff.settled()


def add(staff: Staff, words: str, kind: str) -> None:
    """Mask words by keyboard."""
    field = staff.page.get_by_label("Words to mask, as they stand in the text", exact=True).first
    field.fill(words)
    field.press("Enter")
    staff.page.get_by_role("button", name="Add the mask").wait_for()
    staff.settled()
    staff.choose("What it is", kind)
    staff.press("Add the mask")
    staff.says("The reason is missing.")
    staff.choose("Reason for the mask", "It identifies somebody directly")
    staff.press("Add the mask")
    staff.says("The mask is added, and the leak test ran again.")


def ask_removal(staff: Staff, mask: str) -> None:
    """Ask for a mask to be removed."""
    staff.choose("Mask to remove (of this page)", mask)
    staff.page.get_by_role("button", name="Remove the mask").wait_for()
    staff.choose("Reason for removing it", "It is no personal detail")
    staff.press("Remove the mask")


@pytest.mark.parametrize("size", SIZES)
def test_when_a_text_is_reviewed_then_masks_are_added_refused_and_downloaded(
    served: Served, person: Callable[..., Staff], tmp_path: Path, size: str
) -> None:
    width, height = SIZES[size]
    rosa = person("Rosa Whitlock", width=width, height=height)
    begin(rosa)
    assert rosa.violations() == []
    assert rosa.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width

    # a chip is reached and opened by keyboard, and says why
    chip = rosa.page.locator(".rapt-mask summary").first
    assert "PERSON_1 (mother)" in chip.inner_text()
    rosa.page.locator(".rapt-skip").focus()
    rosa.page.keyboard.press("Tab")
    assert chip.evaluate("one => one === document.activeElement && getComputedStyle(one).outlineStyle !== 'none'")
    rosa.page.keyboard.press("Enter")
    why = rosa.page.locator(".rapt-why").first
    assert "Found by" in why.inner_text()
    assert "Score" in why.inner_text()
    assert rosa.violations() == []

    ask_removal(rosa, "for “Thornwick”")
    rosa.says("The mask is removed, and the leak test ran again.")
    assert "Thornwick [Town: its mask was removed]" in rosa.page.locator(".rapt-text").inner_text()
    add(rosa, "Harbourmaster", "Occupation")
    assert rosa.page.locator(".rapt-mask.hand").inner_text().startswith("OCCUPATION_1")
    ask_removal(rosa, "for “Ottoline Quill”")
    rosa.says("is somebody named in the case, who would be readable")
    assert rosa.violations() == []
    assert "PERSON_1 (mother)" in rosa.page.locator(".rapt-text").inner_text()

    copy = rosa.download("Download the redacted copy (.txt)", tmp_path).read_text("utf-8")
    record = json.loads(rosa.download("Download the report (.json)", tmp_path).read_text("utf-8"))
    assert copy.startswith("Visit to <PERSON_1 (mother)> on")
    for words in ("Quill", "Ottoline", "Merrick", "harbourmaster", "943 476 5919", "07700"):
        assert words not in copy
        assert words not in json.dumps(record)
    assert [(one["decision"], one["type"], one["reason"]) for one in record["decisions"]] == [
        ("remove", "TOWN", "not_personal"),
        ("add", "OCCUPATION", "identifies"),
    ]
    assert record["decisions"][1]["by"] == "practitioner"
    assert record["status"] == "pseudonymised; a person may still be recognised"
    shown = rosa.page.locator("[data-testid=stMain]").inner_text().lower()
    assert "a person may still be recognised" in shown
    assert "anonym" not in shown
    assert rosa.outside == []

    settings = Settings(home=served.home, min_free_mb=1)
    lines = audit.events(settings, SYSTEM, limit=20)
    seen = {one.action: one for one in lines if one.action.startswith("redaction_")}
    assert {"redaction_mask_added", "redaction_mask_removed", "redaction_removal_refused", "redaction_copy_taken"} <= set(seen)
    assert seen["redaction_mask_added"].detail == {"type": "occupation", "reason": "identifies", "places": 1, "number": 2}


def test_when_a_document_is_reviewed_then_further_words_are_masked_in_the_file(
    person: Callable[..., Staff], tmp_path: Path
) -> None:
    document = docx.Document()
    for paragraph in TEXT.splitlines():
        document.add_paragraph(paragraph)
    given = BytesIO()
    document.save(given)
    rosa = person("Rosa Whitlock")
    rosa.page.get_by_role("link", name="Redaction").first.click()
    rosa.heading("Redaction")
    rosa.tick("A file (.txt, .docx or .pdf)")
    rosa.says("masks that the program set cannot be removed there")
    rosa.page.locator("input[type=file]").first.set_input_files(
        {"name": "letter.docx", "mimeType": "application/octet-stream", "buffer": given.getvalue()}
    )
    rosa.page.get_by_text("letter.docx").first.wait_for()
    rosa.fill("People to hide (optional), one a line: name, role", PEOPLE)
    rosa.page.keyboard.press("Tab")
    rosa.press(START)
    rosa.page.get_by_role("heading", name="Still in the text").wait_for(timeout=240_000)
    add(rosa, "harbourmaster", "Occupation")
    rosa.press("Make the redacted .docx")
    copy = docx.Document(str(rosa.download("Download the redacted copy (.docx)", tmp_path)))
    text = "\n".join(paragraph.text for paragraph in copy.paragraphs)
    assert "<OCCUPATION_1>" in text
    assert "Quill" not in text
    assert "harbourmaster" not in text


def test_when_a_transcript_of_a_case_is_reviewed_then_its_people_are_hidden_and_it_is_kept(
    served: Served, person: Callable[..., Staff], tmp_path: Path
) -> None:
    drafted_case(Settings(home=served.home, min_free_mb=1), "REDACT-1")
    rosa = person("Rosa Whitlock")
    rosa.page.get_by_role("link", name="Redaction").first.click()
    rosa.heading("Redaction")
    rosa.tick("A transcript of a case")
    rosa.choose("Case", "REDACT-1: Made for a test")
    rosa.press(START)
    rosa.page.get_by_role("heading", name="Still in the text").wait_for(timeout=240_000)
    rosa.press("Keep it in the case and make the files")
    copy = rosa.download("Download the redacted copy (.txt)", tmp_path).read_text("utf-8")
    assert copy.startswith("<PERSON_")
    assert "Dorothy" not in copy
