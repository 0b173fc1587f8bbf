"""Words get the voice that said them, and turns stay whole."""

from __future__ import annotations

from core.evidence import Word
from transcription.diarise import Speakers, Spoken
from transcription.speakers import build_turns


def said(text: str, start: float, step: float = 0.3) -> list[Word]:
    return [Word(text=t, start=start + i * step, end=start + (i + 1) * step) for i, t in enumerate(text.split())]


def voices(*parts: tuple[float, float, str]) -> Speakers:
    return Speakers(tuple(Spoken(*part) for part in parts))


def test_when_two_people_take_turns_then_each_word_is_with_its_voice() -> None:
    words = said("How are you?", 0.0) + said("I am fine.", 1.5) + said("Good.", 3.0)
    turns = build_turns(words, voices((0, 1.2, "A"), (1.2, 2.8, "B"), (2.8, 4, "A")))
    assert [(t.speaker, t.text, t.overlap) for t in turns] == [
        ("S1", "How are you?", False),
        ("S2", "I am fine.", False),
        ("S1", "Good.", False),
    ]


def test_when_two_speak_at_once_then_the_turn_is_marked() -> None:
    words = said("I went to the shop", 0.0) + said("Yes.", 1.5)
    turns = build_turns(words, voices((0, 1.5, "A"), (0.9, 2.0, "B")))
    assert any(turn.overlap for turn in turns)
    alone = build_turns(words, voices((0, 1.5, "A"), (1.5, 2.0, "B")))
    assert not any(turn.overlap for turn in alone)


def test_when_one_word_strays_in_running_speech_then_it_goes_back() -> None:
    words = said("she takes her tablets twice a day now", 0.0)
    turns = build_turns(words, voices((0, 0.9, "A"), (0.9, 1.2, "B"), (1.2, 3, "A")))
    assert [turn.text for turn in turns] == ["she takes her tablets twice a day now"]


def test_when_a_short_answer_stands_between_sentences_then_it_keeps_its_speaker() -> None:
    words = said("Do you smoke?", 0.0) + said("No.", 1.2) + said("And do you drink?", 1.8)
    turns = build_turns(words, voices((0, 1.0, "A"), (1.1, 1.6, "B"), (1.7, 4, "A")))
    assert [(t.speaker, t.text) for t in turns] == [
        ("S1", "Do you smoke?"),
        ("S2", "No."),
        ("S1", "And do you drink?"),
    ]


def test_when_the_voice_changes_a_word_late_then_the_sentence_stays_whole() -> None:
    words = said("Is it painful? Sometimes it is.", 0.0)
    turns = build_turns(words, voices((0, 1.1, "A"), (1.1, 3, "B")))
    assert [(t.speaker, t.text) for t in turns] == [("S1", "Is it painful?"), ("S2", "Sometimes it is.")]


def test_when_a_word_lies_in_no_voice_then_the_nearest_has_it() -> None:
    turns = build_turns(said("Hello.", 5.0), voices((0, 1, "A"), (6, 8, "B")))
    assert [turn.text for turn in turns] == ["Hello."]


def test_when_nobody_was_told_apart_then_everything_is_one_speaker() -> None:
    turns = build_turns(said("Hello there. How are you?", 0.0), Speakers())
    assert {turn.speaker for turn in turns} == {"S1"}


def test_when_one_person_speaks_long_with_a_pause_then_the_turn_is_split_there() -> None:
    words = said(" ".join(["word"] * 79) + " end.", 0.0) + said("And then.", 27.0)
    turns = build_turns(words, voices((0, 30, "A")))
    assert len(turns) == 2
    assert turns[1].text == "And then."


def test_when_there_are_no_words_then_there_are_no_turns() -> None:
    assert build_turns([], voices((0, 1, "A"))) == ()
