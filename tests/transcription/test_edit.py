"""Corrections keep times and the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.evidence import Transcript, Turn, Word
from transcription.edit import assign_turn, correct_turn, correction, merge_speakers, name_speaker


def transcript(text: str = "She had five falls last week") -> Transcript:
    words = tuple(Word(text=t, start=i * 0.5, end=i * 0.5 + 0.4, probability=0.6) for i, t in enumerate(text.split()))
    turns = (
        Turn(speaker="S1", start=0.0, end=words[-1].end, text=text, words=words),
        Turn(speaker="S2", start=5.0, end=6.0, text="No."),
        Turn(speaker="S3", start=7.0, end=8.0, text="Yes."),
    )
    return Transcript(id="t", turns=turns, speakers={"S1": "worker"})


def test_when_a_word_is_corrected_then_the_others_keep_their_times_and_the_original_stays() -> None:
    original = transcript()
    changed, record = correction(original, 0, "She had two falls last week")
    words = changed.turns[0].words
    assert changed.turns[0].text == "She had two falls last week"
    assert [(w.text, w.start) for w in words] == [
        ("She", 0.0), ("had", 0.5), ("two", 1.0), ("falls", 1.5), ("last", 2.0), ("week", 2.5),
    ]  # fmt: skip
    assert words[2].probability == 1.0
    assert words[1].probability == 0.6
    assert record.before == original.turns[0]
    assert original == transcript()


def test_when_only_punctuation_changes_then_every_time_stays() -> None:
    changed = correct_turn(transcript(), 0, "She had five falls, last week.")
    assert [w.start for w in changed.turns[0].words] == [w.start for w in transcript().turns[0].words]


WORDS = st.lists(st.sampled_from("she he had no two five falls bath week last the a not".split()), min_size=1, max_size=20)


@given(old=WORDS, new=WORDS)
def test_whatever_is_written_then_the_words_are_the_text_in_order_inside_the_turn(old: list[str], new: list[str]) -> None:
    before = transcript(" ".join(old))
    turn = correct_turn(before, 0, " ".join(new)).turns[0]
    assert [w.text for w in turn.words] == new == turn.text.split()
    assert (turn.start, turn.end) == (before.turns[0].start, before.turns[0].end)
    starts = [w.start for w in turn.words]
    assert starts == sorted(starts)
    assert all(turn.start <= w.start <= w.end <= turn.end + 1e-3 for w in turn.words)


def test_when_a_turn_without_word_times_is_corrected_then_they_share_its_time() -> None:
    turn = correct_turn(transcript(), 1, "No, never.").turns[1]
    assert [w.text for w in turn.words] == ["No,", "never."]
    assert turn.words[0].start == 5.0
    assert turn.words[-1].end == 6.0


def test_when_speakers_are_named_merged_or_moved_then_the_turns_say_so() -> None:
    named = name_speaker(transcript(), "S2", role="person", name="Mrs Example")
    assert (named.speakers["S2"], named.names["S2"]) == ("person", "Mrs Example")
    merged = merge_speakers(named, "S2", "S3")
    assert [t.speaker for t in merged.turns] == ["S1", "S2", "S2"]
    assert [t.speaker for t in assign_turn(merged, 1, "S9").turns] == ["S1", "S9", "S2"]
    assert not name_speaker(named, "S2", name=" ").names


@pytest.mark.parametrize(
    "wrong",
    [
        lambda t: correct_turn(t, 9, "text"),
        lambda t: correct_turn(t, -1, "text"),
        lambda t: correct_turn(t, 0, "  "),
        lambda t: name_speaker(t, "S7", name="x"),
        lambda t: name_speaker(t, "S1", role="wizard"),  # pyright: ignore[reportArgumentType]
        lambda t: merge_speakers(t, "S1", "S1"),
        lambda t: assign_turn(t, 0, " "),
    ],
)
def test_when_the_change_makes_no_sense_then_it_is_refused(wrong: object) -> None:
    with pytest.raises(UsageError):
        wrong(transcript())  # type: ignore[operator]
