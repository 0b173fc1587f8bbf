"""Sentences that nearly repeat what was said, or claim more than was said: turned round, all for some, done for nearly."""

from __future__ import annotations

import pytest

from rag import Spoken, check_statement


def _codes(statement: str, *turns: str) -> set[str]:
    """Even turns are the worker's when there are two."""
    roles = ("worker", "person") if len(turns) > 1 else ("person",)
    said = [Spoken({"worker": "Tom Hale", "person": "Ivy Marsh"}[r], r, t) for r, t in zip(roles, turns, strict=True)]
    return {m.code for m in check_statement(statement, said)}


@pytest.mark.parametrize(
    ("statement", "turns"),
    [
        ("Ivy Marsh said that I've been told, officially. Donna slipped.", ["I've not been told, officially. Donna slipped."]),
        ("Ivy Marsh said that there was not. It kept going off.", ["There was. It kept going off."]),
        ("Ivy Marsh said that she has had a full night since Easter.", ["I've not had a full night since Easter."]),
        ("Ivy Marsh said that the new flat is safe at night.", ["The new flat is unsafe at night."]),
        ("Ivy Marsh still smokes in bed.", ["Are you still smoking in bed?", "I packed that in last year."]),
        ("Both alarms are working.", ["Are the alarms working?", "One of them is. The other I took down."]),
        ("Ivy Marsh still shaves him.", ["I used to shave him. I've given that up now."]),
        ("Ivy Marsh told the police.", ["Did you tell the police?", "I was going to, but I turned round and came home."]),
        ("Ivy Marsh fractured her hip.", ["I banged my hip, nothing broken."]),
    ],
)
def test_when_a_sentence_says_the_reverse_then_it_blocks_as_turned_round(statement: str, turns: list[str]) -> None:
    assert _codes(statement, *turns) & {"flipped_negation", "unsupported_risk"}


@pytest.mark.parametrize(
    ("statement", "turns"),
    [
        ("Ivy Marsh said that she has not been told officially.", ["I've not been told, officially."]),
        ("Ivy Marsh said that he shouts.", ["Does he ever hit you?", "No, never. He shouts."]),
        ("Ivy Marsh said: “There was. It kept going off.”", ["There was. It kept going off."]),
        ("Ivy Marsh no longer smokes in bed.", ["Are you still smoking in bed?", "I packed that in last year."]),
        ("One of the alarms is working.", ["Are the alarms working?", "One of them is. The other I took down."]),
        ("Ivy Marsh used to shave him.", ["I used to shave him. I've given that up now."]),
        ("Ivy Marsh banged her hip without breaking it.", ["I banged my hip, nothing broken."]),
        ("Ivy Marsh can be left for 90 minutes.", ["How long can you be left?", "Hour and a half at the outside."]),
        ("Ivy Marsh had it done in 2019 and again in 2020.", ["I had it done in 2019 and again the year after."]),
        ("Ivy Marsh said Universal Credit covers the rent.", ["My UC covers the rent."]),
        ("Attendance has fallen from 91% to 78%.", ["It was ninety-one per cent attendance, now seventy-eight."]),
    ],
)
def test_when_a_sentence_is_faithful_then_none_of_these_checks_block(statement: str, turns: list[str]) -> None:
    assert _codes(statement, *turns) == set()


def test_when_another_visits_every_other_week_then_every_week_blocks() -> None:
    assert "unsupported_date" in _codes("Ivy Marsh goes every weekend.", "I go every other weekend.")


def test_when_a_harm_is_told_in_words_no_list_holds_then_its_meaning_gives_it_away() -> None:
    found = _codes("Ivy Marsh likes the garden and she was clobbered by her husband.", "I do like the garden.")
    assert "unsupported_risk" in found
