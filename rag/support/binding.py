"""Figures, days and names belong to something: is this one said of what the statement says it of?

"I was on forty when I was working, it's ten a day now" contains forty, but does not support
"forty a day now". Each value is compared by the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rag.support.clauses import Clause, clauses, concept, concepts
from rag.support.model import Spoken
from rag.support.text import fold
from rag.support.words import lexicon

_PAST = re.compile(
    r"\b(used to|previously|formerly|before|beforehand|originally|"
    r"was on|had been|having been|at first|in the past|back then|"
    r"earlier|once)\b"
)
_NOW = re.compile(r"\b(now|nowadays|these days|currently|today|at the moment|at present|any more)\b")
_DIRECTION = re.compile(
    r"\b(from|to|into|until|till|before|after|between|since|under|"
    r"over)\s+(?:the |her |his |my )?(?:[a-z]+ )?$"
)
_INSTEAD = re.compile(r"\b(?:instead of|not|than|isn't|wasn't|no longer|apart from|except)\s+(?:[a-z']+ ){0,4}$")


@dataclass(frozen=True)
class Item:
    """A value read in a text: ``key`` is what is compared; items of one ``kind`` can be mixed up."""

    kind: str
    key: Any
    start: int
    end: int
    turn: int = -1
    about: frozenset[str] = frozenset()
    taken_back: bool = False
    direction: str = ""


def _cue_pattern() -> str:
    return "|".join(
        re.escape(c) for c in sorted(lexicon()["corrections"], key=len, reverse=True) if c not in ("not", "no", "nah")
    )


_GAP: re.Pattern[str] | None = None


def _corrects(gap: str) -> bool:
    """Say whether the words between two values take the first one back."""
    global _GAP
    if _GAP is None:
        no = (
            r"(?:no|nah|nope)(?=\s*[,.;…!-]|\s*$|\s+(?:wait|sorry|it|that|"
            r"i|hang|make|more|the|on|about|actually|,)\b)"
        )
        _GAP = re.compile(
            rf"^[^?]{{0,45}}?[,.;…—!-]+\s*(?:(?:oh|er|um|erm|well|or|and|"
            rf"but|yeah)[\s,]+)*(?:{no}|(?:{_cue_pattern()})\b)[^?]{{0,60}}$"
        )
    return len(gap) <= 90 and bool(_GAP.match(gap))


_CONTRAST = re.compile(r"\b(?:normally|usually|was|were|other|last|supposed|meant|should|would|when|if|but|not)\b")
_SOFT_AFTER = re.compile(r"^[\s,.;…—-]*(?:it(?:'s| is| was)(?: now)?|sorry|i mean|no,|actually|rather|now|it was)\b")
_JOINED = re.compile(r"^[\s,]*(?:(?:and|or|to|&|-|–)\s*(?:the |on |in |at |about )?)?$")


def place(items: Sequence[Item], text: str, turn: int = -1, asked: frozenset[str] = frozenset()) -> list[Item]:
    """Return the items with the words they are about, and whether they were taken back or denied at once."""
    folded, placed = fold(text), []
    parts = clauses(text, fine=True)
    ordered = sorted(items, key=lambda i: i.start)
    told = bool(asked) and any(
        asked & concepts(t for t in c.tokens if not any(i.start <= t.start < i.end for i in ordered))
        for c in parts
        if any(c.start <= i.start < c.end for i in ordered)
    )
    for at, item in enumerate(ordered):
        later = next((i for i in ordered[at + 1 :] if i.kind == item.kind and i.start >= item.end), None)
        crossed = later is not None and any(
            item.end <= o.start < later.start and o.end <= later.start and o.kind != item.kind for o in ordered
        )
        taken = (
            later is not None
            and later.key != item.key
            and not crossed
            and (_corrects(folded[item.end : later.start]) or _replaced(folded, item, later))
        )
        before = folded[max(0, item.start - 24) : item.start]
        if re.search(r"\bnot (?:on |in |at |the |a |for )*$", before):
            taken = True
        own = next((c for c in parts if c.start <= item.start < c.end), None)
        about: frozenset[str] = frozenset()
        if own is not None:
            words = [t for t in own.tokens if not any(i.start <= t.start < i.end and i.kind == item.kind for i in ordered)]
            stretch = folded[own.start : own.end]
            about = concepts(words) | (asked if own.sentence == 0 and not told else frozenset())
            if not about - _calendar():
                about |= _clause_before(parts, own, ordered, item)  # "once a fortnight, on a Thursday"
            about |= {"<past>"} if _PAST.search(stretch) or own.opener in ("before",) else frozenset()
            about |= {"<now>"} if _NOW.search(stretch) else frozenset()
        direction = _DIRECTION.search(before)
        previous = next((p for p in reversed(placed) if p.kind == item.kind and p.end <= item.start), None)
        if previous is not None and (
            _JOINED.match(folded[previous.end : item.start])
            or (item.kind != "name" and own is not None and _bare(about, folded[own.start : own.end]))
        ):
            about |= previous.about - {"<past>", "<now>"}  # "Ten pound a week. Fifteen, it is now."
            if _JOINED.match(folded[previous.end : item.start]):
                placed = [replace(p, about=p.about | about) if p is previous else p for p in placed]
        placed.append(
            Item(
                item.kind,
                item.key,
                item.start,
                item.end,
                turn,
                about,
                taken,
                "not" if _INSTEAD.search(before) else _moved(folded, item, later, direction.group(1)) if direction else "",
            )
        )
    return placed


def _clause_before(parts: Sequence[Clause], own: Clause, items: Sequence[Item], item: Item) -> frozenset[str]:
    """Return what the clause before a bare value is about, unless that clause has a value of its own."""
    at = parts.index(own)
    if not at or parts[at - 1].sentence != own.sentence or parts[at - 1].mark != ",":
        return frozenset()
    last = parts[at - 1]
    if any(last.start <= i.start < last.end and i.kind == item.kind for i in items):
        return frozenset()
    return concepts(last.tokens)


@lru_cache(maxsize=1)
def _calendar() -> frozenset[str]:
    """Return the ideas of days and months, which say when and not what."""
    words = (
        "monday tuesday wednesday thursday friday saturday sunday january february "
        "march april may june july august september october november december"
    )
    return frozenset(concept(w) for w in words.split())


_MOVED = re.compile(
    r"\b(?:put (?:back|off|up|down)|mov(?:ed|ing)|chang(?:ed|ing)|brought forward|switch(?:ed|ing)|rescheduled|"
    r"postponed|shifted|swapped|pushed back|altered|(?:gone|went|go|come|came) (?:up|down)|increased|reduced|dropped|"
    r"rose|risen|cut|upped|raised|lowered)\b"
)


def _moved(folded: str, item: Item, later: Item | None, direction: str) -> str:
    """Return "left" for the old value of a move ("put back from the ninth to the sixteenth")."""
    if direction != "from" or later is None or later.start - item.end > 25:
        return direction
    to = re.search(r"\bto\b", folded[item.end : later.start])
    return "left" if to and _MOVED.search(folded[max(0, item.start - 60) : item.start]) else direction


def _bare(about: frozenset[str], stretch: str) -> bool:
    """Say whether a value stands alone, so that it goes on about what the value before it was about."""
    return (
        not about - _calendar() - {"<past>", "<now>", "sorri", "actual"}
        and "<past>" not in about
        and not _CONTRAST.search(stretch)
    )


def _replaced(folded: str, item: Item, later: Item) -> bool:
    """Say whether a bare second value replaces the first ("Coal's forty. Thirty-four, sorry")."""
    if item.kind == "relative":
        return False  # "this term it is … Last term it was …" compares
    gap, after = folded[item.end : later.start], folded[later.end : later.end + 20]
    return len(gap) <= 30 and bool(re.search(r"[.,;…—-]\s*$", gap)) and bool(_SOFT_AFTER.match(after))


def question_of(evidence: Sequence[Spoken], turn: int) -> frozenset[str]:
    """Return the ideas of the question that turn ``turn`` answers, none when it answers none."""
    if turn == 0 or not evidence[turn - 1].text.rstrip().endswith("?"):
        return frozenset()
    last = clauses(evidence[turn - 1].text)
    return concepts(t for c in last if c.sentence == last[-1].sentence for t in c.tokens) if last else frozenset()


def take_back_proposals(found: Sequence[Sequence[Item]], evidence: Sequence[Spoken]) -> list[Item]:
    """Flatten the items by turn; what the next speaker refuses ("No, three") is taken back."""
    flat: list[Item] = []
    for turn, items in enumerate(found):
        refused = set()
        if turn + 1 < len(evidence) and re.match(r"\W*(oh |er |um |well )*(no|nah|nope)\b", fold(evidence[turn + 1].text)):
            first = clauses(evidence[turn + 1].text)
            edge = max((c.end for c in first if c.sentence <= 1), default=0)
            refused = {i.kind for i in found[turn + 1] if i.start < edge}
        edge = evidence[turn].text.rfind(".") if not evidence[turn].text.rstrip().endswith(".") else 0
        for item in items:
            gone = item.kind in refused and item.start >= edge
            flat.append(
                Item(
                    item.kind,
                    item.key,
                    item.start,
                    item.end,
                    item.turn,
                    item.about,
                    item.taken_back or gone,
                    item.direction,
                )
            )
    return flat
