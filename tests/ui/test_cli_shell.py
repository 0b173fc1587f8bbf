"""The command line as a whole: fast help, lazy modules, messages, exit codes, atomic outputs, batches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.errors import BadInput, MissingModel, PolicyRefused, RaptError, ServiceUnavailable, UsageError
from core.settings import Settings
from ui.cli import common, run
from ui.cli.app import _globals_first
from ui.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zebedee Quillfeather"


@pytest.fixture(autouse=True)
def _clock_set_free() -> Any:
    yield
    clock.fix(None)


def _process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_when_help_is_asked_then_it_comes_within_a_second() -> None:
    times = []
    for _ in range(3):
        started = time.monotonic()
        done = _process("--help")
        times.append(time.monotonic() - started)
        assert done.returncode == 0
    assert min(times) < 1.0


def test_when_help_is_asked_then_every_command_that_is_there_is_listed_and_hidden_ones_are_not() -> None:
    text = _process("--help").stdout
    for name, row in COMMANDS.items():
        listed = f"\n  {name} " in text
        assert listed == (bool(find_spec(row.module)) and not row.hidden), name


def test_when_help_is_asked_then_no_command_module_and_no_heavy_library_is_imported() -> None:
    code = (
        "import sys; from ui.cli import run; run(['--help']);"
        "heavy = {'dbos', 'sqlalchemy', 'torch', 'streamlit', 'langchain_core', 'faster_whisper', 'spacy'};"
        "bad = sorted(m for m in sys.modules if m in heavy or m.startswith('ui.cli.doctor'));"
        "print(bad, file=sys.stderr); sys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [name for name, row in COMMANDS.items() if find_spec(row.module)])
def test_when_the_help_of_a_command_is_asked_then_it_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    assert "Usage: rapt" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["models", "nonsense"], ["doctor", "--nonsense"], ["transcribe"]]
)
def test_when_the_call_is_wrong_then_the_exit_code_is_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["release", "CASE", "--as", "rosa", "--today", "2026-03-31"],
        ["--as=rosa", "release", "--today=2026-03-31", "CASE"],
        ["release", "--today", "2026-03-31", "CASE", "--as", "rosa", "--debug"],
    ],
)
def test_when_global_options_stand_anywhere_then_they_count(arguments: list[str]) -> None:
    moved = _globals_first(arguments)
    command = moved.index("release")
    assert moved[command:] == ["release", "CASE"]
    assert "rosa" in " ".join(moved[:command])


def test_when_two_dashes_end_the_options_then_what_follows_is_left_alone() -> None:
    assert _globals_first(["transcribe", "--", "--debug"]) == ["transcribe", "--", "--debug"]


def test_when_today_is_given_then_the_clock_is_fixed_and_freed_by_the_next_call(settings: Settings) -> None:
    assert run(["--today", "2027-04-01", "doctor", "--only", "council profile"]) == 0
    assert clock.today().isoformat() == "2027-04-01"
    assert run(["doctor", "--only", "telemetry"]) == 0
    assert clock.today().isoformat() != "2027-04-01"


@pytest.mark.parametrize("day", ["tomorrow", "31/03/2026", "2026-02-30"])
def test_when_today_is_no_date_then_the_call_is_wrong(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--today", day, "doctor"]) == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err


ERRORS: list[tuple[Exception, int]] = [
    (UsageError("m", "r"), 2),
    (PolicyRefused("m", "r"), 3),
    (BadInput("m", "r"), 4),
    (MissingModel("m", "r"), 5),
    (ServiceUnavailable("m", "r"), 5),
    (RaptError("m", "r"), 1),
    (ValueError(SECRET), 1),
    (OSError(28, "No space left on device", SECRET), 5),
]


@pytest.mark.parametrize(("error", "code"), ERRORS)
@pytest.mark.parametrize("debug", [False, True])
def test_when_a_command_fails_then_message_and_remedy_are_shown_and_the_class_decides_the_exit_code(
    error: Exception,
    code: int,
    debug: bool,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr("core.health.run_checks", broken)
    assert run(["doctor", *(["--debug"] if debug else [])]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert SECRET not in shown.err
    if isinstance(error, RaptError):
        assert shown.err == "m\nr\n"
    assert ("File " in shown.err) == (debug and not isinstance(error, RaptError))


def test_when_a_setting_is_wrong_then_its_name_is_said_and_not_its_value(tmp_path: Path) -> None:
    done = _process("doctor", RAPT_HOME=str(tmp_path), RAPT_CHAT_TIMEOUT_S="-77")
    assert done.returncode == 2
    assert "chat_timeout_s" in done.stderr
    assert "-77" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["chat_zoone = 'machine'\n", "not toml ["])
def test_when_the_settings_file_is_wrong_then_the_call_is_wrong(tmp_path: Path, text: str) -> None:
    (tmp_path / "rapt.toml").write_text(text)
    done = _process("doctor", RAPT_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_when_the_reader_of_the_output_leaves_then_nothing_is_complained_about(tmp_path: Path) -> None:
    command = f"{sys.executable} -m ui.cli findings list | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env={**os.environ, "RAPT_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout
    assert "Traceback" not in done.stderr


# --- outputs and batches


def test_when_json_is_written_then_the_file_is_whole_and_only_for_its_owner(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    common.write_json(target, [{"text": "naïve ☂"}])
    assert json.loads(target.read_text("utf-8")) == [{"text": "naïve ☂"}]
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_when_writing_breaks_in_the_middle_then_the_old_file_stays_and_no_rest_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ServiceUnavailable):
        common.write_json(target, {"new": True})
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_when_the_folder_of_an_output_is_missing_then_it_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        common.write_json(tmp_path / "none" / "out.json", {})


def test_when_a_dash_is_the_target_then_the_result_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    common.write_json("-", {"a": 1})
    common.write_jsonl("-", [{"b": 2}])
    assert capsys.readouterr().out == '{\n  "a": 1\n}\n{"b": 2}\n'


def test_when_lines_of_a_batch_are_bad_then_they_become_errors_in_their_place(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": "a"}\n\nnot json\n[1]\n{"id": "\xff"}\n{"id": "b"}\n')
    read = list(common.read_jsonl(source))
    kinds = [item["id"] if isinstance(item, dict) else item.code for item in read]
    assert kinds == ["a", "bad_json", "bad_json", "bad_json", "b"]


@pytest.mark.parametrize(
    ("items", "codes", "exit_code"),
    [
        ([1, 2], [None, None], 0),
        ([1, BadInput("m", "r", code="not_audio"), 2], [None, "not_audio", None], 0),
        ([BadInput("m", "r"), PolicyRefused("m", "r")], ["bad_input", "refused_by_policy"], 4),
        ([PolicyRefused("m", "r"), BadInput("m", "r")], ["refused_by_policy", "bad_input"], 3),
        ([ValueError(SECRET), 1], ["unforeseen", None], 0),
        ([ValueError(SECRET)], ["unforeseen"], 1),
        ([], [], 0),
    ],
)
def test_when_items_of_a_batch_fail_then_the_others_go_on_and_only_a_total_failure_counts(
    items: list[Any], codes: list[str | None], exit_code: int
) -> None:
    records, code = common.batch(items, lambda item: {"id": item}, lambda index, _: {"id": f"#{index}"})
    assert [record["error"]["code"] if "error" in record else None for record in records] == codes
    assert code == exit_code
    assert SECRET not in json.dumps(records)
    for index, record in enumerate(records):
        if "error" in record:
            assert record["id"] == f"#{index}"
            assert set(record["error"]) == {"code", "message", "remedy"}
