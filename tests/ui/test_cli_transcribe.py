"""``rapt transcribe`` on real audio spoken by espeak-ng, and on things that are no audio."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.settings import get_settings
from ui.cli import run

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About five seconds of real (synthetic) speech."""
    if shutil.which("espeak-ng") is None:
        pytest.fail("espeak-ng is missing: sudo apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("speech") / "visit one ☂.wav"
    text = "She fell twice on Wednesday, and her daughter comes every morning."
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(path), text], check=True)
    return path


@pytest.fixture(autouse=True)
def _models(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def _bad(tmp_path: Path) -> list[str]:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "letter.mp3").write_text("Dear Zebedee Quillfeather, " * 50)
    return [str(tmp_path / "empty.wav"), str(tmp_path / "letter.mp3"), str(tmp_path / "gone.wav")]


@pytest.mark.slow
def test_when_good_and_bad_files_are_given_then_each_has_its_record_in_order(
    speech: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    empty, letter, gone = _bad(tmp_path)
    target = tmp_path / "out.json"
    assert (
        run(["transcribe", empty, str(speech), letter, gone, "--speakers", "1", "--json", str(target)]) == 0
    )
    records: list[dict[str, Any]] = json.loads(target.read_text("utf-8"))
    assert [record["path"] for record in records] == ["empty.wav", speech.name, "letter.mp3", "gone.wav"]
    assert ["error" in record for record in records] == [True, False, True, True]
    good = records[1]
    assert {"id", "path", "duration", "language", "engine", "model_sha256", "turns", "findings"} <= set(good)
    assert (good["id"], good["language"], good["status"]) == (speech.stem, "en", "unreviewed_draft")
    said = " ".join(turn["text"] for turn in good["turns"]).lower()
    assert "wednesday" in said
    words = [word for turn in good["turns"] for word in turn["words"]]
    assert words
    assert all(0 <= word["start"] <= word["end"] <= good["duration"] + 0.5 for word in words)
    shown = "".join(capfd.readouterr())
    assert "Quillfeather" not in shown + target.read_text("utf-8")
    assert "Traceback" not in shown


@pytest.mark.parametrize("which", [0, 1, 2])
def test_when_the_only_file_is_no_audio_then_its_class_is_the_exit_code_and_no_file_is_written(
    tmp_path: Path, which: int, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.json"
    assert run(["transcribe", _bad(tmp_path)[which], "--json", str(target)]) == 4
    assert not target.exists()
    message, *rest = capfd.readouterr().err.strip().splitlines()
    assert message and rest, "a message and a remedy"


def test_when_every_file_is_bad_then_the_records_are_written_and_the_first_class_is_the_exit_code(
    tmp_path: Path,
) -> None:
    target = tmp_path / "out.json"
    assert run(["transcribe", *_bad(tmp_path), "--json", str(target)]) == 4
    assert all(record["error"]["remedy"] for record in json.loads(target.read_text("utf-8")))


def test_when_the_model_file_is_missing_then_the_exit_code_is_5_and_the_remedy_says_pull(
    speech: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(tmp_path / "none"))
    get_settings.cache_clear()
    assert run(["transcribe", str(speech), "--json", str(tmp_path / "out.json")]) == 5
    assert "rapt models pull" in capfd.readouterr().err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.slow
def test_when_a_case_is_named_and_consent_is_on_record_then_recording_and_transcript_join_it(
    store: Any, speech: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.sources import list_sources
    from core.transcripts import latest_transcript
    from core.users import get_user

    as_me = ["--as", "practitioner"]
    assert run(["case", "create", "T-1", "--title", "A visit (fictional)", *as_me]) == 0
    case = capsys.readouterr().out.strip()
    assert run(["consent", "record", case, "--told", "Edna Marsh:person", *as_me]) == 0
    target = tmp_path / "out.json"
    command = ["transcribe", str(speech), "--case", "T-1", "--speakers", "1", "--json", str(target), *as_me]
    assert run(command) == 0
    record = json.loads(target.read_text("utf-8"))[0]
    user = get_user(store, "practitioner")
    (source,) = list_sources(store, user, case)
    saved = latest_transcript(store, user, source.id)
    assert saved is not None
    assert (record["case"], record["source"], record["transcript"]) == (case, source.id, saved.id)
    assert source.state == "transcribed"
    assert run(["consent", "withdraw", "T-1", *as_me]) == 0
    assert list_sources(store, user, case) == ()
    assert run(command) == 3
