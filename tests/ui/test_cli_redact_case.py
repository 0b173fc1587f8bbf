"""``rapt redact`` with a policy, within a case, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cases import Case, Person, create_case
from core.consent import ConsentForm, Told, record_consent
from core.redactions import list_redactions
from core.settings import Settings, get_settings
from core.users import get_user
from ui.cli import run

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"
NOTE = b"Then Dewi Hale rang from 07700 900123.\r\n\r\nDOB: 12/05/1948.\r\n"


@pytest.fixture(autouse=True)
def _rules(store: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    monkeypatch.setenv("RAPT_RECOGNISERS_OFF", '["spacy_names", "rampart", "own_tagger"]')
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def case(store: Settings) -> Case:
    user = get_user(store, "practitioner")
    made = create_case(store, user, reference="AN-0077", title="x", people=[Person("Dewi Hale", "family")])
    form = ConsentForm("agreed", "spoken", "2026-01", "public_task", (Told("Dewi Hale", "family"),), "has")
    record_consent(store, user, made.id, form)
    return made


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE)
    return path


def test_when_policies_are_listed_then_each_says_whether_there_is_a_way_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["redact", "--policies"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["model_safe", "disclosure", "publication"]
    assert [("no way back" in line) for line in lines] == [False, False, True]


def test_when_a_policy_is_named_then_the_text_follows_it(note: Path, tmp_path: Path) -> None:
    target, people = tmp_path / "out.txt", tmp_path / "people.json"
    people.write_text('[{"name": "Dewi Hale", "role": "son"}]', "utf-8")
    call = ["redact", str(note), "--people", str(people), "--out", str(target)]
    assert run([*call, "--policy", "publication"]) == 0
    assert target.read_bytes() == b"Then <PERSON_1 (son)> rang from [phone removed].\r\n\r\nDOB: 1948.\r\n"


def test_when_a_policy_is_unknown_then_it_is_a_usage_error_and_nothing_is_written(
    note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.txt"
    assert run(["redact", str(note), "--policy", "secret", "--out", str(target)]) == 2
    assert not target.exists() and "publication" in capsys.readouterr().err


def test_when_a_text_is_redacted_into_a_case_then_it_comes_back_to_the_last_byte(
    store: Settings, case: Case, note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, again = tmp_path / "out.txt", tmp_path / "again.txt"
    assert run(["redact", str(note), "--case", "AN-0077", "--out", str(target), "--as", "practitioner"]) == 0
    assert target.read_bytes() == b"Then <PERSON_1 (family)> rang from <PHONE_1>.\r\n\r\nDOB: <DOB_1>.\r\n"
    (kept,) = list_redactions(store, get_user(store, "practitioner"), case.id)
    assert kept.id in capsys.readouterr().err
    call = ["redact", "--restore", str(target), "--case", case.id, "--out", str(again)]
    assert run([*call, "--as", "approver"]) == 0
    assert again.read_bytes() == NOTE
    again.unlink()
    assert run([*call, "--redaction", kept.id, "--as", "coe"]) == 3
    assert run([*call, "--redaction", "redaction-0", "--as", "approver"]) == 4
    assert not again.exists()


def test_when_records_join_a_case_then_each_is_stored_with_the_tokens_of_the_case(
    store: Settings, case: Case, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = ["Mr Zephaniah met Dewi Hale.", "So Dewi met Mr Zephaniah."]
    source.write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)), "utf-8")
    assert run(["redact", "--jsonl", str(source), str(target), "--case", case.id, "--as", "practitioner"]) == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["id"] for r in records] == [0, 1]
    assert {e["token"] for e in records[0]["entities"]} == {e["token"] for e in records[1]["entities"]}
    ids = {row.id for row in list_redactions(store, get_user(store, "practitioner"), case.id)}
    assert {r["redaction"] for r in records} == ids and len(ids) == 2
    assert records[0]["report"] == {"policy": "model_safe", "replaced": {"PERSON": 2}, "left": {}}
    assert all(r["status"] == "unreviewed_draft" for r in records)


def test_when_no_consent_stands_then_the_exit_code_is_3_and_nothing_is_written(
    store: Settings, note: Path, tmp_path: Path
) -> None:
    made = create_case(store, get_user(store, "practitioner"), reference="AN-1", title="x")
    target = tmp_path / "out.txt"
    assert run(["redact", str(note), "--case", made.id, "--out", str(target), "--as", "practitioner"]) == 3
    assert not target.exists()


@pytest.mark.parametrize("more", [[], ["--case", "AN-0077", "--jsonl", "a", "b"]])
def test_when_restoring_lacks_its_case_or_comes_with_more_then_it_is_a_usage_error(note: Path, more: list[str]) -> None:
    assert run(["redact", "--restore", str(note), *more, "--as", "practitioner"]) == 2
