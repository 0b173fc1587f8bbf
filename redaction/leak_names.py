"""Names and values that must not be left, looked for in one walk over the text, however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redaction.finder import Window, ahead
from redaction.fold import MARK, each_word, fold
from redaction.words import MONTHS, keep_terms, ordinary_words

_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor cllr rev sir lady dame lord nurse sister pc "
    "dc mum dad nan aunty auntie "
    "aunt uncle father the and van von de da di del bin bint al el ap ab le la of".split()
)
_GAP = 3
_PART = re.compile(f"[^{MARK}]+")
OF_THE_CASE = "a person of the case"
ELSEWHERE = "a value that was replaced elsewhere"


@dataclass(frozen=True)
class _Sought:
    kind: str
    reason: str
    capital: bool = False
    """in small letters it is an ordinary word"""


class Names:
    """What is looked for: people of the case in any form, and what was replaced elsewhere."""

    def __init__(self) -> None:
        self._single: dict[str, _Sought] = {}
        self._phrases: dict[tuple[str, ...], _Sought] = {}
        self._lengths: dict[str, set[int]] = {}
        self._longest = 1

    def add_person(self, name: str) -> None:
        """Look for the whole name, also written as one word, and for each of its words."""
        parts = _parts(name)
        if not parts or parts in keep_terms():
            return
        if len(parts) > 1:
            self._phrase(parts, _Sought("PERSON", OF_THE_CASE))
            self._single.setdefault("".join(parts), _Sought("PERSON", OF_THE_CASE))
        for word in parts:
            if len(word) >= 2 and not word.isdigit():
                plain = word in ordinary_words() or len(word) < 4
                self._single[word] = _Sought("PERSON", OF_THE_CASE, plain)

    def add_value(self, kind: str, surface: str) -> None:
        """Look for other places of a name of two words and more, or of an e-mail address."""
        parts = _parts(surface)
        if kind == "PERSON" and len(parts) > 1 and min(map(len, parts)) > 1:
            self._phrase(parts, _Sought(kind, ELSEWHERE, all(word in ordinary_words() for word in parts)))
        elif kind == "EMAIL" and len(parts) > 1:
            self._phrase(parts, _Sought(kind, ELSEWHERE))

    def _phrase(self, parts: tuple[str, ...], sought: _Sought) -> None:
        self._phrases.setdefault(parts, sought)
        self._lengths.setdefault(parts[0], set()).add(len(parts))
        self._longest = max(self._longest, len(parts))

    def places(self, text: str, folded: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield (start, end, type, reason) of every place; ``folded`` is the folded ``text``."""
        if not self._single and not self._phrases:
            return
        for found in ahead(each_word(folded), self._longest):
            for word, start, end in _forms(found, folded):
                sought = self._single.get(word)
                if sought and not (sought.capital and not text[start].isupper()):
                    if word not in MONTHS or not _as_month(text, start, end):
                        yield start, end, sought.kind, sought.reason
            for length in self._lengths.get(found[0][0], ()):
                if length <= len(found) and (sought := self._phrases.get(tuple(found[n][0] for n in range(length)))):
                    start, end = found[0][1], found[length - 1][2]
                    near = all(found[n][1] - found[n - 1][2] <= _GAP for n in range(1, length))
                    if near and not (sought.capital and not text[start].isupper()):
                        yield start, end, sought.kind, sought.reason


def _parts(name: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in each_word(fold(name)) if word not in _TITLES)


def _forms(found: Window, folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield the first word of a window and, where invisible characters cut it up, each of its parts."""
    word, start, end = found[0]
    yield word, start, end
    if end - start > len(word):
        for part in _PART.finditer(folded, start, end):
            if part.group() != word:
                yield part.group(), part.start(), part.end()


def _as_month(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip().rpartition(" ")[2].lower()
    after = text[end : end + 3].strip(" ,")
    return (
        after[:1].isdigit()
        or before in ("of", "in", "last", "next", "since", "until", "by", "early", "late", "mid")
        or before[:1].isdigit()
    )
