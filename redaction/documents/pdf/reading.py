"""What each page shows, and whether its text can be taken out of the drawing or only covered on a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from redaction.documents.pdf.fonts import UNKNOWN
from redaction.documents.pdf.glyphs import Glyph, Seen
from redaction.documents.pdf.matrix import Matrix, apply

_DROPPED = frozenset("-\u00ad\u2010\u0002\ufffe\ufeff\u200b")
"""signs that readers turn into one another at line ends"""
_COVERS = 0.5
"""of a page: a picture this large may be a scan"""
_FEW = 200
"""letters: a page with a large picture and fewer of them is taken for a scan"""


@dataclass(frozen=True)
class Verdict:
    """How a page can be redacted: "rewrite", "picture" (by its text) or "marked" (a person must mark it)."""

    way: str
    why: str = ""
    other: bool = False
    """only the second reader can tell its text"""


def judge(seen: Seen, other: str, box: tuple[float, float, float, float], unmapped: Callable[[], int] = lambda: 0) -> Verdict:
    """Return how a page can be redacted.

    ``other`` is what an independent reader finds on it, ``unmapped`` counts the letters it cannot tell.
    """
    letters = [g for g in seen.glyphs if g.text.strip()]
    shown = sum(g.visible for g in letters)
    cover = max((_share(matrix, box) for matrix in seen.images), default=0.0)
    if not letters:
        if cover > 0.02 or seen.paths > 40:
            return Verdict("marked", "it holds a picture or drawing and no text")
        return Verdict("rewrite")
    if _unknown(letters) and (unmapped() or _counts(other).total() < len(letters)):
        return Verdict("marked", "it uses a font whose letters cannot be told for certain")
    if shown < len(letters) and cover >= _COVERS:
        return Verdict("picture", "it is a scan with a hidden text")
    if cover >= _COVERS and shown < _FEW:
        return Verdict("marked", "a picture covers most of it")
    if seen.doubts:
        return Verdict("picture", sorted(seen.doubts)[0], other=True)
    if _counts(other) - _counts("".join(g.text for g in letters)):
        return Verdict("picture", "two readers do not agree about its text", other=True)
    return Verdict("rewrite")


def over_picture(glyph: Glyph, images: list[Matrix]) -> bool:
    """Return whether a glyph stands on a picture, which may then show the same word."""
    x, y = apply(glyph.page, glyph.advance / 2000, 0.3)
    return any(_inside(matrix, x, y) for matrix in images)


def _unknown(letters: list[Glyph]) -> int:
    return sum(g.text == UNKNOWN for g in letters)


def _counts(text: str) -> Counter[str]:
    plain = normalize("NFKC", text)
    return Counter(c for c in plain if c > " " and c not in _DROPPED and not c.isspace())


def _share(matrix: Matrix, box: tuple[float, float, float, float]) -> float:
    corners = [apply(matrix, x, y) for x in (0, 1) for y in (0, 1)]
    left, bottom, right, top = box
    width = min(max(x for x, _ in corners), right) - max(min(x for x, _ in corners), left)
    height = min(max(y for _, y in corners), top) - max(min(y for _, y in corners), bottom)
    area = (right - left) * (top - bottom)
    return max(0.0, width) * max(0.0, height) / area if area else 0.0


def _inside(matrix: Matrix, x: float, y: float) -> bool:
    corners = [apply(matrix, u, v) for u in (0, 1) for v in (0, 1)]
    return min(c[0] for c in corners) <= x <= max(c[0] for c in corners) and min(c[1] for c in corners) <= y <= max(
        c[1] for c in corners
    )


def page_box(page: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of what a reader shows of a page."""
    values = [float(v) for v in (page.cropbox if page.cropbox is not None else page.mediabox)]
    return min(values[0], values[2]), min(values[1], values[3]), max(values[0], values[2]), max(values[1], values[3])
