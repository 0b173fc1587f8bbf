"""Actions: who undertook to do what by when; what was not said is ``not stated``."""

from __future__ import annotations

import pytest
from hypothesis import given

from core.evidence import Action, SpeechEvidence, Transcript
from pilots.visit_notes.actions import actions
from pilots.visit_notes.people import speaker_names
from pilots.visit_notes.utterances import utterances
from tests.pilots.said import ROLES, conversation, conversations, problems_with_evidence, squeezed

NOT_STATED = "not stated"


def _actions(transcript: Transcript) -> tuple[Action, ...]:
    plain = speaker_names(transcript)
    roles = {label: str(role) for label, role in transcript.speakers.items()}
    return actions(utterances(transcript), roles, lambda label: plain.get(label, label))


@pytest.mark.parametrize(
    ("lines", "what", "owner", "due"),
    [
        (["S1: I'll ring the surgery on Monday."], "ring the surgery", "Worker", "Monday"),
        (["S1: I'll ring the surgery."], "ring the surgery", "Worker", NOT_STATED),
        (["S1: I will send you the form by Friday."], "send you the form", "Worker", "Friday"),
        (["S1: We'll get a rail fitted within two weeks."], "rail", "Worker", "two weeks"),
        (["S1: I'm going to speak to the pharmacist tomorrow."], "pharmacist", "Worker", "tomorrow"),
        (["S3: I'll bring her tablets round tonight."], "tablets", "Carer", "tonight"),
        (["S2: I'll fill the form in."], "fill the form", "Person", NOT_STATED),
        (["S1: Somebody needs to fix that rail."], "rail", NOT_STATED, NOT_STATED),
        (["S2: Someone ought to look at the boiler before Christmas."], "boiler", NOT_STATED, "Christmas"),
        (["S1: That needs to be booked by Thursday."], "booked", NOT_STATED, "Thursday"),
        (["S3: Karen will bring the letters on Thursday."], "letters", "Karen", "Thursday"),
        (["S1: Could you ring me on Friday?", "S2: Yes, I will."], "ring me", "Person", "Friday"),
        (["S1: Can you bring the letters?", "S3: Of course."], "letters", "Carer", NOT_STATED),
        (["S1: Could you send me the letter?", "S3: Yes, by Tuesday."], "letter", "Carer", "Tuesday"),
        (["S2: When can you ring them?", "S1: I'll ring them on Wednesday."], "ring them", "Worker", "Wednesday"),
        (["S1: I'll ring you Tuesday, no, Wednesday."], "ring you", "Worker", "Wednesday"),
        (["S1: I'll write to the landlord. By the end of the week."], "landlord", "Worker", "end of the week"),
        (["S1: Um, right, so I'll ring the landlord next week."], "ring the landlord", "Worker", "next week"),
    ],
)
def test_when_somebody_undertakes_something_then_what_owner_and_date_are_as_said(
    lines: list[str], what: str, owner: str, due: str
) -> None:
    found = _actions(conversation(*lines))
    assert len(found) == 1
    action = found[0]
    assert what in action.what
    assert action.owner == owner
    assert action.due == NOT_STATED if due == NOT_STATED else due in action.due


@pytest.mark.parametrize(
    "lines",
    [
        ["S1: I rang the surgery on Monday."],
        ["S1: I won't ring the surgery."],
        ["S1: I'll never ring that surgery again."],
        ["S1: I will not be sending the form."],
        ["S2: If I fell, I'll be on the floor all night, I suppose."],
        ["S2: I'd ring if I had a telephone."],
        ["S2: He says he'll kill me one day."],
        ["S1: I'll be honest with you."],
        ["S2: I'll be all right."],
        ["S2: I'll never go into a home."],
        ["S1: Could you ring me on Friday?", "S2: No, I can't, I've no credit."],
        ["S1: Will you be all right?", "S2: Yes."],
        ["S1: Can you manage the stairs?", "S2: Yes, I can."],
        ["S1: Can you tell me about the fall?", "S2: Yes, all right."],
        ["S2: I'll die in this house."],
        ["S2: I take the tablets on Monday."],
        ["S2: Lovely weather."],
        [],
    ],
)
def test_when_nobody_undertakes_anything_then_there_is_no_action(lines: list[str]) -> None:
    assert _actions(conversation(*lines)) == ()


def test_when_a_speaker_has_a_name_then_the_action_is_theirs_by_name() -> None:
    (action,) = _actions(conversation("S1: I'll ring the surgery.", names={"S1": "Tom Adeyinka"}))
    assert action.owner == "Tom Adeyinka"


def test_when_nobody_said_who_the_speakers_are_then_the_owner_is_the_label() -> None:
    (action,) = _actions(conversation("S1: I'll ring the surgery.", roles={}))
    assert "S1" in action.owner


def test_when_two_speakers_have_one_role_then_the_owner_tells_them_apart() -> None:
    transcript = conversation(
        "S1: I'll ring the surgery.", "S2: I'll write to school.", roles={"S1": "professional", "S2": "professional"}
    )
    first, second = _actions(transcript)
    assert first.owner != second.owner


def test_when_a_date_is_said_by_the_one_who_agrees_then_both_moments_are_evidence() -> None:
    transcript = conversation("S1: Could you send me the letter?", "S3: Yes, by Tuesday.")
    (action,) = _actions(transcript)
    assert {e.turn for e in action.evidence if isinstance(e, SpeechEvidence)} == {0, 1}


def test_when_a_date_was_said_about_something_else_then_it_is_not_the_actions_date() -> None:
    transcript = conversation("S2: I fell on Tuesday.", "S1: I'll ring the surgery.", "S2: It was raining that day.")
    (action,) = _actions(transcript)
    assert action.due == NOT_STATED


@given(conversations())
def test_when_actions_are_found_then_every_word_of_them_was_said_and_the_order_is_kept(transcript: Transcript) -> None:
    found = _actions(transcript)
    names = set(speaker_names(transcript).values())
    assert len({a.id for a in found}) == len(found)
    turns = []
    for action in found:
        spans = [e for e in action.evidence if isinstance(e, SpeechEvidence)]
        assert spans
        assert problems_with_evidence(transcript, spans) == []
        assert squeezed(action.what) in squeezed(transcript.turns[spans[0].turn].text)
        assert action.owner == NOT_STATED or action.owner in names
        assert action.due == NOT_STATED or any(action.due in e.quote for e in spans)
        turns.append((spans[0].turn, spans[0].start))
    assert turns == sorted(turns)


def test_when_the_roles_are_the_usual_ones_then_names_are_words_for_them() -> None:
    transcript = conversation("S1: Hello.", "S2: Hello.", "S3: Hello.", roles=ROLES)
    assert speaker_names(transcript) == {"S1": "Worker", "S2": "Person", "S3": "Carer"}
