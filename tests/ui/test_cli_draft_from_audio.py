"""``rapt visit-notes draft AUDIO`` hears as ``rapt transcribe`` does: same spellings, same states in a case."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from core import sources
from core.evidence import Word
from core.profile import load_profile
from core.settings import Settings, get_settings
from core.users import get_user
from transcription.engine import ENGINES, Heard
from ui.cli import run

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"
SAID = "I fell twice on Wednesday and my daughter comes every morning to help me with the stairs and the shopping"


class Listens:
    """An engine of the registry that notes the spellings it was given."""

    name = "listens"
    model_sha256 = "0" * 64
    given: list[tuple[str, ...]] = []

    def __init__(self, settings: Settings) -> None:
        pass

    def transcribe(
        self, audio: Any, vocabulary: Sequence[str] = (), progress: Callable[[float], None] | None = None
    ) -> list[Heard]:
        self.given.append(tuple(vocabulary))
        words = SAID.split()
        return [Heard(tuple(Word(text=w, start=0.2 * i, end=0.2 * i + 0.15, probability=0.9) for i, w in enumerate(words)))]

    def close(self) -> None:
        pass


if Listens.name not in ENGINES:
    ENGINES.add(Listens.name, Listens)


@pytest.fixture
def home(store: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    monkeypatch.setenv("RAPT_SPEECH_ENGINE", Listens.name)
    get_settings.cache_clear()
    Listens.given.clear()
    return store


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("espeak-ng") is None:
        pytest.fail("espeak-ng is missing: sudo apt-get install espeak-ng")
    path = tmp_path_factory.mktemp("speech") / "visit.wav"
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(path), SAID], check=True)
    return path


def _case(capsys: pytest.CaptureFixture[str]) -> str:
    person = ["--person", "Edna Marsh:person", "--as", "practitioner"]
    assert run(["case", "create", "T-1", "--title", "A visit (fictional)", *person]) == 0
    case = capsys.readouterr().out.strip()
    assert run(["consent", "record", case, "--told", "Edna Marsh:person", "--as", "practitioner"]) == 0
    return case


def _draft(audio: Path, target: Path, *more: str) -> int:
    template = ["--template", "adult_home_visit", "--speakers", "1"]
    return run(["visit-notes", "draft", str(audio), *template, "--json", str(target), *more])


@pytest.mark.slow
def test_when_a_note_is_drafted_from_a_recording_then_it_is_heard_with_the_councils_and_the_cases_spellings(
    home: Settings, speech: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    council = load_profile(settings=home).vocabulary.words()
    assert council
    case, target = _case(capsys), tmp_path / "note.json"
    assert _draft(speech, target) == 0
    assert _draft(speech, target, "--case", case, "--as", "practitioner") == 0
    assert run(["transcribe", str(speech), "--case", case, "--json", str(target), "--as", "practitioner"]) == 0
    assert Listens.given == [council, ("Edna Marsh", *council), ("Edna Marsh", *council)]
    (source,) = sources.list_sources(home, get_user(home, "practitioner"), case)
    assert source.state == "transcribed"


@pytest.mark.parametrize("command", ["draft", "transcribe"])
def test_when_the_recording_of_a_case_cannot_be_heard_then_it_stays_and_says_why(
    home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    letter, target = tmp_path / "letter.wav", tmp_path / "out.json"
    letter.write_text("Dear all, " * 500)
    more = ["--case", _case(capsys), "--as", "practitioner"]
    if command == "draft":
        assert _draft(letter, target, *more) == 4
    else:
        assert run(["transcribe", str(letter), "--json", str(target), *more]) == 4
    (source,) = sources.list_sources(home, get_user(home, "practitioner"), more[1])
    assert (source.state, source.problem) == ("failed", "not_audio")
    assert not target.exists()


def test_when_consent_is_missing_then_nothing_is_heard(
    home: Settings, speech: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(capsys)
    assert run(["consent", "withdraw", case, "--as", "practitioner"]) == 0
    assert _draft(speech, tmp_path / "note.json", "--case", case, "--as", "practitioner") == 3
    assert Listens.given == []


@pytest.mark.parametrize("at_once", [False, True])
def test_when_work_is_short_then_progress_is_told_only_where_it_is_wanted_at_once(
    at_once: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.cli.progress import teller

    tell = teller(lambda fraction, message: f"{fraction:.0%} {message}", at_once=at_once)
    for fraction in (0.1, 0.2, 0.3):
        tell(fraction, "Listening")
    assert capsys.readouterr().err.splitlines() == (["10% Listening"] if at_once else [])


def test_when_a_template_is_unknown_then_nothing_is_heard(home: Settings, speech: Path, tmp_path: Path) -> None:
    target = tmp_path / "note.json"
    assert run(["visit-notes", "draft", str(speech), "--template", "none", "--json", str(target)]) == 2
    assert Listens.given == [] and not target.exists()
