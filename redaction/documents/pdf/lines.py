"""Glyphs put together to text: words, wrapped lines and paragraphs by where they stand."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from redaction.documents.pdf.glyphs import Glyph

_GAP = 0.18
"""of the font size: a wider gap between two letters is a space"""
_WRAP = 1.75
"""of the font size: lines closer than this belong to one paragraph when the upper one is full"""


def text_of(glyphs: Sequence[Glyph]) -> tuple[str, array[int]]:
    """Return the text and, for each of its characters, the index of its glyph (-1: none, a gap)."""
    parts: list[str] = []
    places = array("l")
    edge = _right_edge(glyphs)
    last: Glyph | None = None
    for index, glyph in enumerate(glyphs):
        if last is not None:
            between = _between(last, glyph, edge)
            if between == "\n" or (between == " " and _baseline_moves(last, glyph)):
                if _broken_word(parts, glyph):
                    parts.pop()
                    places.pop()
                    between = ""
            if between and parts and not parts[-1].endswith(between):
                parts.append(between)
                places.append(-1)
        for char in glyph.text:
            parts.append(char)
            places.append(index)
        last = glyph
    return "".join(parts), places


def by_position(glyphs: Sequence[Glyph]) -> list[int]:
    """Return the indices of upright glyphs line by line, left to right, whatever the order of drawing."""
    upright = [n for n, g in enumerate(glyphs) if abs(g.page[1]) < 1e-3 * abs(g.page[0] or 1) and g.page[0] > 0]
    upright.sort(key=lambda n: (-glyphs[n].page[5], glyphs[n].page[4]))
    lines: list[list[int]] = []
    top = 0.0
    for n in upright:
        glyph = glyphs[n]
        if not lines or top - glyph.page[5] > 0.4 * abs(glyph.page[3]):
            lines.append([])
            top = glyph.page[5]
        lines[-1].append(n)
    return [n for line in lines for n in sorted(line, key=lambda n: glyphs[n].page[4])]


def _size(glyph: Glyph) -> float:
    return math.hypot(glyph.page[2], glyph.page[3]) or 1.0


def _moved(last: Glyph, glyph: Glyph) -> tuple[float, float]:
    """Return (along, across) from the end of one glyph to the start of the next, in font sizes."""
    a, b = last.page[0], last.page[1]
    length = math.hypot(a, b) or 1.0
    ux, uy = a / length, b / length
    dx = glyph.page[4] - last.page[4] - a * last.advance / 1000
    dy = glyph.page[5] - last.page[5] - b * last.advance / 1000
    size = max(_size(last), _size(glyph))
    return (dx * ux + dy * uy) / size, (dy * ux - dx * uy) / size


def _baseline_moves(last: Glyph, glyph: Glyph) -> bool:
    return abs(_moved(last, glyph)[1]) > 0.5


def _between(last: Glyph, glyph: Glyph, edge: float) -> str:
    along, across = _moved(last, glyph)
    if abs(across) <= 0.5:
        if along < -0.6:
            return "\n"
        return " " if along > _GAP else ""
    full = last.page[4] + last.page[0] * last.advance / 1000 > 0.72 * edge
    return " " if full and -_WRAP < across < 0 and along < 0 else "\n"


def _right_edge(glyphs: Sequence[Glyph]) -> float:
    ends = sorted(g.page[4] for g in glyphs if g.text.strip())
    return ends[int(len(ends) * 0.99)] if ends else 0.0


def _broken_word(parts: list[str], glyph: Glyph) -> bool:
    """Return whether a line ends in a hyphen within a word: "Okon-" and "kwo"."""
    return len(parts) > 1 and parts[-1] in "-\u2010\u00ad" and parts[-2].isalpha() and glyph.text[:1].islower()
