"""Hits → the redacted text: tokens that stay the same for the same value, coarser values, or nothing."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from redaction.fold import word_key
from redaction.generalise import GENERALISE
from redaction.hits import Hit
from redaction.model import Entity, Placed, Vault
from redaction.people import People, Person, PersonTable, name_words, title_before
from redaction.policy import Policy
from redaction.words import AMBIGUOUS, ordinary_words

BY_HAND = "reviewer"
"""recogniser of what a person added on reading"""
_TOKEN = re.compile(r"(?<![A-Z_])_*([A-Z][A-Z_]*)_(\d+)")
_ROLE = re.compile(r"[^\w ,'\u2019/-]+")
_ROLE_WORDS = frozenset(
    "child father sister aunt nephew niece grandson granddaughter stepson stepdaughter twin nan maternal paternal "
    "nurse gp headteacher senco psychologist paramedic advocate applicant approver lodger tenant patient pharmacist "
    "physiotherapist counsellor warden judge constable midwife dietitian optician dentist carer foster friend s".split()
)
"""words of roles that are rare as words or are also names"""


@dataclass(frozen=True)
class Replaced:
    """A text after replacement, before its leak test."""

    text: str
    entities: tuple[Entity, ...]
    vault: Vault
    """of every replacement, whether or not the policy hands it out: the leak test needs it"""
    kept: frozenset[str]
    """folded words of names that the policy keeps"""
    left: Mapping[str, int] = field(default_factory=dict)
    """type → how often the policy kept it"""

    def hidden_people(self, people: People) -> list[Mapping[str, str]]:
        """Return the known people whose names must not be in the text."""
        return [p for p in people if not set(name_words(p.get("name", ""))) & self.kept]


def numbers_in(text: str) -> dict[str, frozenset[int]]:
    """Return numbers of tokens that the input itself holds, so that none is given out twice."""
    found: dict[str, set[int]] = {}
    for kind, number in _TOKEN.findall(text):
        found.setdefault(kind, set()).add(int(number[:9]))
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


class Tokens:
    """Gives the same value the same token; a case carries it from one document to the next."""

    def __init__(self, taken: Mapping[str, Set[int]], numbers: Mapping[str, int] | None = None) -> None:
        """``taken``: numbers not to be given; ``numbers``: highest given before, by type."""
        self._taken = taken
        self._given: dict[tuple[str, str], str] = {}
        self.numbers: dict[str, int] = dict(numbers or {})

    def of(self, kind: str, surface: str) -> str:
        """Return the token of a value."""
        key = (kind, "".join(word_key(surface)) or surface)
        if key not in self._given:
            number = self.numbers.get(kind, 0) + 1
            while number in self._taken.get(kind, frozenset()):
                number += 1
            self.numbers[kind] = number
            self._given[key] = f"<{kind}_{number}>"
        return self._given[key]

    def dump(self) -> list[list[str]]:
        """Return what was given as plain data for :meth:`load`; it holds the values."""
        return [[kind, key, token] for (kind, key), token in self._given.items()]

    def load(self, rows: Iterable[Sequence[str]]) -> None:
        """Take back what was given before."""
        self._given.update({(kind, key): token for kind, key, token in rows})


def person_token(person: Person, names: Set[str] = frozenset()) -> str:
    """Return the token of somebody, with the role the case gives them: ``<PERSON_2 (mother)>``.

    A role that holds a name ("Aled's mother"), a figure or a word that could be a name is left out: what
    stands in a token is not looked at again by the leak test.
    """
    role = " ".join(_ROLE.sub(" ", person.role).split())[:40].strip()
    said = set(word_key(role))
    plain = all(word in _ROLE_WORDS or (word in ordinary_words() and word not in AMBIGUOUS) for word in said)
    told = role and role != "unknown" and plain and not said & names and not any(c.isdigit() for c in role)
    return f"<PERSON_{person.number} ({role})>" if told else f"<PERSON_{person.number}>"


def replaced(
    text: str, hits: Sequence[Hit], table: PersonTable, policy: Policy, tokens: Tokens | None = None
) -> Replaced:
    """Return the text with every hit treated as the policy says; entities refer to the input text.

    ``tokens``: those of the case, when the text belongs to one.
    """
    tokens = tokens or Tokens(numbers_in(text))
    values: dict[str, str] = {}
    parts: list[str] = []
    placed: list[Placed] = []
    entities: list[Entity] = []
    kept: set[str] = set()
    left: Counter[str] = Counter()
    names = frozenset(word for person in table.people for word in person.words)
    at = length = 0
    for hit in hits:
        surface = text[hit.start : hit.end]
        person = table.resolve(surface, title_before(text, hit.start)) if hit.type == "PERSON" else None
        action = policy.action(hit.type, person.role if person else "")
        if hit.recogniser == BY_HAND:  # a person asked for it to go, whatever the policy would keep or only make coarser
            action = "token" if person or policy.reversible else "remove"
        if action == "keep":
            kept.update(name_words(surface) if person else ())
            left[hit.type] += 1
            continue
        if action == "token":
            token = person_token(person, names) if person else tokens.of(hit.type, surface)
            if len(surface) > len(values.get(token, "")):
                values[token] = surface
        else:
            coarser = GENERALISE[action](surface) if action in GENERALISE else None
            token = coarser or f"[{hit.type.replace('_', ' ').lower()} removed]"
        parts += [text[at : hit.start], token]
        length += hit.start - at
        placed.append(Placed(length, token, surface))
        length += len(token)
        at = hit.end
        entities.append(Entity(hit.start, hit.end, hit.type, hit.score, hit.recogniser, hit.pattern, token, action))
    parts.append(text[at:])
    done = "".join(parts)
    digest = hashlib.sha256(done.encode("utf-8", "surrogatepass")).hexdigest()
    return Replaced(done, tuple(entities), Vault(values, tuple(placed), digest), frozenset(kept), dict(left))
