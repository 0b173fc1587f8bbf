"""The whole walk in a real browser: from a spoken visit to a released note on disk."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import SPOKEN
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

VISIT = SPOKEN / "visit_adult_home.opus"


def _decide_everything(rosa: Staff) -> list[str]:
    decided, players = [], 0
    while True:
        section = rosa.section()
        players += rosa.page.get_by_role("button", name="Play ").count()
        decided.append(section)
        rosa.press("Approve this section")
        rosa.says(f"{section}: approved")
        if not rosa.next_section():
            assert players >= 10  # every statement can be heard
            return decided


def test_when_a_visit_is_recorded_then_it_goes_all_the_way_to_a_released_note(
    served: Served, person: Callable[..., Staff], tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}
    rosa = person("Rosa Whitlock")
    found["cases"] = rosa.violations()
    rosa.new_case("E2E-1", "Home visit", {"Martin": "Worker", "Dorothy": "Person"})
    found["case without consent"] = rosa.violations()
    assert rosa.page.get_by_test_id("stFileUploader").count() == 0
    rosa.save_agreement("Dorothy (person) was told")

    rosa.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(VISIT)
    rosa.says("is stored. Next: transcribe it")
    found["case with a recording"] = rosa.violations()
    rosa.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(VISIT)
    rosa.says("It was not stored twice")

    rosa.press("Transcribe")
    rosa.page.get_by_role("progressbar").first.wait_for()
    found["case while it works"] = rosa.violations()
    rosa.after_work("button", "Read the transcript")
    rosa.press("Read the transcript")
    rosa.heading("Transcript")
    found["transcript"] = rosa.violations()

    rosa.choose("Role of speaker 1", "Worker")
    rosa.fill("Name of speaker 1", "Martin")
    rosa.press("Save speaker 1")
    rosa.says("Speaker 1 is saved")
    rosa.choose("Role of speaker 2", "Person")
    rosa.press("Save speaker 2")
    rosa.says("Speaker 2 is saved")
    rosa.says("Martin (worker)")
    shown = rosa.turn_times(0)
    rosa.page.get_by_role("button", name="Play turn").first.click()
    assert rosa.player_seconds() == pytest.approx(shown, abs=1.5)
    rosa.page.get_by_role("button", name="Play turn").nth(1).click()
    rosa.settled()
    assert rosa.page.locator("audio").count() == 1
    found["transcript with a player"] = rosa.violations()

    rosa.press("Go on to the note")
    rosa.heading("Note")
    found["note without a draft"] = rosa.violations()
    rosa.choose("Template", "Home visit (adult)")
    rosa.press("Draft the note")
    rosa.after_work("heading", "What to look at first")
    found["note"] = rosa.violations()
    _review(rosa)
    found["note after decisions"] = rosa.violations()
    marian = person("Marian Oyelaran")
    _release(rosa, marian, tmp_path, found)

    assert {page: bad for page, bad in found.items() if bad} == {}
    assert rosa.outside == marian.outside == []


def _settle_findings(rosa: Staff) -> None:
    """Settle every finding that blocks, as a person would: listen, then say so."""
    for section in rosa.sections():
        rosa.read(section)
        while rosa.has_button("Settle this finding") and rosa.page.get_by_text("Blocks release").count() > 1:
            rosa.choose("How you settled it", "I listened: the recording supports it")
            rosa.fill("Reason", "Heard it in the recording.")
            rosa.press("Settle this finding")
    rosa.read(rosa.sections()[0])


def _review(rosa: Staff) -> None:
    _settle_findings(rosa)
    sections = _decide_everything(rosa)
    assert len(sections) == len(set(sections)) >= 8


def _release(rosa: Staff, marian: Staff, tmp_path: Path, found: dict[str, list[str]]) -> None:
    rosa.go("4. Release", "Release")
    rosa.says("Your role does not release notes")
    assert not rosa.has_button("Release the note in my name")
    found["release for a practitioner"] = rosa.violations()

    marian.open_case("E2E-1")
    marian.go("4. Release", "Release")
    marian.press("Release the note in my name")
    marian.heading("Released note")
    found["release"] = marian.violations()
    word = marian.download("Download Word (.docx)", tmp_path)
    pdf = marian.download("Download PDF", tmp_path)
    payload = json.loads(marian.download("Download JSON", tmp_path).read_text("utf-8"))
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(word.read_bytes())).namelist()
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Marian Oyelaran" in json.dumps(payload)
    marian.says("The released note as text")
