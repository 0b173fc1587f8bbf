"""Invented text goes, said text stays."""

from __future__ import annotations

import pytest

from core.evidence import Word
from transcription.engine import Heard
from transcription.guards import keep
from transcription.vad import Window

SPEECH = [Window(0.0, 600.0)]


def heard(text: str, start: float = 1.0, step: float = 0.3, probability: float = 0.9, **doubts: float) -> Heard:
    words = tuple(
        Word(text=t, start=start + i * step, end=start + (i + 1) * step, probability=probability)
        for i, t in enumerate(text.split())
    )
    return Heard(words, **doubts)


@pytest.mark.parametrize(
    "text",
    [
        "No, no, no, no.",
        "Yeah, yeah, yeah, yeah, yeah.",
        "He said stop, stop, stop, and she did not stop.",
        "I told her and I told her and I told her.",
        "Five times a day, six times a day, seven times a day.",
    ],
)
def test_when_a_person_repeats_themselves_then_every_word_stays(text: str) -> None:
    kept, found = keep([heard(text)], SPEECH)
    assert kept[0].text == text
    assert not found


@pytest.mark.parametrize("phrase", ["Thank you.", "I don't know what to do.", "and then the"])
def test_when_the_engine_loops_then_the_phrase_is_kept_once(phrase: str) -> None:
    kept, found = keep([heard("Good morning. " + f"{phrase} " * 30 + "Goodbye.")], SPEECH)
    assert " ".join(one.text for one in kept) == f"Good morning. {phrase} Goodbye."
    assert [finding.code for finding in found] == ["loop_removed"]


def test_when_a_loop_runs_over_segments_then_it_is_seen() -> None:
    kept, found = keep([heard("Thank you for watching.", start=i * 2.0) for i in range(20)], SPEECH)
    assert " ".join(one.text for one in kept) == "Thank you for watching."
    assert [finding.code for finding in found] == ["loop_removed"]


@pytest.mark.parametrize(
    ("doubts", "stays"),
    [
        ({"no_speech": 0.9, "avg_logprob": -1.2}, False),
        ({"no_speech": 0.9, "avg_logprob": -0.3}, True),
        ({"no_speech": 0.1, "avg_logprob": -1.2}, True),
    ],
)
def test_when_the_engine_doubts_then_both_its_limits_must_be_crossed(doubts: dict[str, float], stays: bool) -> None:
    kept, found = keep([heard("She had a fall in the bath.", **doubts)], SPEECH)
    assert bool(kept) is stays
    assert [finding.code for finding in found] == ([] if stays else ["text_on_silence_removed"])


def test_when_words_lie_outside_speech_then_they_are_left_out_and_counted() -> None:
    kept, found = keep(
        [heard("We met on Friday.", start=1.0), heard("Thanks for watching.", start=30.0, probability=0.5)],
        [Window(0.8, 3.0)],
    )
    assert [one.text for one in kept] == ["We met on Friday."]
    assert found[0].code == "text_on_silence_removed"
    assert found[0].message.startswith("3 words")
