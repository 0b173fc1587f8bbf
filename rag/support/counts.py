"""What is counted: "two bedrooms and one cooker" has no two cookers; "six of those" is not all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.support.clauses import concept, stop_words
from rag.support.codes import UNSUPPORTED_NUMBER
from rag.support.dates import dates
from rag.support.model import Mismatch, Spoken
from rag.support.quantities import quantities
from rag.support.quotes import verbatim_places
from rag.support.text import fold
from rag.support.words import tokens

_ALL = re.compile(r"\b(?:all (?:of|but)|all (?:three|four|five|six|seven|eight|nine|ten|\d+)\b|both of|every one of|none of)\b")
_PART = re.compile(r"\b(?:\w+ (?:of|out of) (?:those|them|these|the)|most(?: of)?|some of|half of|a few of|all but|all except)\b")
_WHOLE = re.compile(
    r"\b(?:all(?! but| except| right)|every|everyone|everything|each|both|none|nobody|neither|whole|the lot|no|not one(?: of)?)\b"
)


@lru_cache(maxsize=4096)
def _counted(text: str) -> tuple[tuple[float, str, int, int], ...]:
    """Return (value, thing, start, end) of every plain count; the thing is the noun that follows."""
    words = [t for t in tokens(text) if t.is_word or t.word in ".,;:!?()"]
    found = []
    for q in quantities(text):
        if q.unit or q.ordinal or not 1 <= q.value <= 100:
            continue
        following = [t for t in words if t.start >= q.end][:2]
        thing = next((t for t in following if t.word not in ("of", "different", "other", "more")), None)
        if thing is not None and thing.is_word and thing.word not in stop_words() and thing.word.isalpha():
            found.append((q.value, concept(thing.word), q.start, q.end))
    return tuple(found)


def _stands_alone(text: str, end: int) -> bool:
    return bool(re.match(r"\s*(?:[.,;:!?…—-]|$)", text[end:]))


def check_counts(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every thing counted otherwise, every rank that is only a count, and every false "all"."""
    quoted = verbatim_places(statement, evidence)
    told = [c for turn in evidence for c in _counted(turn.text)]
    # "How many cans?" – "Four.": a figure that stands alone may count anything
    bare = {q.value for t in evidence for q in quantities(t.text) if _stands_alone(t.text, q.end)} - {v for v, _, _, _ in told}
    found = []
    for value, thing, start, end in _counted(statement):
        values = {v for v, t, _, _ in told if t == thing}
        if values and value not in values and not any(a <= start < b for a, b in quoted):
            if value in bare or (value not in {v for v, _, _, _ in told} and sum(values) == value):
                continue
            words = statement[start:end]
            found.append(Mismatch(UNSUPPORTED_NUMBER, words, f"“{words}” was said of something else."))
    return found + _ranks(statement, evidence, quoted) + _all_of(statement, evidence)


def _ranks(statement: str, evidence: Sequence[Spoken], quoted: list[tuple[int, int]]) -> list[Mismatch]:
    days = [(d.start, d.end) for d in dates(statement)]
    ranks = {q.value for t in evidence for q in quantities(t.text) if q.ordinal}
    return [
        Mismatch(UNSUPPORTED_NUMBER, statement[q.start : q.end], f"“{statement[q.start : q.end]}” is not the rank said.")
        for q in quantities(statement)
        if q.ordinal
        and q.value > 1
        and ranks - {1.0}
        and q.value not in ranks
        and not any(a <= q.start < b for a, b in [*days, *quoted])
    ]


def _all_of(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    said = " ".join(fold(t.text) for t in evidence)
    m = _ALL.search(fold(statement))
    if m is None or m.group() == "all but" or not _PART.search(said) or _WHOLE.search(said):
        return []
    words = statement[m.start() : m.end()]
    return [Mismatch(UNSUPPORTED_NUMBER, words, f"The evidence says this of some, not of “{words}”.")]
