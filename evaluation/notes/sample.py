"""A visit with its draft, seen the way every scorer needs it: text with the gold turns it cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from core.evidence import Action, Draft, Evidence, SpeechEvidence, Statement, Transcript
from evaluation.visits import Visit

GoldTurns = Callable[[SpeechEvidence], frozenset[int]]


@dataclass(frozen=True)
class Line:
    """A statement or an action of the note."""

    id: str
    section: str
    text: str
    origin: str
    turns: frozenset[int]
    """gold turns it cites"""
    evidence: tuple[SpeechEvidence, ...]
    action: Action | None = None


def written_turns(evidence: SpeechEvidence) -> frozenset[int]:
    """Return the gold turn of a written visit: its transcript is the script itself."""
    return frozenset([evidence.turn])


@dataclass(frozen=True)
class NoteSample:
    """One visit and the note drafted from it."""

    visit: Visit
    transcript: Transcript
    """what the drafter was given: the script, or what was recognised in the recording"""
    draft: Draft
    gold_turns: GoldTurns = written_turns
    """evidence → turns of the script; through time when the note came from a recording"""
    label_of: dict[str, str] = field(default_factory=dict)
    """recognised speaker → speaker of the script; empty when they are the same"""

    @cached_property
    def statements(self) -> tuple[Line, ...]:
        """Every statement in the order of the note."""
        return tuple(self._line(s.id, section.key, s) for section in self.draft.sections for s in section.statements)

    @cached_property
    def actions(self) -> tuple[Line, ...]:
        """Every action; its text is what, owner and due together."""
        return tuple(
            Line(
                a.id or f"a{i}",
                "actions",
                f"{a.what} {a.owner} {a.due}",
                "action",
                self.cited(a.evidence),
                speech(a.evidence),
                a,
            )
            for i, a in enumerate(self.draft.actions, start=1)
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """Statements, then actions."""
        return (*self.statements, *self.actions)

    def names_of(self, label: str) -> tuple[str, ...]:
        """Return what the note may call a speaker: the name a person gave, else role or label."""
        given = self.transcript.names.get(label, "").strip()
        role = self.transcript.speakers.get(label, "unknown")
        return (given,) if given else (role, "second person" if role == "person2" else role, label)

    @property
    def kept(self) -> list[tuple[str, set[int]]]:
        """What ``evaluation.visits.facts_found`` reads."""
        return [(line.text, set(line.turns)) for line in self.lines]

    def citing(self, turns: list[int] | set[int], *, actions: bool = True) -> Iterator[Line]:
        """Return the lines that cite one of these gold turns."""
        wanted = set(turns)
        return (line for line in (self.lines if actions else self.statements) if line.turns & wanted)

    def cited(self, evidence: tuple[Evidence, ...]) -> frozenset[int]:
        """Return the gold turns of the spoken evidence."""
        return frozenset(turn for e in speech(evidence) for turn in self.gold_turns(e))

    def shown_by(self, codes: set[str] | None, turns: set[int]) -> Iterator[tuple[str, frozenset[int]]]:
        """Return (all its words, gold turns) of each finding of these codes that cites one of the turns."""
        for found in self.draft.findings:
            cited = self.cited(found.evidence)
            if (codes is None or found.code in codes) and cited & turns:
                quotes = " ".join(e.quote for e in speech(found.evidence))
                yield f"{found.message} {quotes}", cited

    def _line(self, id_: str, section: str, statement: Statement) -> Line:
        spoken = speech(statement.evidence)
        return Line(id_, section, statement.text, statement.origin, self.cited(statement.evidence), spoken)


def speech(evidence: tuple[Evidence, ...]) -> tuple[SpeechEvidence, ...]:
    """Return the spoken part of the evidence."""
    return tuple(e for e in evidence if isinstance(e, SpeechEvidence))


def folded(text: str) -> str:
    """Return text as quotes are compared: NFKC, one kind of quotation mark and apostrophe, single spaces."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[‘’‛`´]", "'", re.sub(r"[“”„‟]", '"', text))
    return " ".join(text.replace('"', "'").split())


def plain_words(text: str) -> list[str]:
    """Return the words in lower case without punctuation."""
    return re.findall(r"[a-z0-9£]+(?:'[a-z]+)?", folded(text).lower())
