"""Known names by what they may be written as: a word meets only the few names it could be another form of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from redaction.nicknames import SHORTEST_STEM, nicknames
from redaction.people import Person

_LONG = 8
"""a name of so many letters may be off by two of them, a shorter one by one"""
_LEAST_NAME, _LEAST_WORD = 5, 4


class NearNames:
    """Says whose name a word is, by the rules of :func:`redaction.nicknames.same_name`."""

    def __init__(self, names: Iterable[tuple[str, Person]]) -> None:
        self._people: dict[str, tuple[int, Person]] = {}
        self._prefixes: dict[str, list[str]] = {}
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for rank, (name, person) in enumerate(names):
            if name in self._people:
                continue
            self._people[name] = (rank, person)
            self._by_shape.setdefault((name[0], len(name)), []).append(name)
            for length in range(SHORTEST_STEM, len(name) - 1):
                self._prefixes.setdefault(name[:length], []).append(name)

    def whose(self, word: str, *, capital: bool) -> Person | None:
        """Return the person with a name of which ``word`` is another form; names with its first letter go first."""
        ranked = [(name[0] != word[0], self._people[name]) for name in self._alike(word, capital=capital) if name != word]
        return min(ranked, key=lambda row: (row[0], row[1][0]))[1][1] if ranked else None

    def _alike(self, word: str, *, capital: bool) -> Iterator[str]:
        yield from (name for name in nicknames().get(word, ()) if name in self._people)
        if word.endswith("s") and word[:-1] in self._people:
            yield word[:-1]
        if capital:
            yield from self._prefixes.get(word, ())
        for length in range(max(_LEAST_NAME, len(word) - 2), len(word) + 3) if len(word) >= _LEAST_WORD else ():
            allowed = 2 if length >= _LONG else 1
            if abs(length - len(word)) <= allowed:
                for name in self._by_shape.get((word[0], length), ()):
                    if OSA.distance(word, name, score_cutoff=allowed) <= allowed:
                        yield name
