"""Word and speaker errors counted on small made examples; no engine runs here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.evidence import Transcript, Turn, Word
from core.settings import Settings
from evaluation.model import SampleScore
from evaluation.speech import corpus
from evaluation.speech.corpus import Clip, RefTurn
from evaluation.speech.critical import critical
from evaluation.speech.der import speaker_errors
from evaluation.speech.figures import engine_measures
from evaluation.speech.measuring import NO_PUBLIC, gather
from evaluation.speech.people_and_cost import (
    cost_measures,
    half_minute_measure,
    invented_measure,
    speaker_measures,
)
from evaluation.speech.sounds import wordless
from evaluation.speech.wer import align
from evaluation.speech.worker import Heard, Outcome


def lower(text: str) -> str:
    return " ".join(text.lower().replace(".", "").replace(",", "").split())


@pytest.mark.parametrize(
    ("heard", "errors"),
    [
        ("she fell twice on monday he did not see", [0, 0]),
        ("she fell on monday he did not see", [1, 0]),
        ("she fell twice on monday he did see", [0, 1]),
        ("she fell twice on sunday he did not see", [1, 0]),
        ("she fell twice on monday he did not see that", [0, 1]),
        ("", [5, 4]),
    ],
)
def test_when_words_differ_then_the_error_counts_for_its_turn(heard: str, errors: list[int]) -> None:
    found = align(["She fell twice on Monday.", "He did not see."], heard, lower)
    assert [t.errors for t in found.turns] == errors
    assert [t.words for t in found.turns] == [5, 4]


def test_when_meaning_critical_words_are_lost_then_each_class_is_counted_apart() -> None:
    said = ["He never hit me, Rachel.", "I fell 3 times."]
    found = critical(align(said, "he ever hit me rachel i fell 2 times", lower), said, ("Rachel Moss",), lower)
    assert (found["negation"].hits, found["negation"].n) == (1, 1)
    assert (found["numbers"].hits, found["numbers"].n) == (1, 1)
    assert (found["names"].hits, found["names"].n) == (0, 1)
    assert found["risk"].n >= 1 and found["risk"].hits == 0


def outcome(*clips: tuple[str, list[tuple[str, float, float, str]]], wall: float = 1.0, peak: float = 1.0) -> Outcome:
    heard = {
        id_: Heard(
            Transcript(
                id=id_,
                duration=20.0,
                turns=tuple(
                    Turn(speaker=s, start=a, end=b, text=t, words=(Word(text=t or "x", start=a, end=b),)) for s, a, b, t in rows
                ),
            ),
            2.0,
            wall,
        )
        for id_, rows in clips
    }
    return Outcome(heard, peak)


CLIP = Clip(
    "c",
    "conversations",
    Path("c.wav"),
    "real-public",
    (RefTurn("a", 0, 10, "one two three four"), RefTurn("b", 10, 20, "five six")),
)
RIGHT = outcome(("c", [("S1", 0, 10, "one two three four"), ("S2", 10, 20, "five six")]))
MERGED = outcome(("c", [("S1", 0, 20, "one two three four five six")]))


def test_when_speakers_are_right_then_der_is_zero_whatever_they_are_called() -> None:
    assert speaker_errors(CLIP, RIGHT.heard["c"].transcript, 0.25).errors == 0


def test_when_two_speakers_become_one_then_half_the_time_is_confused_and_the_targets_are_missed() -> None:
    assert speaker_errors(CLIP, MERGED.heard["c"].transcript, 0.0).confused == pytest.approx(10)
    scores: list[SampleScore] = []
    found = {m.name: m for m in speaker_measures({"conversations": [CLIP]}, MERGED, scores)}
    assert found["der"].passed == "no" and found["right_number_of_speakers"].value == 0
    assert half_minute_measure([CLIP], MERGED, scores)[0].passed == "no"
    assert half_minute_measure([CLIP], RIGHT, scores)[0].passed == "yes"


def test_when_a_word_is_invented_on_silence_then_the_target_is_missed() -> None:
    clip = Clip("c", "sounds", Path("c.wav"), "synthetic-ours")
    assert invented_measure([clip], RIGHT, [])[0].passed == "no"
    assert invented_measure([clip], outcome(("c", [])), [])[0].passed == "yes"


def test_when_it_is_slow_or_large_then_the_cost_targets_are_missed() -> None:
    found = {m.name: m for m in cost_measures([CLIP], outcome(("c", []), wall=5.0, peak=3.0))}
    assert found["wall_per_audio"].passed == "no" and found["peak_memory"].passed == "no"
    assert {m.kind for m in found.values()} == {"timing"}


def test_when_two_engines_are_run_then_the_paired_difference_and_its_target_are_given() -> None:
    worse = outcome(("c", [("S1", 0, 20, "one two three")]))
    engines = ("faster-whisper", "openai-whisper")
    good = engine_measures([CLIP], {"faster-whisper": RIGHT, "openai-whisper": worse}, engines, {}, lower, [])
    bad = engine_measures([CLIP], {"faster-whisper": worse, "openai-whisper": RIGHT}, engines, {}, lower, [])
    by_name = {m.name: m for m in good}
    assert by_name["wer_difference"].value == pytest.approx(-50) and by_name["wer_difference"].passed == "yes"
    assert {m.name: m for m in bad}["wer_difference"].passed == "no"
    assert by_name["cpu_ratio"].passed == "no", "both took the same time here"


def test_when_the_second_engine_is_missing_then_the_comparison_is_unmeasured_and_never_passed() -> None:
    engines = ("faster-whisper", "openai-whisper")
    found = engine_measures([CLIP], {"faster-whisper": RIGHT}, engines, {"openai-whisper": "not installed"}, lower, [])
    by_name = {m.name: m for m in found}
    assert by_name["wer_faster_whisper"].value == 0
    for name in ("wer_openai_whisper", "wer_difference", "cpu_ratio"):
        assert by_name[name].passed == "unmeasured"


def test_when_the_public_data_are_not_here_then_it_is_said_and_the_own_recordings_remain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPT_DATA", str(tmp_path / "nowhere"))
    found = gather(("utterances", "conversations", "meetings", "spoken", "sounds"), {}, tmp_path)
    assert set(found.missing) == {"utterances", "conversations", "meetings"}
    assert set(found.missing.values()) == {NO_PUBLIC}
    assert set(found.clips) == {"spoken", "sounds"}


@pytest.mark.slow
def test_when_only_made_sounds_can_be_measured_then_the_suite_runs_and_the_comparison_is_unmeasured(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.model_files import problems
    from evaluation.run import run_suite
    from evaluation.suite import load_suites

    models = Path(os.environ.get("RAPT_MODELS_DIR", Path(__file__).resolve().parents[2] / "var" / "models"))
    own = settings.model_copy(update={"models_dir": models})
    assert not problems("whisper-base", own), "run `rapt models pull` first"
    monkeypatch.setenv("RAPT_DATA", str(tmp_path / "nowhere"))
    run = run_suite(load_suites().get("transcription"), own, parameters={"sets": ("conversations", "sounds")})
    found = {m.name: m for m in run.measures}
    assert found["invented_words"].value == 0 and found["invented_words"].passed == "yes"
    for name in ("conversations_measured", "wer_difference", "cpu_ratio"):
        assert found[name].passed == "unmeasured"
    assert any("public data not found" in p for p in run.problems)


def test_when_a_recording_holds_no_sound_then_it_is_not_measured_as_if_it_did(tmp_path: Path) -> None:
    clips = {clip.id: clip for clip in wordless(tmp_path)}
    assert corpus.is_silent(clips["silence"].path)
    assert not corpus.is_silent(clips["music"].path)


def test_when_sounds_are_made_twice_then_they_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for one, two in zip(wordless(tmp_path / "a"), wordless(tmp_path / "b"), strict=True):
        assert one.path.read_bytes() == two.path.read_bytes()


def test_when_the_engine_has_no_model_then_the_measuring_process_names_it(settings: Settings, tmp_path: Path) -> None:
    from core.errors import MissingModel
    from evaluation.speech.worker import listen

    clip = wordless(tmp_path)[0]
    nowhere = settings.model_copy(update={"models_dir": tmp_path / "none"})
    with pytest.raises(MissingModel):
        listen(nowhere, [clip], engine="faster-whisper", diarise=False, warm=False)
