"""Utterances: the sentences of a transcript, with exact words, times and the question they answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence import Transcript, Turn, Word
from pilots.visit_notes.utterances import sentence_spans, utterances, without_lead_in
from tests.pilots.said import any_turns, conversation, conversations, heard


def _sentences(text: str) -> list[str]:
    return [text[first:last] for first, last in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I fell. I got up.", ["I fell.", "I got up."]),
        ("Do you sleep? No. Not really!", ["Do you sleep?", "No.", "Not really!"]),
        ("I saw Dr. Patel on Monday.", ["I saw Dr. Patel on Monday."]),
        ("I saw Mrs. Okafor. She was kind.", ["I saw Mrs. Okafor.", "She was kind."]),
        ("Take 2.5 milligrams. Then wait.", ["Take 2.5 milligrams.", "Then wait."]),
        ("It cost £3.50 a week. £2 more than before.", ["It cost £3.50 a week.", "£2 more than before."]),
        ("The bus at 9.15 was late.", ["The bus at 9.15 was late."]),
        ("He shouted “Get out!” He meant me.", ["He shouted “Get out!”", "He meant me."]),
        ("She said “No.” “Never,” I said.", ["She said “No.”", "“Never,” I said."]),
        ("Well… I don't know… Maybe.", ["Well…", "I don't know…", "Maybe."]),
        ("How often? twice a week", ["How often?", "twice a week"]),
        ("Three falls. 2 at night.", ["Three falls.", "2 at night."]),
        ("no full stop at all", ["no full stop at all"]),
        ("  I fell.  \n\t I got up. ", ["I fell.", "I got up."]),
        ("I fell. Éamonn found me.", ["I fell.", "Éamonn found me."]),
        ("I fell. 'Help,' I said.", ["I fell.", "'Help,' I said."]),
        ("I said no. ‘Never,’ I said.", ["I said no.", "‘Never,’ I said."]),
        ("Is there a No. 9 bus? There is.", ["Is there a No. 9 bus?", "There is."]),
        ("Do you drink? No. I never have.", ["Do you drink?", "No.", "I never have."]),
        ("I said no. Then I left.", ["I said no.", "Then I left."]),
        ("", []),
        ("   ", []),
    ],
)
def test_when_a_turn_is_split_then_its_sentences_are_these(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


@given(st.text(max_size=300))
def test_when_any_text_is_split_then_the_spans_tile_it_and_only_white_space_is_left_out(text: str) -> None:
    at = 0
    for first, last in sentence_spans(text):
        assert at <= first < last <= len(text)
        assert text[at:first].strip() == ""
        assert text[first:last] == text[first:last].strip() != ""
        at = last
    assert text[at:].strip() == ""


@given(st.one_of(any_turns(), conversations()))
def test_when_utterances_are_made_then_each_is_a_verbatim_part_of_its_turn_in_order(transcript: Transcript) -> None:
    items = utterances(transcript)
    assert [u.index for u in items] == list(range(len(items)))
    assert [(u.turn, u.first) for u in items] == sorted((u.turn, u.first) for u in items)
    for u in items:
        turn = transcript.turns[u.turn]
        assert u.text == turn.text[u.first : u.last]
        assert u.speaker == turn.speaker
        assert (u.evidence().quote, u.evidence().turn, u.evidence().speaker) == (u.text, u.turn, turn.speaker)
    for number, turn in enumerate(transcript.turns):
        mine = [(u.first, u.last) for u in items if u.turn == number]
        outside = [*turn.text]
        for first, last in mine:
            outside[first:last] = " " * (last - first)
        assert "".join(outside).strip() == "", "no word of the turn is lost"
        assert all(a[1] <= b[0] for a, b in zip(mine, mine[1:], strict=False)), "no word is in two sentences"


@given(st.one_of(any_turns(), conversations()))
def test_when_utterances_are_timed_then_they_lie_inside_their_turn_one_after_the_other(
    transcript: Transcript,
) -> None:
    last: dict[int, float] = {}
    for u in utterances(transcript):
        turn = transcript.turns[u.turn]
        assert turn.start <= u.start <= u.end <= turn.end
        assert last.get(u.turn, 0.0) <= u.start
        last[u.turn] = u.start


@given(
    st.lists(st.tuples(st.text(max_size=12), st.floats(0, 1)), max_size=12),
    st.sampled_from(["I fell twice. I got up. No.", "a", "No. No. No.", "Ünïcode. “Quotes.” שלום. Done."]),
)
def test_when_the_words_are_not_those_of_the_corrected_text_then_times_still_lie_inside_the_turn(
    words: list[tuple[str, float]], text: str
) -> None:
    at, timed = 3.0, []
    for word, length in words:
        timed.append(Word(text=word, start=at, end=at + length))
        at += length
    turn = Turn(speaker="S1", start=3.0, end=at, text=text, words=tuple(timed))
    for u in utterances(Transcript(id="t", turns=(turn,))):
        assert 3.0 <= u.start <= u.end <= at


def test_when_word_times_are_outside_the_turn_then_the_utterance_is_kept_inside_it() -> None:
    words = (Word(text="I", start=4.5, end=5.1), Word(text="fell.", start=5.1, end=9.9))
    (u,) = utterances(Transcript(id="t", turns=(Turn(speaker="S1", start=5.0, end=6.0, text="I fell.", words=words),)))
    assert 5.0 <= u.start <= u.end <= 6.0


def test_when_a_turn_has_words_then_each_sentence_starts_and_ends_with_its_own_words() -> None:
    items = heard("S1: I fell twice. No. No. No, I got up.")
    assert [(u.text, round(u.start - 0.5, 2), round(u.end - 0.5, 2)) for u in items] == [
        ("I fell twice.", 0.0, 1.2),
        ("No.", 1.2, 1.6),
        ("No.", 1.6, 2.0),
        ("No, I got up.", 2.0, 3.6),
    ]


def test_when_a_turn_has_no_words_then_its_time_is_shared_by_length() -> None:
    first, second = utterances(conversation("S1: One two three four. Five six seven eight.", words=False))
    assert first.start == 0.5
    assert first.end <= second.start
    assert 0.3 < (first.end - 0.5) / 3.2 < 0.7
    assert second.end == pytest.approx(0.5 + 8 * 0.4, abs=0.001)


def test_when_there_are_no_turns_or_only_empty_ones_then_there_are_no_utterances() -> None:
    assert utterances(Transcript(id="t")) == []
    assert utterances(conversation("S1:  ", "S2: ")) == []


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (["S1: Do you feel safe?", "S2: No."], {1: 0}),
        (["S1: Do you feel safe?", "S2: No. He shouts."], {1: 0, 2: 0}),
        (["S1: Do you feel safe? Do you sleep?", "S2: No."], {2: 1}),
        (["S1: Do you drink?", "S1: No."], {}),
        (["S1: Do you drink?", "S2: I don't.", "S1: Do you smoke?", "S2: No."], {1: 0, 3: 2}),
        (["S1: I see.", "S2: No."], {}),
        (["S1: Do you drink?", "S2: I never have done, no.", "S3: She's fond of cake."], {1: 0}),
    ],
)
def test_when_somebody_answers_then_the_answer_knows_its_question_and_nothing_else_does(
    lines: list[str], answers: dict[int, int]
) -> None:
    assert {u.index: u.question for u in heard(*lines) if u.question is not None} == answers


@given(conversations())
def test_when_an_utterance_answers_then_the_question_was_asked_before_by_somebody_else(
    transcript: Transcript,
) -> None:
    items = utterances(transcript)
    for u in items:
        if u.question is not None:
            asked = items[u.question]
            assert asked.index < u.index
            assert asked.is_question
            assert asked.speaker != u.speaker


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Um, well, I fell twice.", "I fell twice."),
        ("Oh, I don't know about that.", "I don't know about that."),
        ("Erm I take three tablets.", "I take three tablets."),
        ("So I said no.", "I said no."),
        ("Well, no.", "Well, no."),
        ("I fell.", "I fell."),
        ("Rightly or wrongly, he went.", "Rightly or wrongly, he went."),
        ("Now he can't walk.", "Now he can't walk."),
        ("Right leg is swollen.", "Right leg is swollen."),
        ("So many tablets, I lose count.", "So many tablets, I lose count."),
        ("Um", "Um"),
    ],
)
def test_when_fillers_stand_at_the_start_then_only_they_go(said: str, shown: str) -> None:
    assert without_lead_in(said) == shown


@given(st.text(max_size=80), st.sampled_from(["", "Um, ", "Well, you know, ", "And ", "Oh, er, "]))
def test_when_a_lead_in_is_cut_then_the_rest_is_verbatim_and_something_is_left(text: str, filler: str) -> None:
    said = filler + text
    cut = without_lead_in(said)
    assert said.endswith(cut)
    assert bool(cut.strip()) == bool(said.strip())


@pytest.mark.parametrize("word", ["no", "not", "never", "No", "can't", "nobody"])
def test_when_a_sentence_begins_with_a_denial_then_the_lead_in_never_takes_it(word: str) -> None:
    assert word in without_lead_in(f"Um, well, {word} I have been drinking.")
