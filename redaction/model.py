"""What redaction produces: entities that explain themselves, a vault, and the pseudonymised text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from core.evidence import Finding, Transcript


@dataclass(frozen=True)
class Entity:
    """One masked stretch of the input; ``start`` and ``end`` are code points of the input text."""

    start: int
    end: int
    type: str
    score: float
    recogniser: str
    """who found it (several when they agreed, the deciding one first)"""
    pattern: str = ""
    """named pattern, label or reason; never the value"""
    token: str = ""
    """what stands in its place"""
    action: str = "token"
    """what the policy did with it: token, remove, or one of the ways to make it coarser"""

    def as_record(self) -> dict[str, str | int | float]:
        """Return the entity as the command line prints it: everything but the value."""
        return {
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "score": round(self.score, 3),
            "recogniser": self.recogniser,
            "pattern": self.pattern,
            "token": self.token,
            "action": self.action,
        }


@dataclass(frozen=True)
class Placed:
    """One token in the redacted text and the words that stood there."""

    start: int
    token: str
    surface: str = field(repr=False)


@dataclass(frozen=True)
class Vault:
    """The way back, kept in memory for one call; it holds personal data and prints none."""

    values: dict[str, str] = field(default_factory=dict, repr=False)
    """token → its fullest form in the text"""
    placed: tuple[Placed, ...] = field(default=(), repr=False)
    """every replacement in order, so that an unaltered text is restored exactly"""
    text_sha256: str = ""
    """hash of the redacted text that ``placed`` refers to"""


@dataclass(frozen=True)
class Redaction:
    """A redacted text; the leak test has passed on it."""

    text: str
    entities: tuple[Entity, ...]
    vault: Vault
    """empty when the policy allows no way back"""
    findings: tuple[Finding, ...] = ()
    policy: str = "model_safe"
    left: dict[str, int] = field(default_factory=dict)
    """type → how often the policy kept it in the text"""

    def counts(self) -> dict[str, int]:
        """Return how often each type was replaced, by type."""
        return dict(sorted(Counter(entity.type for entity in self.entities).items()))


@dataclass(frozen=True)
class Muted:
    """Seconds of the recording in which a masked value is spoken."""

    turn: int
    start: float
    end: float
    type: str


@dataclass(frozen=True)
class RedactedTranscript:
    """A pseudonymised transcript; ``entities``: one tuple per turn, offsets in its input text."""

    transcript: Transcript
    entities: tuple[tuple[Entity, ...], ...]
    vault: Vault
    muted: tuple[Muted, ...] = ()
    findings: tuple[Finding, ...] = ()
