"""Figures that were not said but follow: the year after one that was said, the sum of what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.support.binding import Item
from rag.support.text import fold

_NEXT_YEAR = re.compile(r"\byear (?:after|later)\b|\b(?:following|next) year\b")
_YEAR_BEFORE = re.compile(r"\byear (?:before|earlier)\b|\bprevious year\b")


def worked_out(item: Item, heard: Sequence[Item], live: Sequence[Item], spoken: str) -> bool:
    """Say whether the figure follows from what was said; ``heard`` are the other figures of the statement that were."""
    value, unit = item.key
    if not unit and 1900 <= value <= 2100:
        years = {o.key[0] for o in live}
        return bool(_NEXT_YEAR.search(spoken)) and value - 1 in years or bool(_YEAR_BEFORE.search(spoken)) and value + 1 in years
    same = [o.key[0] for o in heard if o.key[0] > 0 and (o.key[1] == unit or not o.key[1] or not unit)]
    return len(same) >= 2 and sum(same) == value


def other_one(words: str, spoken: str) -> bool:
    """Say whether "the second" is what was called "the other one"."""
    return fold(words) == "second" and bool(re.search(r"\b(?:other|another)\b", spoken))
