"""Headings: each unit stands under one heading, in spoken order; nobody spoke about it means nothing stands there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from core.evidence import Transcript
from pilots.visit_notes import get_template
from pilots.visit_notes.corrections import corrections
from pilots.visit_notes.grouping import Unit, units
from pilots.visit_notes.headings import place_units
from pilots.visit_notes.note_templates import OTHER
from pilots.visit_notes.utterances import utterances
from rag import default_embedder
from tests.pilots.said import conversation, conversations

HOME = "adult_home_visit"


def _placed(transcript: Transcript, template: str = HOME) -> tuple[list[Unit], dict[str, list[Unit]]]:
    items = utterances(transcript)
    grouped = units(items, {u.index for u in items}, [0.5] * len(items), corrections(items))
    roles = {label: str(role) for label, role in transcript.speakers.items()}
    return grouped, place_units(items, grouped, roles, get_template(template), default_embedder())


def _where(placed: dict[str, list[Unit]], words: str) -> str:
    return next(key for key, found in placed.items() if any(words in u.text for unit in found for u in unit.items))


@pytest.mark.parametrize(
    ("template", "lines", "heading"),
    [
        (HOME, ["S2: I can't afford the heating bill and I'm behind with the rent."], "money_and_benefits"),
        (HOME, ["S2: I take my blood pressure tablets in the morning."], "health_and_medication"),
        (HOME, ["S2: I want to stay in my own home, that's all I want."], "wishes_and_feelings"),
        (HOME, ["S2: I have a strip wash at the sink, I can't get in the bath on my own."], "daily_living"),
        (HOME, ["S2: There's damp and mould on the bedroom wall and the boiler is broken."], "home_and_environment"),
        (HOME, ["S2: My son shouts at me and he has hit me, and I'm frightened."], "risks_and_safeguarding"),
        ("care_act_conversation", ["S2: I wear pads because I can't get to the toilet in time."], "toilet_needs"),
        ("care_act_conversation", ["S2: I can't do my buttons up or get my socks on."], "clothing"),
        ("child_and_family_visit", ["S2: He hates reading at school and his teacher moved him."], "education"),
        ("carers_assessment", ["S2: I gave up my job because I couldn't do the hours."], "work_and_learning"),
        ("supervision", ["S2: I've got twenty-three cases and I can't keep on top of the visits."], "workload"),
    ],
)
def test_when_one_subject_is_spoken_about_then_it_stands_under_its_heading_and_no_other_opens(
    template: str, lines: list[str], heading: str
) -> None:
    _, placed = _placed(conversation(*lines), template)
    assert set(placed) == {heading}


def test_when_the_talk_is_of_nothing_in_the_template_then_it_is_other_matters() -> None:
    _, placed = _placed(conversation("S2: Penguins cannot fly but they swim beautifully."), "supervision")
    assert set(placed) == {OTHER}


def test_when_two_subjects_are_spoken_about_then_each_stands_under_its_own() -> None:
    _, placed = _placed(
        conversation(
            "S1: How are you for money?",
            "S2: I get my pension and attendance allowance, but I can't afford the gas bill.",
            "S2: My rent is paid by the bank.",
            "S1: And your health, your tablets?",
            "S2: I take my tablets in the morning and the nurse comes for my leg.",
            "S2: I have an appointment at the hospital clinic.",
        )
    )
    assert _where(placed, "attendance allowance") == "money_and_benefits"
    assert _where(placed, "the nurse comes") == "health_and_medication"


def test_when_there_is_nothing_to_place_then_nothing_is_placed() -> None:
    assert place_units([], [], {}, get_template(HOME), default_embedder()) == {}


def _order(found: Sequence[Unit]) -> list[int]:
    return [unit.items[0].index for unit in found]


@hypothesis_settings(max_examples=15)
@given(conversations(max_turns=8))
def test_when_units_are_placed_then_each_stands_once_under_a_known_heading_in_spoken_order(
    transcript: Transcript,
) -> None:
    grouped, placed = _placed(transcript)
    assert set(placed) <= {h.key for h in get_template(HOME).headings} | {OTHER}
    assert sorted(i for found in placed.values() for i in _order(found)) == _order(grouped)
    for found in placed.values():
        assert found
        assert _order(found) == sorted(_order(found))


def test_when_a_unit_corrects_the_one_before_then_both_stand_under_one_heading() -> None:
    transcript = conversation(
        "S2: I take four tablets in the morning.", "S3: She doesn't.", "S2: No, three tablets.", "S1: Thank you."
    )
    grouped, placed = _placed(transcript)
    follows = [unit for unit in grouped if unit.follows]
    for unit in follows:
        before = grouped[grouped.index(unit) - 1]
        assert any(unit in found and before in found for found in placed.values())
