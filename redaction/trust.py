"""Our own tagger's hits: believed when sure, trimmed to the name; its faint doubt supports weaker taggers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from redaction.hits import Hit

OWN = "own_tagger"
SURE = 0.5
"""mean chance from which our own tagger is believed whatever the word lists say; chosen on the development documents"""
FAINT = "faint"
"""pattern of its hits that are too weak to hide anything by themselves"""
_POSSESSIVE = re.compile(r"['\u2019]s$", re.I)


def trimmed(text: str, hit: Hit) -> Hit:
    """Return a name without its possessive; other hits as they are."""
    found = _POSSESSIVE.search(text[hit.start : hit.end]) if hit.type == "PERSON" else None
    return hit.at(hit.start, hit.start + found.start()) if found and found.start() else hit


class Support:
    """Where our own tagger sees anything at all, however faintly."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        spans = sorted((h.start, h.end) for h in hits if h.recogniser == OWN)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self.present = bool(spans)

    def touches(self, start: int, end: int) -> bool:
        """Return whether a stretch overlaps one of them."""
        at = bisect_right(self._starts, end - 1) - 1
        while at >= 0 and at >= bisect_right(self._starts, start) - 2:
            if self._starts[at] < end and start < self._ends[at]:
                return True
            at -= 1
        return False
