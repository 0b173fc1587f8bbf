"""One table of people for a text: who is who, whatever form of the name is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redaction.fold import word_key
from redaction.words import keep_terms, ordinary_words

People = Sequence[Mapping[str, str]]

TITLES = {
    "mr": "m",
    "mister": "m",
    "sir": "m",
    "lord": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "missus": "f",
    "lady": "f",
    "dame": "f",
    "mx": "",
    "dr": "",
    "doctor": "",
    "prof": "",
    "professor": "",
    "cllr": "",
    "councillor": "",
    "rev": "",
    "reverend": "",
    "nurse": "",
    "sister": "",
    "pc": "",
    "dc": "",
    "aunty": "",
    "auntie": "",
    "aunt": "",
    "uncle": "",
    "nan": "",
    "mum": "",
    "dad": "",
    "father": "",
    "messrs": "",
    "jr": "",
    "snr": "",
    "sgt": "",
    "judge": "",
}
_TITLE_BEFORE = re.compile(rf"(?<!\w)({'|'.join(TITLES)})\.?[ \u00a0]+$", re.I)
_PARTICLES = frozenset("van von de da di del della bin bint al el ap ab le la of the and s".split())


@dataclass
class Person:
    """Somebody; ``number`` is the one in the token."""

    number: int
    words: set[str]
    forms: set[tuple[str, ...]] = field(default_factory=set)
    role: str = ""
    seeded: bool = False
    gender: str = ""


def title_before(text: str, start: int) -> str:
    """Return "m" or "f" when a title with a gender stands before a name, else an empty string."""
    found = _TITLE_BEFORE.search(text[max(0, start - 14) : start])
    return TITLES[found.group(1).lower()] if found else ""


def name_words(surface: str) -> tuple[str, ...]:
    """Return the folded words of a name without titles."""
    return tuple(w for w in word_key(surface) if w not in TITLES and w != "s")


class PersonTable:
    """Known people first (so that their numbers never change), then those found, longest form first."""

    def __init__(self, people: People, taken: frozenset[int] = frozenset()) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._taken = taken
        self._next = 1
        for known in people:
            words = name_words(known.get("name", ""))
            if words and words not in keep_terms():
                self._new(words, seeded=True, role=known.get("role", ""))

    def _new(
        self, words: tuple[str, ...], *, seeded: bool = False, role: str = "", gender: str = ""
    ) -> Person:
        while self._next in self._taken:
            self._next += 1
        person = Person(self._next, set(), role=role, seeded=seeded, gender=gender)
        self._next += 1
        self.people.append(person)
        self._learn(person, words)
        return person

    def _learn(self, person: Person, words: tuple[str, ...]) -> None:
        person.forms.add(words)
        for word in set(words) - person.words:
            person.words.add(word)
            self._by_word.setdefault(word, []).append(person)

    def add_all(self, surfaces: Iterable[tuple[str, str]]) -> None:
        """Take (name, gender of its title) pairs that were found in the text."""
        pairs = {(name_words(surface), gender) for surface, gender in surfaces}
        for words, gender in sorted(pairs, key=lambda p: (-len(p[0]), p[0], p[1])):
            if words:
                self.resolve("", gender, words=words)

    def resolve(self, surface: str, gender: str = "", *, words: tuple[str, ...] = ()) -> Person:
        """Return the one person whom a form of a name fits; a form that fits two is a person of its own."""
        words = words or name_words(surface) or word_key(surface) or (surface,)
        fits = [p for p in self._fitting(words) if not (gender and p.gender and p.gender != gender)]
        exact = [p for p in fits if words in p.forms]
        chosen = exact[0] if exact else fits[0] if len(fits) == 1 else None
        if chosen is None and not fits and len(words) > 1:
            shorter = [p for p in self._by_word.get(words[0], []) if p.seeded and p.words < set(words)]
            chosen = shorter[0] if len(shorter) == 1 else None
        if chosen is None:
            return self._new(words, gender=gender)
        chosen.gender = chosen.gender or gender
        self._learn(chosen, words) if all(len(w) > 1 for w in words) else chosen.forms.add(words)
        return chosen

    def _fitting(self, words: tuple[str, ...]) -> list[Person]:
        full = [w for w in words if len(w) > 1]
        initials = [w for w in words if len(w) == 1]
        if not full:
            return [p for p in self.people if words in p.forms]
        found = self._by_word.get(full[0], [])
        return [
            p
            for p in found
            if all(w in p.words for w in full)
            and all(i in p.words or any(w.startswith(i) for w in p.words - set(full)) for i in initials)
        ]

    def phrases(self) -> Iterable[tuple[tuple[str, ...], bool, bool]]:
        """Return (folded words, needs a capital letter, known from the case) of every form to look for."""
        for person in self.people:
            for form in sorted(person.forms):
                if len(form) > 1:
                    yield form, all(w in ordinary_words() for w in form), person.seeded
            for word in sorted(person.words):
                if searchable(word, seeded=person.seeded):
                    yield (word,), word in ordinary_words() or len(word) < 4, person.seeded


def searchable(word: str, *, seeded: bool) -> bool:
    """Return whether one word of a name is looked for by itself."""
    if word in _PARTICLES or word in TITLES or any(c.isdigit() for c in word):
        return False
    if (word,) in keep_terms() and not seeded:
        return False
    return len(word) >= (2 if seeded else 3)
