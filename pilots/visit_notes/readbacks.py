"""Figures and days put right in talk: a read-back that is denied, a proposal answered with another time, "X, not Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilots.visit_notes.corrections import Correction, Value
from pilots.visit_notes.utterances import Utterance
from rag.support.text import fold

_REACH = 3
"""turns back in which the wrong value may have been said"""
_FEW = 5
_NO = re.compile(
    r"^(?:oh |well |er |um |ah |,)*(?:no|nope|nah|not|sorry|hang on|wait|actually|i tell a lie|that's (?:not|"
    r"wrong))\b"
)
_ADDS = re.compile(r"^(?:and|then|plus|also|or)\b")
_RATHER = re.compile(
    r"\b(?:actually|rather|instead|make (?:it|that)|better make|can (?:you|we) do|could (?:you|we) do|i mean|i meant|"
    r"should (?:be|have been)|what about|it's really|then it's|it'll be|so it's|correction)\b"
)
_NOT_Y = re.compile(r"\bnot (?:on |at |in |the |a |an |his |her |my |until |till )*$")
_NOT_THING = re.compile(r"(?P<right>[a-z]{3,}),? not (?:the|a|an|my|his|her|our) (?P<wrong>[a-z]{3,})\b")
_DAYS = frozenset(("date:weekday", "date:relative", "date:day"))


def readbacks(items: Sequence[Utterance], held: Sequence[Sequence[Value]]) -> list[Correction]:
    """Return the corrections that show across sentences and turns; ``held`` are the values of each utterance."""
    found: list[Correction] = []
    for u in items:
        found += _not_that_thing(items, u)
        mine = held[u.index]
        if not mine:
            continue
        denied = [v for v in mine if _NOT_Y.search(fold(u.text)[max(0, v.start - 30) : v.start])]
        told = [v for v in mine if v not in denied]
        pair = _denied_here(items, held, u, denied, told) or _put_right(items, held, u, told)
        if pair:
            found.append(pair)
    return found


def _denied_here(
    items: Sequence[Utterance], held: Sequence[Sequence[Value]], u: Utterance, denied: list[Value], told: list[Value]
) -> Correction | None:
    """"Tuesday, not Monday" and "Not Monday. … Tuesday": the denied value was said, or is put right, close by."""
    for wrong in denied:
        right = next((v for v in told if _same_kind(v, wrong) and v.key != wrong.key), None)
        place = u.index
        if right is None:
            for later in items[u.index + 1 : u.index + 4]:
                if later.speaker != u.speaker or later.turn > u.turn:
                    break
                right = next((v for v in held[later.index] if _same_kind(v, wrong) and v.key != wrong.key), None)
                if right:
                    place = later.index
                    break
        if right is None:
            continue
        earlier = _last_said(items, held, u, wrong)
        return Correction(u.index if earlier is None else earlier, place, wrong.words, right.words)
    return None


def _put_right(
    items: Sequence[Utterance], held: Sequence[Sequence[Value]], u: Utterance, told: list[Value]
) -> Correction | None:
    """A value that answers another of its kind, with a "no", a read-back, a repetition or nothing but itself."""
    folded = fold(u.text)
    for before in reversed(items[max(0, u.index - 8) : u.index]):
        far = u.turn - before.turn
        if far > 2 or (far == 2 and before.speaker != u.speaker):
            break
        for value in told:
            alike = sorted((v for v in held[before.index] if _same_kind(v, value)), key=lambda v: v.kind != value.kind)
            old = next((v for v in alike[:1] if v.key != value.key), None)
            if old is None or old.kind != value.kind and not _RATHER.search(folded):
                continue
            if any(v.key == old.key for v in held[u.index] if v.kind == old.kind):
                continue
            if _is_correction(items, held, before, u, old, value, folded):
                return Correction(before.index, u.index, old.words, value.words)
    return None


def _is_correction(
    items: Sequence[Utterance],
    held: Sequence[Sequence[Value]],
    before: Utterance,
    u: Utterance,
    old: Value,
    new: Value,
    folded: str,
) -> bool:
    between = items[before.index + 1 : u.index]
    refused = any(_NO.match(fold(x.text)) for x in between if x.speaker == u.speaker)
    marked = bool(_NO.match(folded) or refused)
    bare = u.words <= _FEW and not u.is_question and not _ADDS.match(folded)
    if before.turn == u.turn:
        return refused and bare or bool(_RATHER.search(folded)) and not u.is_question or (u.is_question and "actually" in folded)
    if u.turn - before.turn == 1:
        if before.is_question:
            read_back = any(
                v.kind == old.kind and v.key == old.key
                for x in items[max(0, before.index - 8) : before.index]
                for v in held[x.index]
            ) or fold(before.text).startswith(("so ", "and that's ", "that's ", "right, ", "did you say", "was that"))
            return not u.is_question and read_back and (marked or bare)
        return bare and (marked or new.kind != "figure") and _settled(items, held, u, new) or marked and bare
    return bare and new.kind != "figure" and (u.words <= 3 or bool(_RATHER.search(folded)))


def _settled(items: Sequence[Utterance], held: Sequence[Sequence[Value]], u: Utterance, new: Value) -> bool:
    """Say whether the new value stands: somebody repeats it, or nobody comes back to it."""
    following = [x for x in items[u.index + 1 : u.index + 6] if x.turn <= u.turn + 1]
    return not any(v.kind == new.kind and v.key != new.key for x in following for v in held[x.index])


def _last_said(items: Sequence[Utterance], held: Sequence[Sequence[Value]], u: Utterance, wrong: Value) -> int | None:
    for before in reversed(items[: u.index]):
        if u.turn - before.turn > _REACH:
            return None
        if any(v.kind == wrong.kind and v.key == wrong.key for v in held[before.index]):
            return before.index
    return None


def _same_kind(one: Value, other: Value) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= _DAYS


def _not_that_thing(items: Sequence[Utterance], u: Utterance) -> list[Correction]:
    """"The church, not the mosque": a thing somebody named a moment before is put right."""
    found = []
    for m in _NOT_THING.finditer(fold(u.text)):
        for before in reversed(items[: u.index]):
            if u.turn - before.turn > _REACH:
                break
            if before.turn != u.turn and re.search(rf"\b{re.escape(m['wrong'])}\b", fold(before.text)):
                wrong, right = (u.text[m.start(g) : m.end(g)] for g in ("wrong", "right"))
                found.append(Correction(before.index, u.index, wrong, right))
                break
    return found
