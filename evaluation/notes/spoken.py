"""Spoken visits: from the recording to a sample, matched with the script through time."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from core.evidence import SpeechEvidence, Transcript
from evaluation.suite import RunContext
from evaluation.visits import Visit, load_visit

SHARED = "spoken"
"""key of ``RunContext.shared``: id → transcript, so that one call recognises each recording once"""


@dataclass(frozen=True)
class GoldTurn:
    """When a turn of the script is spoken in the recording."""

    turn: int
    speaker: str
    start: float
    end: float


@dataclass(frozen=True)
class SpokenVisit:
    """A visit with its recording and the times of its turns."""

    visit: Visit
    audio: Path
    turns: tuple[GoldTurn, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the case's people, which the product gives to the recogniser as vocabulary."""
        return tuple(person["name"] for person in self.visit.people)


def spoken_visits(folder: Path) -> list[SpokenVisit]:
    """Return the visits of a folder that have a recording and times; raises BadInput for a broken file."""
    found = []
    for audio in sorted(folder.glob("*.opus")):
        script, times = audio.with_suffix(".json"), audio.with_suffix(".turns.json")
        if not script.is_file() or not times.is_file():
            raise BadInput(
                f"{audio.name} has no script or no turn times.",
                "Make the spoken visits again with tools/make_spoken_visits.py.",
            )
        turns = tuple(GoldTurn(**t) for t in json.loads(times.read_text("utf-8")))
        found.append(SpokenVisit(load_visit(script), audio, turns))
    return found


def recognised(spoken: SpokenVisit, context: RunContext) -> Transcript:
    """Return the transcript of the recording, made once a call of ``rapt evaluate``."""
    made: dict[str, Transcript] = context.shared.setdefault(SHARED, {})
    if spoken.visit.id not in made:
        from transcription import transcribe_file

        made[spoken.visit.id] = transcribe_file(spoken.audio, settings=context.settings, vocabulary=spoken.names)
    return made[spoken.visit.id]


def matched_labels(transcript: Transcript, turns: tuple[GoldTurn, ...]) -> dict[str, str]:
    """Return recognised label → script label that it shares most seconds with."""
    shared: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for turn in transcript.turns:
        for gold in turns:
            shared[turn.speaker][gold.speaker] += _overlap(turn.start, turn.end, gold)
    return {label: max(by, key=lambda g: (by[g], g)) for label, by in shared.items() if any(by.values())}


def gold_turns(turns: tuple[GoldTurn, ...], evidence: SpeechEvidence) -> frozenset[int]:
    """Return the script turns the span covers: half of the turn or of the span, or 1.5 seconds."""
    length = max(evidence.end - evidence.start, 0.01)
    found = set()
    for gold in turns:
        both = _overlap(evidence.start, evidence.end, gold)
        if both > 0 and both >= min(1.5, 0.5 * length, 0.5 * max(gold.end - gold.start, 0.01)):
            found.add(gold.turn)
    return frozenset(found)


def as_named(transcript: Transcript, visit: Visit, label_of: dict[str, str]) -> Transcript:
    """Return the transcript as a practitioner names it: the script's roles, names where one fits."""
    roles: dict[str, Any] = {
        label: visit.transcript.speakers[gold] for label, gold in label_of.items() if gold in visit.transcript.speakers
    }
    return transcript.model_copy(update={"speakers": roles, "names": names_by_role(roles, visit)})


def names_by_role(roles: dict[str, Any], visit: Visit) -> dict[str, str]:
    """Return label → name where exactly one person of the visit has the speaker's role."""
    names = {}
    for label, role in roles.items():
        fitting = [person["name"] for person in visit.people if person["role"] == role]
        alone = sum(1 for other in roles.values() if other == role) == 1
        if len(fitting) == 1 and alone:
            names[label] = fitting[0]
    return names


def _overlap(start: float, end: float, gold: GoldTurn) -> float:
    return max(0.0, min(end, gold.end) - max(start, gold.start))
