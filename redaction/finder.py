"""Finds many phrases in one walk over a text, whatever case, accents or hyphens they are written with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redaction.fold import fold, words
from redaction.words import MONTHS

_GAP = 3
_NUMBER_AFTER = re.compile(r"[ ,]{0,2}\d")
_NUMBER_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|of|in|last|next|since|until|by|early|late|mid|end of) ?$", re.I
)


@dataclass(frozen=True)
class Found:
    """One place of a phrase."""

    start: int
    end: int
    label: str


class PhraseFinder:
    """Phrases by their first word; longest wins."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}

    def add(self, phrase: tuple[str, ...], *, capital: bool, label: str) -> None:
        """Look for folded words; ``capital`` asks that each begins with a capital letter."""
        if phrase:
            rows = self._by_first.setdefault(phrase[0], [])
            if (phrase, capital, label) not in rows:
                rows.append((phrase, capital, label))

    def scan(self, text: str) -> Iterator[Found]:
        """Return every place, longest phrase first at each word."""
        if not self._by_first:
            return
        for rows in self._by_first.values():
            rows.sort(key=lambda row: (-len(row[0]), row))
        found = words(fold(text))
        skip_to = 0
        for index, (word, start, _) in enumerate(found):
            if start < skip_to or word not in self._by_first:
                continue
            for phrase, capital, label in self._by_first[word]:
                if self._matches(text, found, index, phrase, capital):
                    end = found[index + len(phrase) - 1][2]
                    skip_to = end
                    yield Found(start, end, label)
                    break

    def _matches(
        self, text: str, found: list[tuple[str, int, int]], index: int, phrase: tuple[str, ...], capital: bool
    ) -> bool:
        if index + len(phrase) > len(found):
            return False
        for offset, expected in enumerate(phrase):
            word, start, end = found[index + offset]
            if word != expected:
                return False
            if capital and not text[start].isupper():
                return False
            if offset:
                gap = text[found[index + offset - 1][2] : start]
                if len(gap) > _GAP or "\n" in gap:
                    return False
        return not (
            len(phrase) == 1 and phrase[0] in MONTHS and in_date(text, found[index][1], found[index][2])
        )


def in_date(text: str, start: int, end: int) -> bool:
    """Return whether a month's name is used as a month there."""
    return bool(_NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(text[max(0, start - 12) : start]))
