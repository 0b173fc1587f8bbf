"""``rapt transcribe`` on a disk that takes no more; a limit on file size stands for it, so no root is needed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import audit, sources
from core.files import files_dir
from core.settings import Settings
from core.transcripts import latest_transcript
from core.users import get_user
from ui.cli import run

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "var" / "models"


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About twelve seconds of a made voice: half a megabyte."""
    if shutil.which("espeak-ng") is None:
        pytest.fail("espeak-ng is missing: sudo apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("speech") / "Zebedee Quillfeather.wav"
    text = "She fell twice on Wednesday, and her daughter comes every morning. " * 3
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(path), text], check=True)
    return path


def _rapt(home: Path, *arguments: str, no_file_above: int) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (no_file_above, no_file_above))

    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "RAPT_HOME": str(home), "RAPT_MODELS_DIR": str(MODELS)}, preexec_fn=limited,
    )  # fmt: skip


def _says_what_to_do(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 5
    message, remedy = done.stderr.strip().splitlines()[-2:]
    assert "disk is full" in message and "Free some space" in remedy
    assert "Quillfeather" not in done.stderr and "Traceback" not in done.stderr


def test_when_the_decoded_sound_does_not_fit_then_the_message_says_what_to_do_and_nothing_is_left(
    speech: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    done = _rapt(tmp_path / "home", "transcribe", str(speech), "--json", str(target), no_file_above=100_000)
    _says_what_to_do(done)
    assert not target.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.slow
def test_when_there_is_room_again_then_the_same_call_joins_the_same_recording_to_the_case(
    store: Settings, speech: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.settings import get_settings

    as_me = ["--as", "practitioner"]
    assert run(["case", "create", "T-1", "--title", "A visit (fictional)", *as_me]) == 0
    case = capsys.readouterr().out.strip()
    assert run(["consent", "record", case, "--told", "Edna Marsh:person", *as_me]) == 0
    target = tmp_path / "out.json"
    command = ["transcribe", str(speech), "--case", "T-1", "--speakers", "1", "--json", str(target), *as_me]
    user = get_user(store, "practitioner")

    # the recording itself does not fit
    _says_what_to_do(_rapt(store.home, *command, no_file_above=speech.stat().st_size - 10_000))
    assert sources.list_sources(store, user, case) == ()
    assert not files_dir(store).exists() or not list(files_dir(store).iterdir())

    # not even the store can grow
    _says_what_to_do(_rapt(store.home, *command, no_file_above=1000))
    assert sources.list_sources(store, user, case) == ()
    assert audit.verify(store).ok and not target.exists()

    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    assert run(command) == 0
    (source,) = sources.list_sources(store, user, case)
    assert source.state == "transcribed" and latest_transcript(store, user, source.id) is not None
    assert json.loads(target.read_text("utf-8"))[0]["source"] == source.id


def test_when_the_output_cannot_go_there_then_it_is_said_before_the_work_begins(
    speech: Path, tmp_path: Path, settings: Settings
) -> None:
    for target in (tmp_path / "missing" / "out.json", tmp_path):
        assert run(["transcribe", str(speech), "--json", str(target)]) == 4
        assert run(["visit-notes", "draft", str(speech), "--template", "adult_home_visit", "--json", str(target)]) == 4
    assert not (settings.home / "tmp").exists()
