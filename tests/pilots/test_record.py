"""``rapt visit-notes draft`` through the real command line: the contract's shape, exit codes and messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.settings import Settings
from pilots.visit_notes import draft_note, get_template, to_record
from tests.pilots.said import conversation, squeezed
from tests.pilots.test_templates import SIX
from ui.cli import run

ROOT = Path(__file__).resolve().parents[2]
Rapt = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET = "Quillfeather"
VISIT = conversation(
    "S1: Morning Dilys, how have you been since Wednesday?",
    "S2: I've had four falls since Christmas. No, I tell a lie, three.",
    "S1: Does anyone ever hurt you?",
    "S2: No.",
    f"S3: Her neighbour Mrs {SECRET} found her on the floor.",
    "S1: I'll ring the falls clinic on Monday.",
    "S1: Someone needs to fix that stair carpet.",
)


def _process(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, env=os.environ.copy(), capture_output=True,
        text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.fixture
def rapt(capfd: pytest.CaptureFixture[str]) -> Iterator[Rapt]:
    """The same command line without the cost of a new process."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = run(list(arguments))
        shown = capfd.readouterr()
        return subprocess.CompletedProcess(list(arguments), code, shown.out, shown.err)

    yield call
    clock.fix(None)


def _written(tmp_path: Path, record: Any, name: str = "visit.json") -> Path:
    path = tmp_path / name
    path.write_text(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False), "utf-8")
    return path


def _as_transcribed() -> dict[str, Any]:
    """Return the visit as ``rapt transcribe`` writes it, with roles added."""
    record = VISIT.model_dump(mode="json", exclude={"names"})
    return {**record, "path": "visit.opus", "status": "unreviewed_draft", "a_later_key": 1}


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], subprocess.CompletedProcess[str], Path]:
    """One run of the command line: the JSON, the process and its home."""
    tmp = tmp_path_factory.mktemp("drafted")
    source, target = _written(tmp, _as_transcribed()), tmp / "note.json"
    env = {**os.environ, "RAPT_HOME": str(tmp / "home"), "RAPT_MODELS_DIR": str(ROOT / "var" / "models")}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "visit-notes", "draft", str(source), "--template", "adult_home_visit",
         "--json", str(target)],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(target.read_text("utf-8")), done, tmp


def test_when_a_transcript_is_drafted_then_the_record_has_the_contracts_shape(drafted) -> None:  # type: ignore[no-untyped-def]
    record, _, _ = drafted
    assert {"template", "sections", "actions", "findings", "status"} <= set(record)
    assert (record["template"], record["status"]) == ("adult_home_visit", "unreviewed_draft")
    keys = [h.key for h in get_template("adult_home_visit").headings]
    assert [s["key"] for s in record["sections"]][: len(keys)] == keys
    for section in record["sections"]:
        assert {"key", "heading", "status", "statements"} <= set(section)
        assert section["status"] == ("drafted" if section["statements"] else "not_discussed")
        for statement in section["statements"]:
            assert statement["origin"] in ("quoted", "reported", "generated", "human")
            assert statement["text"] and statement["evidence"]
    owners = [s for section in record["sections"] for s in section["statements"]] + record["actions"]
    evidence = [e for owner in [*owners, *record["findings"]] for e in owner["evidence"]]
    assert evidence
    for e in evidence:
        assert {"turn", "start", "end", "quote", "speaker"} <= set(e)
        turn = VISIT.turns[e["turn"]]
        assert squeezed(e["quote"]) in squeezed(turn.text)
        assert turn.start <= e["start"] <= e["end"] <= turn.end
        assert e["speaker"] == turn.speaker
    for found in record["findings"]:
        assert {"code", "severity", "message", "evidence"} <= set(found)
        assert found["severity"] in ("info", "warn", "block")


def test_when_actions_are_written_then_what_was_not_said_is_not_stated(drafted) -> None:  # type: ignore[no-untyped-def]
    record, _, _ = drafted
    clinic, carpet = record["actions"]
    assert {"what", "owner", "due", "evidence"} <= set(clinic)
    assert (clinic["owner"], carpet["owner"], carpet["due"]) == ("Worker", "not stated", "not stated")
    assert "Monday" in clinic["due"]


def test_when_the_draft_goes_to_a_file_then_stdout_is_empty_and_nothing_is_stored_or_told(drafted) -> None:  # type: ignore[no-untyped-def]
    _, done, tmp = drafted
    assert done.stdout == ""
    assert SECRET not in done.stderr
    assert not (tmp / "home" / "rapt.sqlite").exists(), "without --case a command is stateless"
    left = {p.name for p in tmp.rglob("*") if p.is_file()}
    assert left <= {"visit.json", "note.json"}


def test_when_the_same_transcript_is_drafted_in_another_process_then_the_record_is_the_same(drafted) -> None:  # type: ignore[no-untyped-def]
    from transcription import from_record

    record, _, _ = drafted
    assert to_record(draft_note(from_record(_as_transcribed()), "adult_home_visit")) == record


def test_when_the_draft_goes_to_stdout_then_stdout_is_json_and_nothing_else(
    rapt: Rapt, tmp_path: Path, settings: Settings
) -> None:
    source = _written(tmp_path, [_as_transcribed()])
    done = rapt("visit-notes", "draft", str(source), "--template", "supervision", "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["template"] == "supervision"


@pytest.mark.parametrize(
    "record",
    [
        {"id": "t", "duration": 0, "turns": []},
        {"turns": [{"speaker": "S1", "start": 0, "end": 1, "text": "Yes."}]},
        {"turns": [{"speaker": "فاطمة", "start": 0, "end": 9, "text": "I fell twice. “Help,” I said."}], "words": None},
        {"turns": [{"speaker": "S1", "start": 0, "end": 9, "text": "I fell.", "words": [{"text": "I", "start": 0, "end": 1}]}]},
    ],
    ids=["no turns", "one word", "no roles, right to left", "words without probability"],
)  # fmt: skip
def test_when_the_transcript_is_thin_but_right_then_a_draft_is_written(
    rapt: Rapt, tmp_path: Path, settings: Settings, record: dict[str, Any]
) -> None:
    target = tmp_path / "note.json"
    source = _written(tmp_path, record)
    done = rapt("visit-notes", "draft", str(source), "--template", "care_act_conversation", "--json", str(target))
    assert done.returncode == 0, done.stderr
    assert json.loads(target.read_text("utf-8"))["status"] == "unreviewed_draft"


def test_when_the_template_is_unknown_then_it_is_a_usage_error_that_names_the_six(tmp_path: Path, settings: Settings) -> None:
    target = tmp_path / "note.json"
    source = _written(tmp_path, _as_transcribed())
    done = _process("visit-notes", "draft", str(source), "--template", "home", "--json", str(target))
    assert done.returncode == 2
    assert all(name in done.stderr for name in SIX)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not target.exists()


@pytest.mark.parametrize("left_out", ["--template", "--json"])
def test_when_an_option_is_missing_then_it_is_a_usage_error(
    rapt: Rapt, tmp_path: Path, settings: Settings, left_out: str
) -> None:
    given = {"--template": "supervision", "--json": str(tmp_path / "note.json")}
    arguments = [part for name, value in given.items() if name != left_out for part in (name, value)]
    done = rapt("visit-notes", "draft", str(_written(tmp_path, _as_transcribed())), *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (None, "gone.json"),
        ("", "empty.json"),
        (f"Dear {SECRET}", "letter.json"),
        ("[]", "none.json"),
        ([{"turns": []}, {"turns": []}], "two.json"),
        ({"text": SECRET}, "other.json"),
        ({"turns": "x"}, "turns.json"),
        ({"turns": [{"speaker": "S1", "start": 5, "end": 2, "text": SECRET}]}, "backwards.json"),
        ({"turns": [{"speaker": "S1", "start": "soon", "end": 2, "text": SECRET}]}, "times.json"),
        ({"turns": [{"speaker": "S1", "start": 0, "end": 2}]}, "silent.json"),
        ({"turns": [], "speakers": {"S1": SECRET}}, "role.json"),
        ("\ufeffnot json \x00", "bom.json"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".json") else "",
)
def test_when_the_input_is_no_transcript_then_it_exits_4_with_a_remedy_and_repeats_nothing(
    rapt: Rapt, tmp_path: Path, settings: Settings, content: Any, name: str
) -> None:
    source = tmp_path / name if content is None else _written(tmp_path, content, name)
    target = tmp_path / "note.json"
    done = rapt("visit-notes", "draft", str(source), "--template", "supervision", "--json", str(target))
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr
    assert len(done.stderr.strip().splitlines()) >= 2, "a message and a remedy"
    assert done.stdout == ""
    assert not target.exists()


def test_when_a_file_that_is_neither_audio_nor_a_transcript_is_given_then_it_exits_4(
    rapt: Rapt, tmp_path: Path, settings: Settings
) -> None:
    letter = _written(tmp_path, "Dear all, " * 200, "letter.mp3")
    done = rapt("visit-notes", "draft", str(letter), "--template", "supervision", "--json", str(tmp_path / "n.json"))
    assert done.returncode == 4, done.stderr
    assert not (tmp_path / "n.json").exists()


def test_when_a_case_has_no_consent_then_a_draft_for_it_exits_3_and_nothing_is_written(
    rapt: Rapt, tmp_path: Path, store: Settings
) -> None:
    from core.cases import create_case
    from core.users import get_user

    case = create_case(store, get_user(store, "practitioner"), reference="VN-1", title="Fictional")
    target = tmp_path / "note.json"
    done = rapt(
        "--as", "practitioner", "visit-notes", "draft", str(_written(tmp_path, _as_transcribed())),
        "--template", "supervision", "--json", str(target), "--case", case.id,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "consent" in done.stderr.lower()
    assert not target.exists()
