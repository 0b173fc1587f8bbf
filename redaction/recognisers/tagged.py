"""What word-piece taggers share: long texts in windows, pieces joined to words and to spans of one type."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser

NEEDS_DIGIT = frozenset("PHONE NINO BANK_ACCOUNT SORT_CODE CASE_REFERENCE PASSPORT DRIVING_LICENCE POSTCODE".split())
_JOINS = (" ", "-", "'", "\u2019", ".", "\u00a0")


class Piece(NamedTuple):
    """One word piece that is probably not ordinary; offsets of the text."""

    start: int
    end: int
    kind: str
    score: float
    faint: bool = False
    """below the threshold: a sign for others, no hit by itself"""


class PieceTagger(UkRecogniser):
    """A recogniser whose network gives each word piece a chance per type."""

    DIGITS_NEEDED = NEEDS_DIGIT

    @abstractmethod
    def pieces(self, text: str) -> Sequence[Piece]:
        """Return the pieces above the threshold, in text order."""

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return spans with the mean chance of their pieces."""
        hits = []
        for span in spans(text, self.pieces(text)):
            start, end = whole_words(text, span[0].start, span[-1].end)
            kind = _kind(span)
            if kind in self.DIGITS_NEEDED and not any(c.isdigit() for c in text[start:end]):
                continue
            score = sum(p.score for p in span) / len(span)
            hits.append(self.hit(start, end, score, "faint" if all(p.faint for p in span) else "tagged", entity=kind))
        return hits


def _kind(span: Sequence[Piece]) -> str:
    """Return the type that has most of the chance in a span."""
    sums: dict[str, float] = {}
    for piece in span:
        sums[piece.kind] = sums.get(piece.kind, 0.0) + piece.score
    return max(sorted(sums), key=lambda kind: sums[kind])


def spans(text: str, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces grouped into spans."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and _continues(text, found[-1][-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _continues(text: str, before: Piece, piece: Piece) -> bool:
    gap = text[before.end : piece.start]
    if before.end >= piece.start:
        return True  # pieces of one word are one span, whatever their labels
    if before.faint != piece.faint:
        return False
    if before.kind != piece.kind:
        return False
    if gap in (".", ". ") and before.kind == "PERSON":
        return before.end - before.start == 1  # an initial; otherwise a sentence ends there
    return gap in _JOINS or (gap == ", " and piece.kind == "ADDRESS")


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds widened to whole runs of letters and digits."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def windowed(count: int, window: int, stride: int) -> Iterator[tuple[int, int, int]]:
    """Return (first piece, end, pieces at its start that the window before judges better)."""
    margin = (window - stride) // 2
    at = 0
    while True:
        yield at, min(count, at + window), margin if at else 0
        if at + window >= count:
            return
        at += stride


def chosen(
    offsets: Sequence[tuple[int, int]],
    chances: Any,
    kinds: Sequence[str],
    thresholds: Mapping[str, float],
    least: float,
    faint: float | None = None,
) -> list[Piece]:
    """Return the pieces whose chance of being anything but ordinary reaches the threshold of their likeliest type.

    With ``faint`` those between it and the threshold come too, marked.
    """
    found = []
    for (start, end), row in zip(offsets, chances, strict=True):
        chance = 1.0 - float(row[0])
        if chance < min(least, faint or least) or end <= start:
            continue
        kind = kinds[int(row[1:].argmax()) + 1]
        if kind and (chance >= thresholds.get(kind, least) or faint is not None):
            found.append(Piece(start, end, kind, chance, chance < thresholds.get(kind, least)))
    return found
