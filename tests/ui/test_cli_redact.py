"""``rapt redact``: the contract's records, refusals that write nothing, formats that are not read yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import Settings, get_settings
from redaction.recognisers import TABLE
from ui.cli import run

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"


@pytest.fixture(autouse=True)
def _models(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_when_a_text_file_is_redacted_then_the_output_holds_tokens(tmp_path: Path) -> None:
    source, target = tmp_path / "note.txt", tmp_path / "out.txt"
    source.write_bytes(b"Mrs Okonkwo\r\nrang from 07700 900123.\r\n")
    assert run(["redact", str(source), "--out", str(target)]) == 0
    assert target.read_bytes() == b"Mrs <PERSON_1>\r\nrang from <PHONE_1>.\r\n"


def test_when_something_leaks_then_nothing_is_written_and_the_exit_code_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPT_RECOGNISERS_OFF", json.dumps([name for name in TABLE if name != "age"]))
    get_settings.cache_clear()
    source, target = tmp_path / "note.txt", tmp_path / "out.txt"
    source.write_text("NHS number 943 476 5919", "utf-8")
    assert run(["redact", str(source), "--out", str(target)]) == 3
    assert not target.exists()
    shown = capsys.readouterr()
    assert "NHS_NUMBER" in shown.err and "943" not in shown.err + shown.out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04rest"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.txt", b"%PDF-1.7"),
        ("b.txt", b"\xff\xfe\x00"),
        ("c.txt", b"\xe9t\xe9"),
    ],
)
def test_when_the_file_is_no_text_then_it_is_refused_and_nothing_written(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    target = tmp_path / "out"
    assert run(["redact", str(tmp_path / name), "--out", str(target)]) == 4
    assert not target.exists()


def test_when_records_are_redacted_then_order_and_ids_are_kept_and_a_bad_one_does_not_stop_the_rest(
    tmp_path: Path,
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps({"id": "a", "text": "Dewi came.", "people": [{"name": "Dewi Hale", "role": "son"}]}),
        "not json",
        json.dumps({"id": 7}),
        json.dumps({"id": "d", "text": "Ring 07700 900123.", "people": "Dewi"}),
        json.dumps({"id": "e", "text": "Ring 07700 900123."}),
    ]
    source.write_text("\n".join(lines), "utf-8")
    assert run(["redact", "--jsonl", str(source), str(target)]) == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["id"] for r in records] == ["a", "line-2", 7, "d", "e"]
    assert records[0]["text"] == "<PERSON_1 (son)> came."
    assert records[0]["entities"][0]["start"] == 0 and records[0]["entities"][0]["end"] == 4
    assert {"type", "score", "recogniser"} <= set(records[0]["entities"][0])
    assert [("error" in r) for r in records] == [False, True, True, True, False]
    assert all("text" not in r for r in records if "error" in r)


@pytest.mark.slow
def test_when_a_thousand_records_are_redacted_then_each_is_written_as_it_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(
        "".join(json.dumps({"id": n, "text": f"Mrs Okonkwo called {n} times."}) + "\n" for n in range(1000)),
        "utf-8",
    )
    assert run(["redact", "--jsonl", str(source), "-"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["id"] for r in records] == list(range(1000))
    assert all("Okonkwo" not in r["text"] for r in records)


def test_when_neither_file_nor_records_are_given_then_the_call_is_wrong() -> None:
    assert run(["redact"]) == 2
