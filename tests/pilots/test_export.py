"""Exports say what was released, by whom and by which model files, and nothing else can be exported."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

import pilots.visit_notes as visit_notes
from core.access import User
from core.errors import ReleaseRefused
from core.release import ReleasedPayload, release
from core.review import Line, decide
from core.settings import Settings
from tests.core._sample import BLOCKED, DRAFT, PLANTED, a_case, a_draft

EXPORTS: dict[str, Callable[[ReleasedPayload], Any]] = {
    "docx": visit_notes.to_docx, "pdf": visit_notes.to_pdf, "json": visit_notes.to_json, "txt": visit_notes.to_text,
}
OWN = "Ọláyínká and Łucja will check the rail – £40."


@pytest.fixture
def payload(store: Settings, practitioner: User, approver: User) -> ReleasedPayload:
    case = a_case(store, practitioner)
    draft = a_draft(store, practitioner, case, DRAFT.model_copy(update={"pilot": "visit_notes"}))
    decide(store, practitioner, draft.id, "daily_life", "amend", lines=[Line(f"{PLANTED} said he fell twice.", "s1"), Line(OWN)])
    for section in ("risk", "actions"):
        decide(store, practitioner, draft.id, section, "approve")
    return release(store, approver, case.id, draft.id).payload


def words_of(kind: str, made: bytes | str) -> str:
    """Return the words a reader sees in an export."""
    if kind == "docx":
        document = Document(io.BytesIO(made))  # type: ignore[arg-type]
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    if kind == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)  # type: ignore[arg-type]
        return " ".join(text.split())
    return str(made)


@pytest.mark.parametrize("kind", EXPORTS)
def test_when_a_note_is_released_then_every_export_holds_its_words_its_approver_and_its_models(
    payload: ReleasedPayload, kind: str
) -> None:
    text = words_of(kind, EXPORTS[kind](payload))
    for expected in (f"{PLANTED} said he fell twice.", OWN, "Order a rail", payload.approver_name, "made-up 00"):
        assert expected in text
    assert "He fell 4 times." not in text, "a removed sentence stays out"
    if kind != "json":
        assert "Not discussed." in text
        assert "AI was used" in text
        assert "UNREVIEWED" not in text


def test_when_a_note_is_exported_as_json_then_its_evidence_and_status_are_there(payload: ReleasedPayload) -> None:
    record = json.loads(visit_notes.to_json(payload))
    assert record["status"] == "released" and record["ai_used"] is True
    assert record["sections"][0]["statements"][0]["evidence"][0]["quote"].startswith("My name is")


@pytest.mark.parametrize("kind", EXPORTS)
def test_when_a_payload_was_made_by_hand_then_no_export_takes_it(
    store: Settings, payload: ReleasedPayload, kind: str
) -> None:
    forged = payload.model_copy(update={"released_id": "released-000000000000"})
    with pytest.raises(ReleaseRefused) as refused:
        EXPORTS[kind](forged)
    assert refused.value.remedy


@pytest.mark.parametrize("kind", EXPORTS)
def test_when_a_released_text_was_altered_then_no_export_takes_it(payload: ReleasedPayload, kind: str) -> None:
    for change in ({"approver_name": "Somebody Else"}, {"sections": ()}, {"models": ()}):
        with pytest.raises(ReleaseRefused):
            EXPORTS[kind](payload.model_copy(update=change))


def test_when_a_blocking_finding_is_open_then_the_python_interface_gives_nothing_to_export(
    store: Settings, practitioner: User, approver: User
) -> None:
    case = a_case(store, practitioner)
    draft = a_draft(store, practitioner, case, BLOCKED)
    for section in ("daily_life", "risk", "actions"):
        decide(store, practitioner, draft.id, section, "approve")
    with pytest.raises(ReleaseRefused):
        release(store, approver, case.id, draft.id)
    with pytest.raises(ReleaseRefused):
        release(store, practitioner, case.id, draft.id)


def test_when_a_draft_is_exported_then_every_page_says_that_nobody_has_reviewed_it() -> None:
    made = visit_notes.draft_docx(DRAFT)
    header = zipfile.ZipFile(io.BytesIO(made)).read("word/header1.xml").decode()
    assert "UNREVIEWED DRAFT" in header
    assert "UNREVIEWED DRAFT" in words_of("docx", made)
