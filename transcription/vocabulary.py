"""Local spellings (names of the case, agencies, jargon) that bias recognition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MAX_TERMS = 40
MAX_CHARACTERS = 500
"""a prompt holds 224 tokens; more than this would push the text before it out"""

JARGON = (
    "safeguarding",
    "Care Act",
    "care package",
    "carer's assessment",
    "direct payment",
    "occupational therapist",
    "reablement",
    "EHC plan",
    "CAMHS",
    "MASH",
    "Section 47",
)
"""what practitioners say that a general model tends to misspell"""


def terms(*lists: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of all lists in order, each once, up to the limits of a prompt."""
    chosen: list[str] = []
    size = 0
    for term in (" ".join(raw.split()) for items in lists for raw in items):
        known = {other.casefold() for other in chosen}
        if not term or term.casefold() in known:
            continue
        if len(chosen) >= MAX_TERMS or size + len(term) + 2 > MAX_CHARACTERS:
            break
        chosen.append(term)
        size += len(term) + 2
    return tuple(chosen)


def prompt(vocabulary: Sequence[str]) -> str | None:
    """Return the terms as one line for an engine, None when there are none."""
    chosen = terms(vocabulary)
    return ", ".join(chosen) + "." if chosen else None
