"""The commands of a case's life, through the real command line and the real store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import clock
from core.consent import consent_state
from core.settings import Settings, get_settings
from ui.cli import run

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "var" / "models"


@pytest.fixture
def home(store: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A store with the sample users; the repository's model files."""
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()
    clock.fix(None)


def _json(path: Path) -> object:
    return json.loads(path.read_text("utf-8"))


def _case(capsys: pytest.CaptureFixture[str], reference: str = "T-1") -> str:
    assert run(
        ["case", "create", reference, "--title", "A visit (fictional)", "--person", "Edna Marsh:person",
         "--as", "practitioner"]
    ) == 0  # fmt: skip
    return capsys.readouterr().out.strip()


def test_when_a_case_is_created_then_its_team_sees_it_and_another_does_not(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(capsys)
    for user, seen in (("practitioner", [case]), ("practitioner2", [])):
        assert run(["case", "list", "--as", user, "--json", str(tmp_path / "list.json")]) == 0
        assert [row["id"] for row in _json(tmp_path / "list.json")] == seen  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (["--as", "nobody"], 3),
        (["--as", "admin", "--team", "adults-north"], 3),
        (["--as", "practitioner2", "--team", "adults-north"], 3),
        ([], 2),
        (["--as", "practitioner", "--person", "Edna"], 2),
        (["--as", "practitioner", "--person", "Edna:queen"], 2),
    ],
)
def test_when_somebody_may_not_or_says_it_wrong_then_no_case_is_created(
    home: Settings, capsys: pytest.CaptureFixture[str], extra: list[str], code: int
) -> None:
    assert run(["case", "create", "T-9", "--title", "A visit", *extra]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Edna" not in shown.err
    assert run(["case", "list", "--as", "practitioner"]) == 0
    assert capsys.readouterr().out == ""


def test_when_consent_is_recorded_and_withdrawn_then_the_state_follows_and_the_chain_is_whole(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(capsys)
    assert run(["consent", "record", case, "--told", "Edna Marsh:person", "--as", "practitioner"]) == 0
    assert consent_state(home, case) == "agreed"
    assert run(["consent", "withdraw", "T-1", "--as", "practitioner"]) == 0
    assert consent_state(home, case) == "withdrawn"
    assert run(["audit", "verify"]) == 0


def test_when_consent_was_refused_then_it_is_on_record_as_refused(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(capsys)
    told = ["--told", "Edna Marsh:person", "--told", "Bert Marsh:carer"]
    assert run(["consent", "record", case, *told, "--refused", "--as", "practitioner"]) == 0
    assert consent_state(home, case) == "refused"


@pytest.mark.parametrize("answer", [None, ["--refused"]])
def test_when_there_is_no_consent_then_a_recording_is_not_processed_for_the_case(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: list[str] | None
) -> None:
    case = _case(capsys)
    if answer is not None:
        run(["consent", "record", case, "--told", "Edna Marsh:person", *answer, "--as", "practitioner"])
    audio = tmp_path / "visit.wav"
    audio.write_bytes(b"RIFF")
    target = tmp_path / "out.json"
    assert run(["transcribe", str(audio), "--case", case, "--as", "practitioner", "--json", str(target)]) == 3
    assert not target.exists()


def test_when_there_is_no_consent_then_no_recording_of_several_is_looked_at(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, target = _case(capsys), tmp_path / "out.json"
    there = tmp_path / "there.wav"
    there.write_bytes(b"RIFF")
    files = [str(there), str(tmp_path / "missing.wav")]
    assert run(["transcribe", *files, "--case", case, "--as", "practitioner", "--json", str(target)]) == 3
    assert run(["transcribe", files[1], "--case", case, "--as", "practitioner", "--json", str(target)]) == 3
    assert not target.exists()


def test_when_a_case_has_no_reviewed_draft_then_release_is_refused_and_no_file_appears(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(capsys)
    run(["consent", "record", case, "--told", "Edna Marsh:person", "--as", "practitioner"])
    target = tmp_path / "note.docx"
    for approver in ("approver", "practitioner", "nobody"):
        assert run(["release", case, "--approver", approver, "--out", str(target)]) == 3
    assert not target.exists()
    assert run(["release", case, "--approver", "approver", "--out", str(tmp_path / "note.odt")]) == 2


def test_when_an_audit_event_was_changed_then_verify_exits_3_and_names_it(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from sqlalchemy import text

    from core.db import writing

    _case(capsys)
    with writing(home) as session:
        session.execute(text("UPDATE audit_events SET actor = 'admin' WHERE seq = 2"))
    assert run(["audit", "verify", "--json", str(tmp_path / "v.json")]) == 3
    assert "Event 2" in capsys.readouterr().err
    assert _json(tmp_path / "v.json")["first_broken"] == 2  # type: ignore[index]


def test_when_retention_runs_on_a_later_day_then_what_is_due_goes_and_the_doctor_is_told(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.sources import add_recording, list_sources
    from core.users import get_user

    case = _case(capsys)
    run(["consent", "record", case, "--told", "Edna Marsh:person", "--as", "practitioner"])
    user = get_user(home, "practitioner")
    recording = tmp_path / "visit.wav"
    recording.write_bytes(b"RIFF" + bytes(100))
    with recording.open("rb") as stream:
        add_recording(home, user, case, stream, "visit.wav")
    report = tmp_path / "r.json"
    assert run(["retention", "run", "--json", str(report)]) == 0
    assert _json(report)["counts"] == {}  # type: ignore[index]
    assert run(["--today", "2099-01-01", "retention", "run", "--json", str(report)]) == 0
    assert _json(report)["counts"]["audio"] == 1  # type: ignore[index]
    assert list_sources(home, user, case) == ()


def test_when_the_sample_is_loaded_twice_then_it_is_there_once_and_says_it_is_fictional(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run(["sample", "load"]) == 0
    capsys.readouterr()
    titles: list[str] = []
    for user in ("practitioner", "practitioner2"):
        assert run(["case", "list", "--as", user]) == 0
        titles += capsys.readouterr().out.splitlines()
    assert len(titles) == 3
    assert all("(fictional)" in title for title in titles)


def test_when_findings_are_listed_then_every_code_that_the_code_defines_is_there(tmp_path: Path) -> None:
    import ast

    defined: set[str] = set()
    for folder in ("core", "transcription", "redaction", "rag", "pilots", "evaluation"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "define"
                ):
                    if node.args and isinstance(node.args[0], ast.Constant):
                        defined.add(str(node.args[0].value))
    target = tmp_path / "codes.json"
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "findings", "list", "--json", str(target)], cwd=ROOT, check=False
    )
    assert done.returncode == 0
    listed = {row["code"]: row for row in _json(target)}  # type: ignore[attr-defined]
    assert defined
    assert defined <= set(listed)
    assert all(row["meaning"] and row["remedy"] for row in listed.values())


def test_when_models_are_listed_then_licence_provenance_and_state_are_said(
    home: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "models.json"
    assert run(["models", "list", "--json", str(target)]) == 0
    rows = _json(target)
    assert isinstance(rows, list)
    for row in rows:
        assert row["licence"] and row["origin"] and len(row["sha256"]) == 64
        assert row["use"] == "optional" or row["state"] == "verified"


def test_when_every_model_is_right_then_pull_fetches_nothing(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["models", "pull"]) == 0
    assert "Nothing to fetch" in capsys.readouterr().err
    assert run(["models", "pull", "no-such-model"]) == 2


def test_when_the_doctor_finds_a_failure_then_it_exits_5_with_a_remedy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(tmp_path / "none"))
    get_settings.cache_clear()
    assert run(["doctor", "--only", "model files"]) == 5
    assert "What to do: Run `rapt models pull`" in capsys.readouterr().out
    assert run(["doctor", "--only", "model files", "--json", "-"]) == 5
    assert json.loads(capsys.readouterr().out)[0]["severity"] == "fail"


def test_when_the_doctor_has_only_warnings_then_it_exits_0(home: Settings) -> None:
    assert run(["doctor", "--only", "worker", "--only", "database"]) == 0


# --- the worker process


def test_when_the_worker_command_runs_then_it_lives_refuses_a_second_and_stops_when_told(
    home: Settings,
) -> None:
    from core.retention import last_run
    from core.worker import worker_alive

    command = [sys.executable, "-m", "ui.cli", "worker"]
    first = subprocess.Popen(command, cwd=ROOT, env=os.environ.copy(), stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 40
        while not (worker_alive(home).alive and last_run(home)) and time.monotonic() < deadline:
            assert first.poll() is None
            time.sleep(0.2)
        assert worker_alive(home).pid == first.pid
        assert last_run(home) is not None, "the worker runs retention by itself"
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert second.returncode == 5
        assert "Another worker is already running" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=40) == 0
    finally:
        first.kill()
        _, stderr = first.communicate()
    assert "worker: stopped" in stderr
    assert not worker_alive(home).alive
