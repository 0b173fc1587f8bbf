"""What a case remembers from one document to the next, as one redaction uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from redaction.hits import Hit
from redaction.model import Placed, Vault
from redaction.people import People, PersonTable, name_words
from redaction.policy import Policy
from redaction.replacing import Replaced, Tokens, numbers_in
from redaction.restoring import bare, tokens_in

TYPED = "TOKEN"
"""type of something in the input that reads as one of the case's own tokens"""
_SOUGHT = {"TOWN", "PLACE_OF_CARE", "ORGANISATION", "ADDRESS", "EMAIL", "URL", "CASE_REFERENCE", "POSTCODE"}
_LONG_NUMBER = 8


class Memory:
    """People, tokens and values of a case; made anew for each attempt at a document.

    ``reversible``: without a way back nothing is taken from the case but its numbers, so that no number
    of such a copy ever stands for the same or another person elsewhere.
    """

    def __init__(
        self,
        text: str,
        people: People = (),
        vault: Mapping[str, Any] | None = None,
        numbers: Mapping[str, int] | None = None,
        *,
        reversible: bool = True,
        known: Sequence[tuple[str, str]] = (),
    ) -> None:
        """``known``: more (type, value) pairs of the case, such as its reference."""
        self._vault: Mapping[str, Any] = vault or {}
        self._numbers = dict(numbers or {})
        self._values: dict[str, str] = dict(self._vault.get("values", {})) if reversible else {}
        rows, tokens = self._vault.get("people", ()), self._vault.get("tokens", ())
        self._given = {f"PERSON_{row['number']}" for row in rows} | {bare(token) for _, _, token in tokens}
        if not reversible:
            rows = tokens = ()
        taken = {kind: frozenset(numbers) for kind, numbers in self._vault.get("taken", {}).items()}
        for kind, here in numbers_in(text).items():
            ours = {number for number in here if f"{kind}_{number}" in self._given}
            taken[kind] = taken.get(kind, frozenset()) | (here - ours)
        self._taken = taken
        first = self._numbers.get("PERSON", 0) + 1
        self.table = PersonTable.load(rows, people, taken.get("PERSON", frozenset()), first)
        self.tokens = Tokens(taken, self._numbers)
        self.tokens.load(tokens)
        self._before = {person.number for person in self.table.people}
        self._known = tuple(known)

    def typed(self, text: str) -> Iterator[Hit]:
        """Return a hit for everything in the input that reads as a token the case has given already.

        It is replaced like a value: left as it is, restoring would turn it into somebody's name.
        """
        for start, end, name in tokens_in(text):
            if name in self._given:
                yield Hit(start, end, TYPED, 1.0, "token_in_text", "reads as a token of this case")

    def values(self) -> Iterator[tuple[str, str]]:
        """Return (type, value) of what the case knows and is looked for in this text; people apart."""
        yield from self._known
        for name, value in self._values.items():
            kind = name.rpartition("_")[0]
            if kind in _SOUGHT or (kind not in ("PERSON", "DATE", "DOB", TYPED) and _digits(value) >= _LONG_NUMBER):
                yield kind, value

    def meet(self, surfaces: Iterable[tuple[str, str]]) -> None:
        """Let somebody of whom only part of the name was known learn the rest, as within one document."""
        full = sorted({(name_words(surface), gender) for surface, gender in surfaces}, key=lambda p: (-len(p[0]), p))
        before = [p for p in self.table.people if p.number in self._before]
        holders: dict[str, list[tuple[str, ...]]] = {}
        for other, _ in full if before else ():
            for word in other if len(other) > 1 else ():
                holders.setdefault(word, []).append(other)
        for words, gender in full if before else ():
            known = [p for p in before if p.words & set(words)]
            if len(words) < 2 or len(known) != 1 or not known[0].words < set(words):
                continue
            nested = all(set(other) <= set(words) for word in words for other in holders[word])
            if nested and not (gender and known[0].gender and gender != known[0].gender):
                self.table._learn(known[0], words)

    def watched(self, made: Replaced, rules: Policy) -> Vault:
        """Return the vault the leak test works with: this text's, and what is known from the case's others."""
        others = [
            Placed(0, f"<{name}>", value)
            for name, value in self._values.items()
            if rules.action(kind := name.rpartition("_")[0]) != "keep"
            and kind != TYPED
            and not (kind == "PERSON" and set(name_words(value)) & made.kept)
        ]
        return replace(made.vault, placed=(*made.vault.placed, *others))

    def after(self, made: Vault) -> tuple[dict[str, Any], dict[str, int]]:
        """Return (the vault, the numbers) to keep after a document with a way back; plain data."""
        values = dict(self._values)
        for token, surface in made.values.items():
            name = bare(token)
            if len(surface) > len(values.get(name, "")):
                values[name] = surface
        vault = {
            "people": self.table.dump(),
            "tokens": self.tokens.dump(),
            "values": values,
            "taken": {kind: sorted(given) for kind, given in self._taken.items() if given},
        }
        return vault, self.numbers()

    def numbers(self) -> dict[str, int]:
        """Return the highest number given by now, by type."""
        last = max((person.number for person in self.table.people), default=0)
        people = {"PERSON": max(last, self._numbers.get("PERSON", 0))}
        return {kind: number for kind, number in (self._numbers | self.tokens.numbers | people).items() if number}


def of_values(placed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return bare token → its fullest surface."""
    values: dict[str, str] = {}
    for token, surface in placed:
        if token.startswith("<") and len(surface) > len(values.get(bare(token), "")):
            values[bare(token)] = surface
    return values


def _digits(value: str) -> int:
    return sum(c.isdigit() for c in value)
