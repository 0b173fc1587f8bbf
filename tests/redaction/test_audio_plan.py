"""Which seconds are silenced: a little more than the masked words, and a whole turn where their times are not known."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.evidence import Transcript, Turn, Word
from redaction.audio import MARGIN_S, plan
from redaction.model import Entity
from tests.redaction.spoken_visit import turn

GAPS = [
    # masked word, its neighbours, where the silence begins and ends
    ((1.0, 1.5), [(0.2, 0.9), (1.9, 2.2)], (0.95, 1.5 + MARGIN_S)),
    ((1.0, 1.5), [(0.2, 0.98), (1.52, 2.2)], (0.99, 1.51)),
    ((1.0, 1.5), [(0.2, 1.0), (1.5, 2.2)], (1.0, 1.5)),
    ((1.0, 1.5), [(0.2, 1.1), (1.4, 2.2)], (1.0, 1.5)),
    ((0.05, 0.5), [], (0.0, 0.5 + MARGIN_S)),
]


@pytest.mark.parametrize(("masked", "others", "expected"), GAPS)
def test_a_silence_takes_at_most_half_of_the_gap_to_a_word_that_stays(
    masked: tuple[float, float], others: list[tuple[float, float]], expected: tuple[float, float]
) -> None:
    words = sorted([("Dewi", *masked), *(("so", *other) for other in others)], key=lambda w: w[1])
    one = turn(*words)
    at = one.text.index("Dewi")
    (silence,) = plan(Transcript(id="t", turns=(one,)), [[Entity(at, at + 4, "PERSON", 1, "x")]]).silences
    assert (silence.start, silence.end) == pytest.approx(expected)


def entity(text: str, value: str) -> Entity:
    at = text.index(value)
    return Entity(at, at + len(value), "PERSON", 1, "x")


UNTIMED = {
    "no words": Turn(speaker="S1", start=2.0, end=4.0, text="So Dewi came"),
    "words of another text": turn(("So", 2.0, 2.3), ("they", 2.3, 3.0), ("came", 3.0, 4.0), text="So Dewi came"),
    "the name has no time": turn(("So", 2.0, 2.3), ("Dewi", 2.3, 2.3), ("came", 2.3, 4.0)),
}


@pytest.mark.parametrize("one", UNTIMED.values(), ids=UNTIMED)
def test_when_a_masked_word_has_no_time_of_its_own_then_the_whole_turn_is_silenced_and_a_finding_says_so(one: Turn) -> None:
    made = plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]])
    assert [(s.start, s.end) for s in made.silences] == [(2.0 - MARGIN_S, 4.0 + MARGIN_S)]
    assert [f.code for f in made.findings] == ["audio_whole_turn_muted"]
    assert "Dewi" not in made.findings[0].message


def test_when_a_person_wrote_words_that_share_a_time_then_all_of_that_time_is_silenced() -> None:
    words = (
        Word(text="So", start=1.0, end=1.2, probability=0.9),
        Word(text="Dewi", start=1.2, end=1.5, probability=1.0),
        Word(text="rang", start=1.5, end=1.9, probability=1.0),
        Word(text="today", start=1.9, end=2.3, probability=0.9),
    )
    one = Turn(speaker="S1", start=1.0, end=2.3, text="So Dewi rang today", words=words)
    (silence,) = plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]]).silences
    assert (silence.start, silence.end) == (1.2, 1.9)


def test_when_a_turn_without_any_times_holds_a_name_then_it_is_an_error() -> None:
    one = Turn(speaker="S1", start=0.0, end=0.0, text="So Dewi came")
    with pytest.raises(BadInput) as caught:
        plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]])
    assert caught.value.code == "no_times" and "Dewi" not in caught.value.message
