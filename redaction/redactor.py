"""From a text to its pseudonymised twin: find, link, replace, and look again."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import BadInput
from core.evidence import Finding
from core.findings import finding
from core.profile import load_profile
from core.settings import Settings
from redaction.codes import POSSIBLE
from redaction.finder import KNOWN, PhraseFinder
from redaction.fold import word_key
from redaction.hits import Hit
from redaction.host import Host
from redaction.keep import KeptPlaces, tidy
from redaction.leak import Leak, leaks, read_again
from redaction.memory import Memory
from redaction.merge import merge
from redaction.model import Entity, Redaction, Vault
from redaction.name_forms import other_forms
from redaction.people import People, PersonTable, title_before
from redaction.policy import Policy, policy
from redaction.replacing import replaced
from redaction.report import left_over
from redaction.words import ordinary_words

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
    policy: str = "model_safe"
    reversible: bool = True
    left: Mapping[str, int] = field(default_factory=dict)
    """type → how often the policy kept it in the text"""


class Redactor:
    """Recognisers loaded once; safe for several threads, one text at a time."""

    def __init__(self, settings: Settings, off: frozenset[str] | None = None) -> None:
        self._host = Host(settings, frozenset(settings.recognisers_off) if off is None else off)
        self._lock = threading.Lock()
        profile = load_profile(None, settings)
        names = (profile.name.partition(" (")[0], *(team.name for team in profile.teams))
        self._council = frozenset(word_key(name) for name in names)

    def draft(
        self, text: str, people: People = (), chosen: Policy | None = None, memory: Memory | None = None
    ) -> Draft:
        """Return the redacted text with what the leak test says about it; for the doors only.

        ``memory``: what the case of the text remembers; it learns from the text.
        """
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
        memory = memory or Memory(text, people)
        hits = merge(text, [*tidy(text, found, self._council), *memory.typed(text)])
        table = memory.table
        named = [(text[h.start : h.end], title_before(text, h.start)) for h in hits if h.type == "PERSON"]
        memory.meet(named)
        table.add_all(named)
        hits = merge(text, [*hits, *self._spread(text, hits, table, memory.values()), *other_forms(text, table)])
        rules = chosen or policy()
        made = replaced(text, hits, table, rules, memory.tokens)
        left = leaks(made.text, memory.watched(made, rules), made.hidden_people(people))
        if not left and rules.reversible:  # coarser values of other policies look like identifiers and are none
            left = read_again(made.text, self._host.again(made.text))
        findings = (*_doubts(text, doubtful, hits), *left_over(made.entities, made.left))
        return Draft(made.text, made.entities, made.vault, findings, left, rules.name, rules.reversible, made.left)

    def _spread(
        self, text: str, hits: Sequence[Hit], table: PersonTable, known: Iterable[tuple[str, str]] = ()
    ) -> list[Hit]:
        """Return every other place of a name or value that was found somewhere, or is known from the case."""
        finder = PhraseFinder()
        for phrase, capital, seeded in table.phrases():
            finder.add(
                phrase,
                capital=capital,
                label="PERSON|" + (KNOWN if seeded else "found elsewhere"),
            )
        here = ((h.type, text[h.start : h.end]) for h in hits if h.type in _SPREAD)
        for kind, surface in (*here, *known):
            key = word_key(surface)
            if sum(map(len, key)) >= 4:
                capital = surface[:1].isupper()
                if capital or not all(word in ordinary_words() for word in key):
                    finder.add(key, capital=capital and surface.istitle(), label=f"{kind}|found elsewhere")
        made = []
        kept = KeptPlaces(text)
        for place in finder.scan(text):
            kind, _, why = place.label.partition("|")
            if why == "found elsewhere" and kind != "CASE_REFERENCE" and kept.hold(place.start, place.end):
                continue
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


def _doubts(text: str, doubtful: Sequence[Hit], hits: Sequence[Hit]) -> tuple[Finding, ...]:
    """Return a finding for each doubtful hit (in text order) that no hit (apart from each other) touches."""
    ends = [hit.end for hit in hits]
    left, seen = [], set()
    line, counted = 1, 0
    for hit in doubtful:
        at = bisect_right(ends, hit.start)
        if (hit.start, hit.end) in seen or (at < len(hits) and hits[at].start < hit.end):
            continue
        seen.add((hit.start, hit.end))
        line += text.count("\n", counted, hit.start)
        counted = hit.start
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
    return Redaction(
        draft.text,
        draft.entities,
        draft.vault if draft.reversible else Vault(),
        draft.findings,
        draft.policy,
        dict(draft.left),
    )
