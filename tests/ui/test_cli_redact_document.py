"""``rapt redact`` on documents: a copy beside the original, nothing when it is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import Settings, get_settings
from tests.redaction.conftest import MODELS
from tests.redaction.documents import docx_places  # noqa: F401  (fills the table of places)
from tests.redaction.documents.rich_docx import PEOPLE, with_place
from tests.redaction.documents.rich_pdf import texts, with_places
from tests.redaction.documents.test_pdf import scan
from ui.cli import run


@pytest.fixture(autouse=True)
def _rules_only(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    monkeypatch.setenv("RAPT_RECOGNISERS_OFF", '["rampart", "spacy_names"]')
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def people(tmp_path: Path) -> str:
    """The file of people."""
    path = tmp_path / "people.json"
    path.write_text(json.dumps(PEOPLE), "utf-8")
    return str(path)


def test_when_a_word_document_is_given_then_its_copy_stands_beside_it_and_no_name_is_printed(
    tmp_path: Path, people: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(with_place("comment and its author"))
    assert run(["redact", str(source), "--people", people]) == 0
    assert (tmp_path / "letter.redacted.docx").exists()
    shown = capsys.readouterr()
    assert "NHS_NUMBER 1" in shown.err and "comment" in shown.err and shown.out == ""
    assert "Okonkwo" not in shown.err


def test_when_a_pdf_is_given_a_target_then_the_copy_is_there(tmp_path: Path, people: str) -> None:
    source, target = tmp_path / "letter.pdf", tmp_path / "out.pdf"
    source.write_bytes(with_places("text"))
    assert run(["redact", str(source), "--out", str(target), "--people", people]) == 0
    assert "PERSON_1" in texts(target.read_bytes())


def test_when_a_scan_is_given_then_it_is_refused_until_somebody_marked_it(
    tmp_path: Path, people: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, boxes = tmp_path / "scan.pdf", tmp_path / "boxes.json"
    source.write_bytes(scan("Siobhan Okonkwo"))
    assert run(["redact", str(source), "--people", people]) == 4
    assert run(["redact", str(source), "--people", people, "--rasterise"]) == 4
    assert not (tmp_path / "scan.redacted.pdf").exists()
    assert "--boxes" in capsys.readouterr().err
    boxes.write_text('{"1": [[60, 90, 400, 120]]}', "utf-8")
    assert run(["redact", str(source), "--people", people, "--rasterise", "--boxes", str(boxes)]) == 0
    assert (tmp_path / "scan.redacted.pdf").exists()


def test_when_boxes_are_no_boxes_or_options_do_not_fit_then_it_says_so(tmp_path: Path) -> None:
    source, boxes = tmp_path / "scan.pdf", tmp_path / "boxes.json"
    source.write_bytes(scan("Siobhan Okonkwo"))
    boxes.write_text('{"1": [[60, 90]]}', "utf-8")
    assert run(["redact", str(source), "--rasterise", "--boxes", str(boxes)]) == 4
    assert run(["redact", str(source), "--case", "x"]) == 2
    (tmp_path / "note.txt").write_text("Hello.", "utf-8")
    assert run(["redact", str(tmp_path / "note.txt"), "--rasterise"]) == 2


def test_when_the_policy_keeps_the_person_it_is_about_then_the_copy_keeps_the_name(tmp_path: Path) -> None:
    source, target, known = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "p.json"
    source.write_bytes(with_places("text"))
    known.write_text(json.dumps([{"name": "Siobhan Okonkwo", "role": "subject"}]), "utf-8")
    call = ["redact", str(source), "--out", str(target), "--people", str(known), "--policy", "disclosure"]
    assert run(call) == 0
    assert "Siobhan Okonkwo" in texts(target.read_bytes()) and "943" not in texts(target.read_bytes())
