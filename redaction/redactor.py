"""From a text to its pseudonymised twin: find, link, replace, and look again."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.evidence import Finding
from core.findings import finding
from core.profile import load_profile
from core.settings import Settings
from redaction.codes import POSSIBLE
from redaction.finder import PhraseFinder
from redaction.fold import word_key
from redaction.hits import Hit
from redaction.host import Host
from redaction.keep import tidy
from redaction.leak import Leak, leaks
from redaction.merge import merge
from redaction.model import Entity, Placed, Redaction, Vault
from redaction.people import People, PersonTable, title_before
from redaction.words import ordinary_words

_TOKEN = re.compile(r"([A-Z][A-Z_]*)_(\d+)")
_SPREAD = {"TOWN", "PLACE_OF_CARE", "ORGANISATION", "ADDRESS", "EMAIL", "URL", "CASE_REFERENCE"}
"""types whose value is looked for in the rest of the text once it was found"""


@dataclass(frozen=True)
class Draft:
    """A redaction before its leak test."""

    text: str
    entities: tuple[Entity, ...]
    vault: Vault
    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...]


class Redactor:
    """Recognisers loaded once; safe for several threads, one text at a time."""

    def __init__(self, settings: Settings, off: frozenset[str] | None = None) -> None:
        self._host = Host(settings, frozenset(settings.recognisers_off) if off is None else off)
        self._lock = threading.Lock()
        profile = load_profile(None, settings)
        names = (profile.name.partition(" (")[0], *(team.name for team in profile.teams))
        self._council = frozenset(word_key(name) for name in names)

    def draft(self, text: str, people: People = ()) -> Draft:
        """Return the pseudonymised text with what the leak test says about it; for the doors only."""
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise BadInput(
                "The text holds half characters (lone surrogates).",
                "Save it as UTF-8 again.",
                code="bad_text",
            ) from None
        with self._lock:
            found, doubtful = self._host.find(text)
        hits = merge(text, tidy(text, found, self._council))
        table = PersonTable(people, _numbers_in(text).get("PERSON", frozenset()))
        table.add_all(
            (text[h.start : h.end], title_before(text, h.start)) for h in hits if h.type == "PERSON"
        )
        hits = merge(text, [*hits, *self._spread(text, hits, table)])
        entities, redacted, vault = _replace(text, hits, table)
        return Draft(redacted, entities, vault, _doubts(text, doubtful, hits), leaks(redacted, vault, people))

    def _spread(self, text: str, hits: Sequence[Hit], table: PersonTable) -> list[Hit]:
        """Return every other place of a name or value that was found somewhere, or is known from the case."""
        finder = PhraseFinder()
        for phrase, capital, seeded in table.phrases():
            finder.add(
                phrase,
                capital=capital,
                label="PERSON|" + ("known from the case" if seeded else "found elsewhere"),
            )
        for hit in hits:
            surface = text[hit.start : hit.end]
            key = word_key(surface)
            if hit.type in _SPREAD and sum(map(len, key)) >= 4:
                capital = surface[:1].isupper()
                if capital or not all(word in ordinary_words() for word in key):
                    finder.add(
                        key, capital=capital and surface.istitle(), label=f"{hit.type}|found elsewhere"
                    )
        made = []
        for place in finder.scan(text):
            kind, _, why = place.label.partition("|")
            made.append(
                Hit(
                    place.start,
                    place.end,
                    kind,
                    0.75,
                    "people_table" if kind == "PERSON" else "same_value",
                    why,
                )
            )
        return made


def _numbers_in(text: str) -> dict[str, frozenset[int]]:
    """Return numbers of tokens that the input itself holds, so that none is given out twice."""
    found: dict[str, set[int]] = {}
    for kind, number in _TOKEN.findall(text):
        found.setdefault(kind, set()).add(int(number[:9]))
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def _replace(text: str, hits: Sequence[Hit], table: PersonTable) -> tuple[tuple[Entity, ...], str, Vault]:
    taken = _numbers_in(text)
    tokens: dict[tuple[str, str], str] = {}
    counters: dict[str, int] = {}
    values: dict[str, str] = {}
    parts: list[str] = []
    placed: list[Placed] = []
    entities: list[Entity] = []
    at = length = 0
    for hit in hits:
        surface = text[hit.start : hit.end]
        if hit.type == "PERSON":
            token = f"<PERSON_{table.resolve(surface, title_before(text, hit.start)).number}>"
        else:
            key = (hit.type, "".join(word_key(surface)) or surface)
            if key not in tokens:
                number = counters.get(hit.type, 0) + 1
                while number in taken.get(hit.type, frozenset()):
                    number += 1
                counters[hit.type] = number
                tokens[key] = f"<{hit.type}_{number}>"
            token = tokens[key]
        if len(surface) > len(values.get(token, "")):
            values[token] = surface
        parts += [text[at : hit.start], token]
        length += hit.start - at
        placed.append(Placed(length, token, surface))
        length += len(token)
        at = hit.end
        entities.append(Entity(hit.start, hit.end, hit.type, hit.score, hit.recogniser, hit.pattern, token))
    parts.append(text[at:])
    redacted = "".join(parts)
    digest = hashlib.sha256(redacted.encode("utf-8", "surrogatepass")).hexdigest()
    return tuple(entities), redacted, Vault(values, tuple(placed), digest)


def _doubts(text: str, doubtful: Sequence[Hit], hits: Sequence[Hit]) -> tuple[Finding, ...]:
    spans = [(h.start, h.end) for h in hits]
    left, seen = [], set()
    for hit in doubtful:
        if (hit.start, hit.end) in seen or any(s < hit.end and hit.start < e for s, e in spans):
            continue
        seen.add((hit.start, hit.end))
        line = text.count("\n", 0, hit.start) + 1
        left.append(
            finding(
                POSSIBLE,
                f"Line {line}, characters {hit.start}–{hit.end}: this could be a "
                f"{hit.type.replace('_', ' ')}.",
            )
        )
    return tuple(left)


def finished(draft: Draft) -> Redaction:
    """Return the redaction; raises LeakFound when the leak test found something."""
    if draft.leaks:
        from redaction.leak import as_error

        raise as_error(draft.leaks)
    return Redaction(draft.text, draft.entities, draft.vault, draft.findings)
