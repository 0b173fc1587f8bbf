"""Finds many phrases in one walk over a text, whatever case, accents or hyphens they are written with."""

from __future__ import annotations

import re
from bisect import insort
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from redaction.fold import each_word, fold
from redaction.words import MONTHS

Window: TypeAlias = deque[tuple[str, int, int]]
"""words in text order: (folded word, start, end)"""
_GAP = 3
_NUMBER_AFTER = re.compile(r"[ ,]{0,2}\d")
_NUMBER_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|of|in|last|next|since|until|by|early|late|mid|end of) ?$", re.I
)


KNOWN = "known from the case"
"""end of the label of people whom the case names: they are found also where a capital says nothing"""


@dataclass(frozen=True)
class Found:
    """One place of a phrase."""

    start: int
    end: int
    label: str


class PhraseFinder:
    """Phrases by their words; longest wins. The cost of a word does not grow with the number of phrases."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], list[tuple[bool, str]]] = {}
        self._lengths: dict[str, list[int]] = {}
        """first word → lengths of its phrases, longest first"""
        self._longest = 1

    def add(self, phrase: tuple[str, ...], *, capital: bool, label: str) -> None:
        """Look for folded words; ``capital`` asks that each begins with a capital letter."""
        if not phrase:
            return
        rows = self._rows.setdefault(phrase, [])
        if (capital, label) not in rows:
            insort(rows, (capital, label))
        lengths = self._lengths.setdefault(phrase[0], [])
        if len(phrase) not in lengths:
            insort(lengths, len(phrase), key=lambda n: -n)
            self._longest = max(self._longest, len(phrase))

    def scan(self, text: str) -> Iterator[Found]:
        """Return every place, longest phrase first at each word."""
        if not self._rows:
            return
        skip_to = 0
        for found in ahead(each_word(fold(text)), self._longest):
            word, start, _ = found[0]
            if start < skip_to or word not in self._lengths:
                continue
            if (place := self._first(text, found, self._lengths[word])) is not None:
                skip_to = place.end
                yield place

    def _first(self, text: str, found: Window, lengths: list[int]) -> Found | None:
        """Return the longest phrase that begins with the first word of a window."""
        for length in lengths:
            if length > len(found):
                continue
            phrase = tuple(found[n][0] for n in range(length))
            for capital, label in self._rows.get(phrase, ()):
                if self._matches(text, found, phrase, capital, known=label.endswith(KNOWN)):
                    return Found(found[0][1], found[length - 1][2], label)
        return None

    def _matches(
        self, text: str, found: Window, phrase: tuple[str, ...], capital: bool, *, known: bool
    ) -> bool:
        for offset in range(len(phrase)):
            start = found[offset][1]
            if capital and not text[start].isupper():
                return False
            if offset:
                gap = text[found[offset - 1][2] : start]
                if len(gap) > _GAP or "\n" in gap:
                    return False
        if capital and not known and len(phrase) == 1 and _opens_sentence(text, *found[0][1:]):
            return False
        return not (
            len(phrase) == 1 and phrase[0] in MONTHS and in_date(text, *found[0][1:])
        )


def ahead(found: Iterable[tuple[str, int, int]], longest: int) -> Iterator[Window]:
    """Yield, for every word, the window of that word and those after it, ``longest`` words at most."""
    window: Window = deque()
    for word in found:
        window.append(word)
        if len(window) == longest:
            yield window
            window.popleft()
    while window:
        yield window
        window.popleft()


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a word's capital says nothing: it opens a sentence, and no other name follows it."""
    before = text[max(0, start - 3) : start].rstrip(" \t\"'\u201c\u2018(>*-\u2022")
    if before and before[-1] not in ".!?\n":
        return False
    after = text[end : end + 2]
    return not (after[:1] == " " and after[1:].isupper()) and after[:1] not in (",", ".", ":", "\n", "'", "\u2019", ")", "")


def in_date(text: str, start: int, end: int) -> bool:
    """Return whether a month's name is used as a month there."""
    return bool(_NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(text[max(0, start - 12) : start]))
