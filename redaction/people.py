"""One table of people for a text: who is who, whatever form of the name is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redaction.fold import word_key
from redaction.spelled import spelled_word
from redaction.words import keep_terms, ordinary, ordinary_words

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
    """Return the folded words of a name without titles; a spelled name is one word."""
    if spelled := spelled_word(surface):
        return (spelled,)
    return tuple(w for w in word_key(surface) if w not in TITLES and w != "s")


class PersonTable:
    """Known people first (so that their numbers never change), then those found, longest form first."""

    def __init__(self, people: People, taken: frozenset[int] = frozenset()) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._by_form: dict[tuple[str, ...], list[Person]] = {}
        self._seeds: dict[int, Person] = {}
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
        if seeded:
            self._seeds[person.number] = person
        self._learn(person, words)
        return person

    def _learn(self, person: Person, words: tuple[str, ...]) -> None:
        self._know(person, words)
        for word in set(words) - person.words:
            person.words.add(word)
            self._by_word.setdefault(word, []).append(person)

    def _know(self, person: Person, words: tuple[str, ...]) -> None:
        if words not in person.forms:
            person.forms.add(words)
            self._by_form.setdefault(words, []).append(person)

    def dump(self) -> list[dict[str, Any]]:
        """Return the people as plain data for :meth:`load`; it holds their names."""
        return [
            {
                "number": p.number,
                "words": sorted(p.words),
                "forms": sorted(map(list, p.forms)),
                "role": p.role,
                "seeded": p.seeded,
                "gender": p.gender,
            }
            for p in self.people
        ]

    @classmethod
    def load(
        cls, rows: Iterable[Mapping[str, Any]], people: People, taken: frozenset[int] = frozenset(), first: int = 1
    ) -> PersonTable:
        """Return the table of ``rows`` with the known ``people`` in it; new numbers begin at ``first``.

        Somebody who was found before and is now known from the case keeps their number.
        """
        table = cls((), taken)
        table._next = first
        for row in rows:
            person = Person(**{**row, "words": set(row["words"]), "forms": {tuple(f) for f in row["forms"]}})
            table.people.append(person)
            for word in person.words:
                table._by_word.setdefault(word, []).append(person)
            for form in person.forms:
                table._by_form.setdefault(form, []).append(person)
            if person.seeded:
                table._seeds[person.number] = person
        names = [set(name_words(known.get("name", ""))) for known in people]
        met: set[int] = set()
        for known in people:
            words, role = name_words(known.get("name", "")), known.get("role", "")
            if not words or words in keep_terms():
                continue
            same = [p for p in table._by_form.get(words, ()) if p.number not in met]
            if not same:  # part of the name was found before, and it is part of nobody else's
                part = {p.number: p for word in words for p in table._by_word.get(word, ())}
                same = [p for p in part.values() if p.words < set(words) and p.number not in met]
                same = same if len(same) == 1 and sum(same[0].words <= name for name in names) == 1 else []
            same.sort(key=lambda p: (p.role != role, not p.seeded, p.number))
            person = same[0] if same else table._new(words)
            person.role, person.seeded = role or person.role, True
            table._seeds[person.number] = person
            table._learn(person, words)
            met.add(person.number)
        return table

    def knows(self, word: str) -> bool:
        """Return whether a word is part of somebody's name."""
        return word in self._by_word

    def alias(self, person: Person, words: tuple[str, ...], *, whole: str = "") -> None:
        """Remember another form of a person's name: it resolves to that person, and is not looked for by itself."""
        self._know(person, words)
        if whole:
            self._know(person, (whole,))

    def add_all(self, surfaces: Iterable[tuple[str, str]]) -> None:
        """Take (name, gender of its title) pairs that were found in the text."""
        pairs = {(name_words(surface), gender) for surface, gender in surfaces}
        for words, gender in sorted(pairs, key=lambda p: (-len(p[0]), p[0], p[1])):
            if words:
                self.resolve("", gender, words=words)

    def resolve(self, surface: str, gender: str = "", *, words: tuple[str, ...] = ()) -> Person:
        """Return the one person whom a form of a name fits; a form that fits two is a person of its own."""
        words = words or name_words(surface) or word_key(surface) or (surface,)
        exact = [p for p in self._by_form.get(words, ()) if not (gender and p.gender and p.gender != gender)]
        fits = exact or [p for p in self._fitting(words) if not (gender and p.gender and p.gender != gender)]
        chosen = exact[0] if exact else fits[0] if len(fits) == 1 else None
        if chosen is None and not fits and len(words) > 1:
            shorter = [p for p in self._seeded(words[0]) if p.words < set(words)]
            chosen = shorter[0] if len(shorter) == 1 else None
        if chosen is None:
            return self._new(words, gender=gender)
        chosen.gender = chosen.gender or gender
        self._learn(chosen, words) if all(len(w) > 1 for w in words) else self._know(chosen, words)
        return chosen

    def _seeded(self, word: str) -> list[Person]:
        """Return the people known from the case who have this word, looking through the shorter of two lists."""
        held = self._by_word.get(word, [])
        if len(held) > len(self._seeds):
            return [p for p in self._seeds.values() if word in p.words]
        return [p for p in held if p.seeded]

    def _fitting(self, words: tuple[str, ...]) -> list[Person]:
        full = [w for w in words if len(w) > 1]
        initials = [w for w in words if len(w) == 1]
        if not full:
            return list(self._by_form.get(words, ()))
        found = min((self._by_word.get(word, []) for word in full), key=len)  # the rarest: many share a first name
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
                if len(form) > 1 and max(map(len, form)) > 1:
                    yield form, all(w in ordinary_words() for w in form), person.seeded
            for word in sorted(person.words):
                if searchable(word, seeded=person.seeded):
                    yield (word,), ordinary(word) or len(word) < 4, person.seeded


def searchable(word: str, *, seeded: bool) -> bool:
    """Return whether one word of a name is looked for by itself."""
    if word in _PARTICLES or word in TITLES or any(c.isdigit() for c in word):
        return False
    if (word,) in keep_terms() and not seeded:
        return False
    return len(word) >= (2 if seeded else 3)
