"""What the interpreter finds on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from redaction.documents.pdf.matrix import Matrix

StreamKey = tuple[str, int, int]
"""("page", number, 0) or ("object", number, generation): where a drawing is written"""


@dataclass(slots=True)
class Glyph:
    """One character drawn."""

    text: str
    stream: StreamKey
    operation: int
    """index of the drawing operation in its stream"""
    item: int
    """index in the operation's array of strings"""
    start: int
    end: int
    """bytes of that string"""
    advance: float
    """how far it moves the pen, in thousandths of the font size, spacing included"""
    page: Matrix
    """a square of one font size at the pen → the page"""
    local: Matrix
    """the same → the space in which its stream begins"""
    visible: bool


@dataclass
class Seen:
    """All that a stretch of drawing shows."""

    glyphs: list[Glyph] = field(default_factory=list)
    images: list[Matrix] = field(default_factory=list)
    """unit square → page, of every picture"""
    paths: int = 0
    """lines and shapes painted"""
    doubts: set[str] = field(default_factory=set)
    """why its text is not certain"""
