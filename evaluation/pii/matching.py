"""What a set of masked stretches hides of a marked document, as tallies.

Measures follow Pilán et al. 2022 (TAB): an entity counts as masked only when every one of its mentions is
masked in full; precision counts word tokens of merged system spans that lie in any gold span.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.pii.gold import DIRECT, QUASI, Document, Span
from evaluation.scorer import Tally

_TOKEN = re.compile(r"\w+")
TITLE = re.compile(
    r"(?:(?:mrs?|mister|ms|miss|mx|dr|doctor|prof|professor|cllr|councillor|rev|reverend|sir|lady|dame|lord|pc|ps|dc|ds|di|"
    r"dci|sgt|insp|inspector|major|captain|judge|nurse|sister|auntie|aunty|anti|aunt|uncle|nan|nana|nanny|nain|taid|gran|"
    r"grandma|grandad|granny|father|mum|dad|brother|baby|and|&)\b\.? *)+",
    re.I,
)
"""words before a name that tell no name; marked or not, both are right"""
_SHOWN = 40


@dataclass(frozen=True)
class Masked:
    """A document and the stretches a system hid in it (offsets of its text)."""

    document: Document
    spans: tuple[tuple[int, int], ...]
    failed: str = ""
    """why there is no output (a leak, an error); a refused output shows nothing, and is counted apart"""
    direct: frozenset[str] | None = None
    """ids of direct entities where the gold says so by entity (TAB); else types decide"""


def _covered(document: Document, spans: Iterable[tuple[int, int]]) -> bytearray:
    hidden = bytearray(len(document.text))
    for start, end in spans:
        hidden[start:end] = b"\1" * (end - start)
    return hidden


def _is_hidden(document: Document, hidden: bytearray, span: Span) -> bool:
    surface = document.text[span.start : span.end]
    start, end = span.start, span.end
    if span.type == "PERSON" and (found := TITLE.match(surface)) and found.end() < len(surface):
        start += found.end()  # a title may stay
    if span.type == "PERSON" and re.search(r"['\u2019]s$", surface):
        end -= 2
    return all(hidden[i] for i in range(start, end) if document.text[i].isalnum())


def _is_direct(sample: Masked, span: Span) -> bool:
    return span.entity in sample.direct if sample.direct is not None else span.type in DIRECT


def mentions(sample: Masked) -> list[tuple[Span, bool, bool]]:
    """Return (span, is direct, is hidden) of every gold span."""
    hidden = _covered(sample.document, sample.spans)
    return [(s, _is_direct(sample, s), _is_hidden(sample.document, hidden, s)) for s in sample.document.spans]


def _example(document: Document, span: Span) -> dict[str, Any]:
    left, right = max(0, span.start - _SHOWN), span.end + _SHOWN
    around = document.text[left : span.start] + "[[" + document.text[span.start : span.end] + "]]"
    return {"type": span.type, "kind": document.kind, "text": around + document.text[span.end : right]}


def _share(document: Document, rows: Sequence[tuple[Span, bool]]) -> Tally:
    missed = tuple(_example(document, span) for span, hidden in rows if not hidden)
    return Tally(len(rows) - len(missed), len(rows), missed)


def tallies(sample: Masked) -> dict[str, Tally]:
    """Return every measure of one document; refused outputs count as recall 1 nowhere: they are left out."""
    document = sample.document
    rows = mentions(sample)
    direct = [(s, h) for s, d, h in rows if d]
    quasi = [(s, h) for s, d, h in rows if not d and (sample.direct is not None or s.type in QUASI)]
    found = {
        "direct_recall": _share(document, direct),
        "person_recall": _share(document, [(s, h) for s, h in direct if s.type == "PERSON"]),
        "structured_recall": _share(document, [(s, h) for s, h in direct if s.type != "PERSON"]),
        "quasi_recall": _share(document, quasi),
        "direct_entities": _entities(direct),
        "quasi_entities": _entities(quasi),
        "clean": Tally(bool(direct) and all(h for _, h in direct), 1 if direct else 0),
    }
    found |= _tokens(sample)
    found["keep_kept"] = _kept(sample)
    return found


def _entities(rows: Sequence[tuple[Span, bool]]) -> Tally:
    whole: dict[str, bool] = {}
    for span, hidden in rows:
        whole[span.entity] = whole.get(span.entity, True) and hidden
    return Tally(sum(whole.values()), len(whole))


def _tokens(sample: Masked) -> dict[str, Tally]:
    document = sample.document
    hidden = _covered(document, sample.spans)
    gold = _covered(document, [(s.start, s.end) for s in document.spans])
    right = system = wanted = 0
    wrong: list[dict[str, Any]] = []
    for match in _TOKEN.finditer(document.text):
        at = range(*match.span())
        is_hidden, is_gold = any(hidden[i] for i in at), any(gold[i] for i in at)
        system += is_hidden
        wanted += is_gold
        right += is_hidden and is_gold
        if is_hidden and not is_gold and len(wrong) < 20:
            wrong.append(_example(document, Span(*match.span(), "not gold", "")))
    return {"token_precision": Tally(right, system, tuple(wrong)), "token_recall": Tally(right, wanted)}


def _kept(sample: Masked) -> Tally:
    hidden = _covered(sample.document, sample.spans)
    broken = tuple(
        _example(sample.document, Span(start, end, "must keep", ""))
        for start, end in sample.document.keep
        if any(hidden[start:end])
    )
    return Tally(len(sample.document.keep) - len(broken), len(sample.document.keep), broken)


def f_beta(precision: float, recall: float, beta: float = 2.0) -> float:
    """Return F-beta; 0 when both are 0."""
    weight = beta * beta
    below = weight * precision + recall
    return (1 + weight) * precision * recall / below if below else 0.0


def types_seen(samples: Collection[Masked]) -> list[str]:
    """Return every gold type of the samples, sorted."""
    return sorted({s.type for sample in samples for s in sample.document.spans})
