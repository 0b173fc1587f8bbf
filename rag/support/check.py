"""The mechanical support check: what a statement says and its evidence does not. No model judges."""

from __future__ import annotations

from collections.abc import Sequence

from rag.support.alike import check_alike
from rag.support.codes import FLIPPED_NEGATION
from rag.support.counts import check_counts
from rag.support.day_check import check_dates
from rag.support.doers import check_doers
from rag.support.model import Mismatch, Spoken
from rag.support.names import check_names
from rag.support.negation import check_negation
from rag.support.novelty import check_novelty
from rag.support.numbers import check_numbers
from rag.support.over import check_over
from rag.support.quotes import check_quotes
from rag.support.relations import check_relations
from rag.support.risk_check import check_denied_risk, check_risk
from rag.support.shifts import check_shifts

_BEFORE_NAMES = (check_risk, check_negation, check_numbers, check_dates)
_AFTER_NAMES = (check_alike, check_shifts, check_over, check_counts, check_relations, check_doers, check_novelty, check_quotes)


def check_statement(statement: str, evidence: Sequence[Spoken], *, known_people: Sequence[str] = ()) -> list[Mismatch]:
    """Return everything the statement says that the evidence does not, gravest first.

    The evidence is the turns or passages the statement points to, in the order they were said; a
    question stands before its answer. ``known_people`` are the names of the case: they may stand where the
    evidence says "she", but not where it names somebody else. The answer is always the same for the same input.
    """
    turns = tuple(evidence)
    found = [mismatch for check in _BEFORE_NAMES for mismatch in check(statement, turns)]
    found += check_names(statement, turns, known_people)
    found += [mismatch for check in _AFTER_NAMES for mismatch in check(statement, turns)]
    if not any(m.code == FLIPPED_NEGATION for m in found):
        found += check_denied_risk(statement, turns)
    seen: set[tuple[str, str]] = set()
    return [m for m in found if not ((m.code, m.words) in seen or seen.add((m.code, m.words)))]
