"""What a person should know about a redacted text: what was replaced, and what still narrows down who it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from core.evidence import Finding
from core.findings import finding
from redaction.codes import LEFT_OVER
from redaction.model import Entity

QUASI = (
    "AGE",
    "DATE",
    "DOB",
    "NATIONALITY",
    "OCCUPATION",
    "ORGANISATION",
    "PLACE_OF_CARE",
    "POSTCODE",
    "RARE_CONDITION",
    "TOWN",
)
"""types that name nobody alone, and somebody together"""
TOO_MANY_KINDS = 3
_COARSER = frozenset({"year", "month", "district", "band"})


@dataclass(frozen=True)
class Left:
    """How often a quasi-identifier stays in the text."""

    kept: int = 0
    """as it was"""
    coarser: int = 0
    """as a year, a district, a band"""


@dataclass(frozen=True)
class Report:
    """Counts only: nothing of the text."""

    policy: str
    replaced: Mapping[str, int]
    """type → how often a token stands there, or that it was removed"""
    left: Mapping[str, Left]
    """quasi-identifier → how often it is still there; only what the recognisers saw can be counted"""
    findings: tuple[Finding, ...]

    def as_record(self) -> dict[str, object]:
        """Return the report as the command line prints it."""
        return {
            "policy": self.policy,
            "replaced": dict(self.replaced),
            "left": {kind: {"kept": one.kept, "coarser": one.coarser} for kind, one in self.left.items()},
        }


class Done(Protocol):
    """A finished redaction, stored in a case or not."""

    @property
    def text(self) -> str:
        """The redacted text."""
        ...

    @property
    def policy(self) -> str:
        """Its name."""
        ...

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What was replaced."""
        ...

    @property
    def left(self) -> Mapping[str, int]:
        """Type → how often the policy kept it."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        ...


def report(done: Done) -> Report:
    """Return the report of a redaction."""
    replaced = Counter(entity.type for entity in done.entities if not _still_told(entity))
    left = _left(done.entities, done.left)
    return Report(done.policy, dict(sorted(replaced.items())), left, done.findings)


def left_over(entities: Iterable[Entity], kept: Mapping[str, int]) -> tuple[Finding, ...]:
    """Return a warning when three or more kinds of quasi-identifiers stay in one text."""
    left = _left(entities, kept)
    if len(left) < TOO_MANY_KINDS:
        return ()
    told = ", ".join(f"{kind.replace('_', ' ')} ({_figures(one)})" for kind, one in left.items())
    return (finding(LEFT_OVER, f"Still in the text: {told}. Together they can single somebody out."),)


def _left(entities: Iterable[Entity], kept: Mapping[str, int]) -> dict[str, Left]:
    coarser = Counter(entity.type for entity in entities if _still_told(entity))
    kinds = [kind for kind in QUASI if kept.get(kind) or coarser[kind]]
    return {kind: Left(kept.get(kind, 0), coarser[kind]) for kind in kinds}


def _still_told(entity: Entity) -> bool:
    # a value that could not be made coarser was removed, whatever its policy wanted
    return entity.action in _COARSER and not entity.token.endswith(" removed]")


def _figures(one: Left) -> str:
    parts = (f"{one.kept} kept" if one.kept else "", f"{one.coarser} made coarser" if one.coarser else "")
    return ", ".join(part for part in parts if part)
