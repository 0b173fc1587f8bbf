"""Whether words speak of now or of before."""

from __future__ import annotations

import re

_PAST = re.compile(
    r"\b(used to|previously|formerly|before|beforehand|originally|"
    r"was on|had been|having been|at first|in the past|back then|"
    r"earlier|once|years ago|was|were)\b"
)
_NOW = re.compile(
    r"\b(now|nowadays|these days|currently|today|at the moment|at present|any more|still|is|are)\b"
)


def time_marks(folded: str) -> frozenset[str]:
    """Return "<past>" and "<now>" as far as lower-case words say so."""
    return frozenset(m for m, p in (("<past>", _PAST), ("<now>", _NOW)) if p.search(folded))
