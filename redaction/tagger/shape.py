"""The shape of a word's letters, which an uncased vocabulary throws away: the tagger's second input."""

from __future__ import annotations

from collections.abc import Sequence

PLAIN, CAPITAL, UPPER, DIGIT, MIXED = range(5)
SHAPES = 5


def shapes(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Return one shape per word piece: that of the whole run of letters and digits it lies in."""
    found: list[int] = []
    known: tuple[int, int, int] = (-1, -1, PLAIN)
    for start, end in offsets:
        if not (known[0] <= start < known[1]):
            left, right = start, end
            while left > 0 and text[left - 1].isalnum() and text[start : start + 1].isalnum():
                left -= 1
            while right < len(text) and text[right].isalnum() and text[end - 1 : end].isalnum():
                right += 1
            known = (left, right, shape(text[left:right]))
        found.append(known[2])
    return found


def shape(word: str) -> int:
    """Return the shape of one word."""
    if any(c.isdigit() for c in word):
        return DIGIT
    if not word[:1].isalpha() or word.islower():
        return PLAIN
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    return CAPITAL if word[:1].isupper() and word[1:].islower() else MIXED
