"""Which risk families a text speaks of; the words are data (``risk_terms.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rag.support.text import fold


@dataclass(frozen=True)
class RiskFamily:
    """One kind of risk and the ways people say it."""

    name: str
    label: str
    weight: int
    """3 = always shown first; 1 = context only"""
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class RiskHit:
    """A risk word found; offsets are code points of the text given."""

    family: str
    label: str
    weight: int
    start: int
    end: int
    words: str


@lru_cache(maxsize=1)
def families() -> tuple[RiskFamily, ...]:
    """Return the risk families in file order."""
    import yaml

    data = yaml.safe_load(files("rag.support").joinpath("risk_terms.yaml").read_text("utf-8"))
    return tuple(
        RiskFamily(
            name,
            entry["label"],
            entry["weight"],
            re.compile("|".join(rf"\b(?:{pattern})" for pattern in entry["patterns"])),
        )
        for name, entry in data["families"].items()
    )


def risks_in(text: str) -> list[RiskHit]:
    """Return every risk word of ``text`` in order; one hit a family and place."""
    folded = fold(text)
    hits = [
        RiskHit(f.name, f.label, f.weight, m.start(), m.end(), text[m.start() : m.end()])
        for f in families()
        for m in f.pattern.finditer(folded)
    ]
    return sorted(hits, key=lambda hit: (hit.start, hit.family))
