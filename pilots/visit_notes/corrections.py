"""Figures, days and times that a speaker took back ("two, no, three"; "Tuesday." "Wednesday, Mum.")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pilots.visit_notes.utterances import Utterance
from rag.support.dates import dates
from rag.support.quantities import quantities
from rag.support.text import fold

_MARK = re.compile(
    r"\b(?:no|sorry|wait|hang on|actually|i mean|i tell a lie|tell a lie|i'm lying|rather|scrap that|my mistake|correction|"
    r"make that|well|it's|it was|more than that|or was it|longer|that's wrong)\b|^[\"“]?(?:not|no)\b"
)
_LOOSE = {"one", "first", "both", "second", "single", "a", "half", "double"}
_FRAGMENT_WORDS = 7
_SAME_TURN_REACH = 3


@dataclass(frozen=True)
class Value:
    """A figure, day or time with its place in an utterance."""

    kind: str
    key: object
    words: str


@dataclass(frozen=True)
class Correction:
    """``later`` took back ``earlier``; both are utterance indices, equal when it is one sentence."""

    earlier: int
    later: int
    wrong: str
    right: str
    marked: bool = True
    """the speaker said so ("no, sorry, …"); otherwise only the order of the figures suggests it"""


def values(text: str) -> list[Value]:
    """Return the figures, days, dates and clock times of a text in order."""
    found = [(d.start, d.end, Value(f"date:{d.kind}", d.key, text[d.start : d.end])) for d in dates(text)]
    taken = [(start, end) for start, end, _ in found]
    for q in quantities(text):
        if fold(text[q.start : q.end]) in _LOOSE:
            continue
        if not any(start < q.end and q.start < end for start, end in taken):
            found.append((q.start, q.end, Value("figure", q.value, text[q.start : q.end])))
    return [value for _, _, value in sorted(found, key=lambda item: item[0])]


def corrections(items: Sequence[Utterance]) -> list[Correction]:
    """Return the corrections found, in order; wording decides, never the size of a figure."""
    found = []
    held = [values(u.text) for u in items]
    for u in items:
        inside = _inside(u, held[u.index])
        if inside:
            found.append(inside)
        for back in range(1, _SAME_TURN_REACH + 1):
            before = items[u.index - back] if u.index >= back else None
            if before is None or before.turn < u.turn - 1:
                break
            pair = _pair(before, held[before.index], u, held[u.index])
            if pair and (back == 1 or before.turn == u.turn or u.words <= _FRAGMENT_WORDS):
                found.append(pair)
                break
    return found


def _inside(u: Utterance, held: list[Value]) -> Correction | None:
    folded = fold(u.text)
    for first, second in zip(held, held[1:], strict=False):
        if first.kind != second.kind or first.key == second.key:
            continue
        start = folded.find(fold(first.words))
        gap = folded[start + len(first.words) : folded.find(fold(second.words), start + len(first.words))]
        if re.search(r"\b(?:no|sorry|wait|i mean|i tell a lie|actually|rather|make that|scrap)\b", gap) and len(gap) < 60:
            return Correction(u.index, u.index, first.words, second.words)
    return None


def _pair(before: Utterance, old: list[Value], u: Utterance, new: list[Value]) -> Correction | None:
    if not old or not new or before.is_question and before.turn != u.turn:
        return None
    folded = fold(u.text)
    marked = bool(_MARK.search(folded[:40]))
    fragment = u.words <= (_FRAGMENT_WORDS if u.index - before.index == 1 and before.turn == u.turn else 4)
    if not (marked or fragment) or u.is_question:
        return None
    for value in new:
        for other in reversed(old):
            if value.kind == other.kind and value.key != other.key:
                echo = any(v.key == other.key and v.kind == other.kind for v in new)
                if before.turn != u.turn and not fragment:
                    continue
                if echo and not marked:
                    continue
                return Correction(before.index, u.index, other.words, value.words, marked)
    return None
