"""Spoken visits are matched with their script through time; the recogniser's labels are the script's speakers."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from core.evidence import SpeechEvidence, Transcript, Turn
from core.settings import Settings
from evaluation.notes.spoken import (
    SHARED,
    GoldTurn,
    SpokenVisit,
    as_named,
    gold_turns,
    matched_labels,
    recognised,
    spoken_visits,
)
from evaluation.speech.corpus import SPOKEN
from evaluation.suite import RunContext

VISITS = spoken_visits(SPOKEN)


def heard(spoken: SpokenVisit, late: float = 0.0) -> Transcript:
    """Return the script as a recogniser with other labels and ``late`` seconds of delay would time it."""
    script = spoken.visit.transcript.turns
    turns = tuple(
        Turn(speaker=f"X{t.speaker}", start=t.start + late, end=t.end + late, text=script[t.turn].text) for t in spoken.turns
    )
    return Transcript(id=spoken.visit.id, turns=turns, duration=spoken.turns[-1].end + 1)


def test_when_the_repository_is_whole_then_three_visits_are_spoken_and_every_turn_is_timed() -> None:
    assert len(VISITS) == 3
    for spoken in VISITS:
        assert [t.turn for t in spoken.turns] == list(range(len(spoken.visit.transcript.turns)))


@pytest.mark.parametrize("spoken", VISITS, ids=lambda s: s.visit.id)
@pytest.mark.parametrize("late", [0.0, 0.2])
def test_when_evidence_is_timed_like_a_turn_then_that_turn_of_the_script_is_found(spoken: SpokenVisit, late: float) -> None:
    for i, turn in enumerate(heard(spoken, late).turns):
        span = SpeechEvidence(turn=i, start=turn.start, end=turn.end, quote=turn.text, speaker=turn.speaker)
        assert i in gold_turns(spoken.turns, span)


@pytest.mark.parametrize("spoken", VISITS, ids=lambda s: s.visit.id)
def test_when_labels_differ_then_each_is_matched_with_who_speaks_and_gets_the_role(spoken: SpokenVisit) -> None:
    transcript = heard(spoken)
    labels = matched_labels(transcript, spoken.turns)
    assert labels == {f"X{label}": label for label in spoken.visit.transcript.speakers}
    named = as_named(transcript, spoken.visit, labels)
    assert named.speakers == {f"X{label}": role for label, role in spoken.visit.transcript.speakers.items()}


def test_when_evidence_only_touches_a_turn_then_that_turn_is_not_cited() -> None:
    turns = (GoldTurn(0, "S1", 0.0, 5.0), GoldTurn(1, "S2", 5.0, 10.0))
    span = SpeechEvidence(turn=0, start=0.5, end=5.1, quote="x", speaker="X")
    assert gold_turns(turns, span) == {0}


def test_when_an_earlier_suite_listened_then_the_recording_is_not_recognised_again(settings: Settings) -> None:
    made = heard(VISITS[0])
    context = RunContext(settings, shared={SHARED: {VISITS[0].visit.id: made}})
    assert recognised(VISITS[0], context) is made


def test_when_a_recording_has_no_script_then_it_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "alone.opus").write_bytes(b"OggS")
    with pytest.raises(BadInput):
        spoken_visits(tmp_path)
