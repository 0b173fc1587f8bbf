"""Grouping: what must never be left out, and what must stand together to be understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence import Transcript
from pilots.visit_notes.corrections import corrections
from pilots.visit_notes.grouping import Unit, choose, units
from pilots.visit_notes.utterances import Utterance, utterances
from rag import risks_in
from tests.pilots.said import conversation, conversations, heard


def _units(items: list[Utterance], score: float = 0.0) -> list[Unit]:
    scores, found = [score] * len(items), corrections(items)
    return units(items, choose(items, scores, found, 0.5), scores, found)


def _shown(grouped: list[Unit]) -> set[int]:
    return {u.index for unit in grouped for u in unit.items} | {unit.question.index for unit in grouped if unit.question}


def _unit_with(grouped: list[Unit], words: str) -> Unit:
    (found,) = [unit for unit in grouped if any(words in u.text for u in unit.items)]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "He hit me last night.",
        "I just want to end it all.",
        "I've been cutting myself again.",
        "I fell on the stairs.",
        "She's been drinking a lot, mostly vodka.",
        "My grandson has my bank card.",
        "I'm frightened of him.",
        "There's no food in the house.",
        "I left the gas on.",
        "He touched me.",
        "He keeps a knife by the bed.",
        "I stopped taking my tablets.",
        "I don't drink.",
        "Nobody has ever hurt me.",
        "If I fell nobody would know.",
    ],
)
def test_when_a_risk_is_spoken_of_then_it_is_kept_however_little_the_model_thinks_of_it(text: str) -> None:
    items = heard("S1: Right.", f"S2: {text}", "S1: Okay.")
    assert 1 in _shown(_units(items))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Has anyone ever hurt you?", "No."),
        ("Have you had thoughts of ending your life?", "Never."),
        ("Do you drink alcohol?", "Not any more."),
        ("Have you had any falls?", "Just the one."),
        ("Does he ever hit you?", "He doesn't, no."),
        ("Is anybody taking money from you?", "I don't think so."),
        ("Do you ever feel frightened of him?", "Sometimes."),
        ("Are you having thoughts of suicide?", "No, love, nothing like that."),
    ],
)
def test_when_a_risk_is_asked_about_then_question_and_answer_stand_together(question: str, answer: str) -> None:
    items = heard(f"S1: {question}", f"S2: {answer}")
    unit = _unit_with(_units(items), answer)
    assert unit.question is not None
    assert unit.question.text == question


def test_when_the_denial_comes_after_an_oh_then_it_still_stands_with_its_question() -> None:
    items = heard("S1: Does he ever hit you?", "S2: Oh. No. He's a good lad.")
    grouped = _units(items)
    assert {0, 1, 2} - {1} <= _shown(grouped)
    assert _unit_with(grouped, "No.").question is not None


def test_when_a_corrected_figure_is_kept_then_the_first_figure_never_stands_without_it() -> None:
    items = heard("S2: I fell four times.", "S2: No, three.", "S1: Right.")
    grouped = _units(items)
    assert {0, 1} <= _shown(grouped)


def test_when_another_person_corrects_then_both_are_kept() -> None:
    items = heard("S2: I fell on Tuesday.", "S3: Wednesday, Mum.")
    assert {0, 1} <= _shown(_units(items))


@pytest.mark.parametrize("text", ["I'll ring the surgery on Monday.", "Someone needs to fix that.", "We'll send you the form."])
def test_when_something_is_promised_then_it_is_kept(text: str) -> None:
    assert 0 in _shown(_units(heard(f"S1: {text}")))


@pytest.mark.parametrize("text", ["Okay.", "Right, lovely.", "Mm.", "Thank you.", "Yes, fair enough."])
def test_when_a_turn_says_nothing_then_it_is_left_out_though_the_model_likes_it(text: str) -> None:
    items = heard("S2: Nice weather.", f"S1: {text}")
    assert 1 not in _shown(_units(items, score=0.9))


def test_when_sentences_of_two_people_follow_each_other_then_they_are_never_one_unit() -> None:
    items = heard("S2: He hit me.", "S3: I never hit her.", "S2: He did hit me.")
    for unit in _units(items, 0.9):
        assert len({u.speaker for u in unit.items}) == 1


kept_indices = st.sets(st.integers(0, 40))


@given(conversations(), kept_indices)
def test_when_units_are_made_then_each_kept_sentence_is_shown_in_order_by_its_own_speaker(
    transcript: Transcript, chosen: set[int]
) -> None:
    items = utterances(transcript)
    kept = {i for i in chosen if i < len(items)}
    grouped = units(items, kept, [0.5] * len(items), corrections(items))
    assert kept <= _shown(grouped), "nothing that was chosen is lost"
    flat = [u.index for unit in grouped for u in unit.items]
    assert len(set(flat)) == len(flat), "nothing is said twice"
    assert flat == sorted(flat)
    for unit in grouped:
        assert len({u.speaker for u in unit.items}) == 1
        if unit.question:
            assert unit.question.index < unit.items[0].index
            assert unit.question.speaker != unit.items[0].speaker


@given(conversations(), st.floats(0, 1))
def test_when_sentences_are_chosen_then_every_spoken_risk_is_among_them(transcript: Transcript, score: float) -> None:
    items = utterances(transcript)
    kept = choose(items, [score] * len(items), corrections(items), 0.5)
    for u in items:
        if not u.is_question and any(hit.weight >= 2 for hit in risks_in(u.text)):
            assert u.index in kept


@given(conversations(), conversations(max_turns=2))
def test_when_more_is_said_then_no_risk_that_was_kept_is_dropped(first: Transcript, more: Transcript) -> None:
    longer = first.model_copy(update={"turns": (*first.turns, *more.turns)})
    before, after = utterances(first), utterances(longer)
    kept = choose(before, [0.0] * len(before), corrections(before), 0.5)
    still = choose(after, [0.0] * len(after), corrections(after), 0.5)
    risky = {u.index for u in before if u.index in kept and not u.is_question and risks_in(u.text)}
    assert risky <= still


def test_when_a_question_gets_no_answer_then_a_denied_looking_sentence_elsewhere_is_not_its_answer() -> None:
    items = heard("S1: Does he hit you?", "S1: Sorry, shall I shut the door?", "S2: No, leave it open.")
    unit = next((u for u in _units(items, 0.9) if any("leave it open" in x.text for x in u.items)), None)
    assert unit is None or unit.question is None or "hit" not in unit.question.text


def test_when_a_transcript_is_empty_then_there_are_no_units() -> None:
    assert _units(utterances(conversation())) == []
