"""Figures, days and times that a speaker took back ("two, no, three"; "Tuesday." "Wednesday, Mum.")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


_SLIP = re.compile(r"\b(?:no|sorry|wait|i mean|i tell a lie|actually|rather|make that|scrap|i'm lying|hang on)\b")
_ADDS = re.compile(r"^(?:and|then|plus|also|but|or)\b")
_SUBJECT = re.compile(r"^(?:well,? )?(he|she|they|i|we|you|it)\b")
_SMALL = frozenset("a an the it is was it's that's of in on at to for about now then or so times o clock i'd i'll we'll".split())


@dataclass(frozen=True)
class Value:
    """A figure, day or time with its place in an utterance."""

    kind: str
    key: object
    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Correction:
    """``later`` took back ``earlier``; both are utterance indices, equal when it is one sentence."""

    earlier: int
    later: int
    wrong: str
    right: str
    marked: bool = True
    """the speaker said so ("no, sorry, …"); otherwise only the order of the figures suggests it"""


_PARTS = (
    "cheek|thigh|arm|leg|hand|foot|knee|hip|wrist|ankle|shoulder|elbow|eye|ear|side|breast|temple|heel|thumb|"
    "finger|shin|buttock|lung"
)
_SIDE = re.compile(
    rf"\b(?P<s>left|right)(?:[- ]hand)? (?P<p>{_PARTS})\b|\b(?P<q>{_PARTS}) (?:was|is|were) (?:on )?the (?P<t>left|"
    rf"right)\b"
)


@lru_cache(maxsize=4096)
def values(text: str) -> tuple[Value, ...]:
    """Return the figures, days, dates, clock times and sides of the body of a text in order."""
    found = [
        (d.start, d.end, Value(f"date:{d.kind}", d.key, text[d.start : d.end], d.start, d.end))
        for d in dates(text)
        if d.kind != "part"
    ]
    taken = [(start, end) for start, end, _ in found]
    for q in quantities(text):
        if fold(text[q.start : q.end]) in _LOOSE:
            continue
        if not any(start < q.end and q.start < end for start, end in taken):
            found.append((q.start, q.end, Value("figure", q.value, text[q.start : q.end], q.start, q.end)))
    for m in _SIDE.finditer(fold(text)):
        kind, key = f"side:{m['p'] or m['q']}", m["s"] or m["t"]
        found.append((m.start(), m.end(), Value(kind, key, text[m.start() : m.end()], m.start(), m.end())))
    return tuple(value for _, _, value in sorted(found, key=lambda item: item[0]))


def corrections(items: Sequence[Utterance]) -> list[Correction]:
    """Return the corrections found, in order; wording decides, never the size of a figure."""
    from pilots.visit_notes.readbacks import readbacks

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
    known = {(c.earlier, c.later) for c in found}
    found += [c for c in readbacks(items, held) if (c.earlier, c.later) not in known]
    return sorted(found, key=lambda c: (c.later, c.earlier))


def linked(items: Sequence[Utterance]) -> list[Correction]:
    """Return every pair of neighbours that give different figures of one kind: they must stand together in a note.

    Looser than :func:`corrections`: standing together costs a few words, parting a slip from its correction
    makes a wrong figure look right.
    """
    held = [values(u.text) for u in items]
    found = []
    for u in items:
        for before in items[max(0, u.index - 3) : u.index]:
            near = before.turn == u.turn and u.index - before.index <= 2
            reply = before.turn == u.turn - 1 and u.words <= 6 and not before.is_question
            if not (near or reply) or u.is_question:
                continue
            for value in held[u.index]:
                other = next((v for v in held[before.index] if v.kind == value.kind and v.key != value.key), None)
                if other:
                    found.append(Correction(before.index, u.index, other.words, value.words, False))
                    break
    return found


def _inside(u: Utterance, held: Sequence[Value]) -> Correction | None:
    folded = fold(u.text)
    for i, first in enumerate(held):
        for second in held[i + 1 :]:
            if first.kind != second.kind or first.key == second.key:
                continue
            gap = folded[first.end : second.start]
            if _SLIP.search(gap) and len(gap) < 70:
                return Correction(u.index, u.index, first.words, second.words)
    return None


def _pair(before: Utterance, old: Sequence[Value], u: Utterance, new: Sequence[Value]) -> Correction | None:
    if not old or not new or before.is_question and before.turn != u.turn:
        return None
    folded = fold(u.text)
    same_speaker = before.speaker == u.speaker
    marked = bool(_MARK.search(folded[:40]))
    fragment = u.words <= (_FRAGMENT_WORDS if u.index - before.index == 1 and before.turn == u.turn else 4)
    if not (marked or fragment) or u.is_question or _ADDS.match(folded):
        return None
    if not marked and not _bare(before.text, u, new):
        return None
    for value in new:
        for other in reversed(old):
            if value.kind == other.kind and value.key != other.key:
                echo = any(v.key == other.key and v.kind == other.kind for v in new)
                if before.turn != u.turn and not (fragment or (marked and same_speaker)):
                    continue
                if echo and not marked:
                    continue
                return Correction(before.index, u.index, other.words, value.words, marked)
    return None


def _bare(earlier: str, u: Utterance, new: Sequence[Value]) -> bool:
    """Whether an unmarked fragment is little more than its figure, or says it of the same thing."""
    folded = fold(u.text)
    subjects = [m.group(1) if m else "" for m in (_SUBJECT.match(fold(earlier)), _SUBJECT.match(folded))]
    if all(subjects) and subjects[0] != subjects[1]:
        return False
    for value in new:
        folded = folded.replace(fold(value.words), " ")
    rest = {w for w in re.findall(r"[a-z']+", folded) if w not in _SMALL}
    if rest & set(re.findall(r"[a-z']{4,}", fold(earlier))):
        return True
    return len(rest) <= 1 and not (all(subjects) and rest - {subjects[1]})
