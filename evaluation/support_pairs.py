"""Sentences with evidence, faithful or with one planted error, and what the support check says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from evaluation.model import Target
from evaluation.scorer import Score, Spec, Tally, define_scorer

CLASSES = ("number", "name", "date", "negation", "risk")
EXPECTED = {
    "number": {"unsupported_number", "unsupported_date"},
    "name": {"unsupported_name"},
    "date": {"unsupported_date"},
    "negation": {"flipped_negation"},
    "risk": {"unsupported_risk"},
}
_AT_LEAST = Target(at_least=0.99)
CAUGHT = Spec("planted_caught", "Sentences with a planted error that get a blocking finding.", _AT_LEAST)
CAUGHT_CLASS = {
    c: Spec(f"planted_caught_{c}", f"Sentences with a planted {c} that get a blocking finding.", _AT_LEAST) for c in CLASSES
}
RIGHT_CODE = Spec("planted_named_rightly", "Planted errors caught under the code of their class.")
BLOCKED = Spec(
    "faithful_falsely_blocked",
    "Faithful sentences that get a blocking finding.",
    Target(at_most=0.02),
    better="low",
)


@dataclass(frozen=True)
class Pair:
    """One sentence with its evidence and its gold label."""

    id: str
    statement: str
    evidence: tuple[dict[str, str], ...]
    planted: str
    """class of the planted error; empty when the sentence is faithful"""


@dataclass(frozen=True)
class Checked:
    """A pair with the codes of the blocking findings it got."""

    pair: Pair
    codes: tuple[str, ...]


Check = Callable[[str, Sequence[Any]], Sequence[Any]]


def pairs(path: Path) -> Iterator[Pair]:
    """Return the pairs of a file; raises BadInput naming the line that is none."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            planted = row["error"] or "" if row["label"] == "planted" else ""
            if row["label"] not in ("planted", "supported") or (row["label"] == "planted") != (planted in CLASSES):
                raise ValueError("label and error do not agree")
            yield Pair(row["id"], row["statement"], tuple(row["evidence"]), planted)
        except (KeyError, ValueError) as error:
            raise BadInput(f"{path.name}, line {number} is not a support pair.", "See its neighbours.") from error


def checked(pair: Pair, check: Check | None = None) -> Checked:
    """Return what the support check (or ``check`` in its place) blocks about the pair."""
    from core.findings import FINDING_KINDS
    from rag import Spoken, check_statement

    spoken = [Spoken(e["speaker"], e["role"], e["text"]) for e in pair.evidence]
    found = (check or check_statement)(pair.statement, spoken)
    return Checked(pair, tuple(m.code for m in found if FINDING_KINDS.get(m.code).severity == "block"))


@define_scorer(CAUGHT, *CAUGHT_CLASS.values(), RIGHT_CODE, BLOCKED)
def support_pairs() -> Score:
    """Score one pair: planted errors by class, faithful sentences apart."""

    def score(sample: Checked) -> dict[str, Tally]:
        pair, blocked = sample.pair, bool(sample.codes)
        example = {"statement": pair.statement, "evidence": list(pair.evidence), "codes": list(sample.codes)}
        if not pair.planted:
            return {BLOCKED.name: Tally(blocked, 1, (example,) if blocked else ())}
        tally = Tally(blocked, 1, () if blocked else (example,))
        found = {CAUGHT.name: tally, CAUGHT_CLASS[pair.planted].name: tally}
        if blocked:
            found[RIGHT_CODE.name] = Tally(bool(set(sample.codes) & EXPECTED[pair.planted]), 1)
        return found

    return score
