"""Where things stand in a text under review: words to mask, doubts, leaks, and what still tells something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence import Finding
from redaction.codes import POSSIBLE
from redaction.finder import PhraseFinder
from redaction.fold import word_key
from redaction.leak import Leak
from redaction.redactor import Draft

if TYPE_CHECKING:
    from redaction.review import Place, Review

_AT = re.compile(r"characters (\d+)\u2013(\d+): this could be an? ([^.]+)\.")
"""the sentence of a doubt: the only place where it says which characters are meant"""


@dataclass(frozen=True)
class Remaining:
    """Something that can still be read and may tell who somebody is; offsets of the input text."""

    start: int
    end: int
    type: str
    how: str
    """kept: by the policy · coarser: a year, a band · removed: its mask was taken away · possible: nothing is sure"""


def places_of(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return every place of these words, whatever their case, accents and spacing; in text order."""
    words = words.strip()
    if not words:
        return ()
    found = {match.span() for match in re.finditer(re.escape(words), text)} if not words.isalnum() else set()
    finder = PhraseFinder()
    finder.add(word_key(words), capital=False, label="")
    for place in finder.scan(text):
        if not any(start <= place.start and place.end <= end for start, end in found):
            found.add((place.start, place.end))
    return tuple(sorted(found))


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch line by line without the blanks around; nothing when it is empty or outside the text."""
    start, end = max(0, start), min(end, len(text))
    at = start
    for line in text[start:end].splitlines(keepends=True):
        body = line.strip()
        if body:
            left = at + len(line) - len(line.lstrip())
            yield left, left + len(body)
        at += len(line)


def doubt_at(doubt: Finding) -> tuple[int, int]:
    """Return which characters a doubt is about; (0, 0) when it names none."""
    found = _AT.search(doubt.message)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def in_source(draft: Draft, leak: Leak) -> tuple[int, int]:
    """Return where a leak stands in the input text."""
    starts = [placed.start for placed in draft.vault.placed]

    def back(at: int) -> int:
        number = bisect_right(starts, at) - 1
        if number < 0:
            return at
        placed, entity = draft.vault.placed[number], draft.entities[number]
        after = at - placed.start - len(placed.token)
        return entity.end + after if after >= 0 else entity.start

    return back(leak.start), max(back(leak.end - 1) + 1, back(leak.start))


def remaining(review: Review) -> tuple[Remaining, ...]:
    """Return what still narrows down who somebody is, and what could be an identifier, in text order."""
    told = {(e.start, e.end): e for e in review.draft.entities}
    found = [Remaining(h.start, h.end, h.type, "kept") for h in review.hits if (h.start, h.end) not in told]
    found += [
        Remaining(e.start, e.end, e.type, "coarser") for e in told.values() if e.action not in ("token", "remove")
    ]
    found += [Remaining(h.start, h.end, h.type, "removed") for h in review.removed]
    for one in review.draft.findings:
        if one.code == POSSIBLE and (match := _AT.search(one.message)):
            kind = match.group(3).replace(" ", "_")
            found.append(Remaining(int(match.group(1)), int(match.group(2)), kind, "possible"))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def pages(text: str, taken: list[Place], words: int = 3000) -> list[Place]:
    """Return the bounds of pages of about so many words: cut at a line's end when one is near, never in a mask."""
    ends: list[int] = []
    count, line_end, at_line = 0, 0, 0
    for match in re.finditer(r"\S+", text):
        if count and "\n" in text[match.start() - 1 : match.start()]:
            line_end, at_line = match.start(), count
        if count >= words:
            near = line_end and count - at_line < words // 6
            cut = line_end if near else match.start()
            ends.append(next((end for start, end in taken if start < cut < end), cut))
            count = count - at_line if near else 0
            line_end = at_line = 0
        count += 1
    bounds = [0, *sorted(set(ends) - {0, len(text)}), len(text)]
    return list(zip(bounds, bounds[1:], strict=False)) or [(0, 0)]
