"""Overlapping hits become one: nothing between two of them is left readable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redaction.hits import Hit

_RANK = {
    "EMAIL": 6,
    "URL": 6,
    "NHS_NUMBER": 6,
    "NINO": 6,
    "CARD": 6,
    "UPN": 6,
    "DOB": 5,
    "DRIVING_LICENCE": 5,
    "PHONE": 4,
    "POSTCODE": 4,
    "ADDRESS": 3,
    "PLACE_OF_CARE": 3,
    "PERSON": 2,
    "DATE": 2,
    "AGE": 2,
    "TOWN": 1,
    "ORGANISATION": 1,
    "NATIONALITY": 0,
    "NUMBER": 0,
}
_OTHER = 4


def _strength(hit: Hit) -> tuple[int, int, float, int, str]:
    return (_RANK.get(hit.type, _OTHER), int(hit.valid), hit.score, hit.end - hit.start, hit.recogniser)


def merge(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """Return hits that do not overlap, in text order, none of which crosses a line break.

    The bounds are those of the union; type, score and reason those of the strongest; all are named.
    """
    groups: list[list[Hit]] = []
    end = -1
    for hit in sorted(_by_line(text, hits), key=lambda h: (h.start, -h.end, h.type, h.recogniser)):
        if groups and (hit.start < end or _same_name(text, groups[-1][-1], end, hit)):
            groups[-1].append(hit)
            end = max(end, hit.end)
        else:
            groups.append([hit])
            end = hit.end
    return [_one(group) for group in groups]


def _one(group: list[Hit]) -> Hit:
    best = max(group, key=_strength)
    others = sorted({h.recogniser for h in group} - {best.recogniser})
    return Hit(
        min(h.start for h in group),
        max(h.end for h in group),
        best.type,
        best.score,
        "+".join([best.recogniser, *others]),
        best.pattern,
        best.valid,
    )


def _same_name(text: str, before: Hit, end: int, hit: Hit) -> bool:
    """Return whether two neighbours are the parts of one name."""
    return (
        before.type == hit.type == "PERSON"
        and hit.start >= end
        and text[end : hit.start] in (" ", "-", "\u00a0")
    )


_BEFORE = re.compile(r"(?<![\w.'\u2019])(?:(?:[A-Z]\.[ \u00a0]?){1,3}|(?:[B-HJ-Z] ){1,3}|(?:[A-Z] ){2,3})$")
_AFTER = re.compile(r"(?: [A-Z]\.(?:-[A-Z]\.?)?(?!\w)| [A-Z](?:-[A-Z])?(?=[ \t]*(?:$|[\n,;:)|\u2013])))")


def _with_initials(text: str, hit: Hit) -> Hit:
    """Return a name with the initials written beside it ("A. Wanjiru", "Agata S")."""
    if hit.type != "PERSON" or not text[hit.start].isupper():
        return hit
    before = _BEFORE.search(text[max(0, hit.start - 10) : hit.start])
    after = _AFTER.match(text, hit.end)
    if not before and not after:
        return hit
    return hit.at(hit.start - (len(before.group()) if before else 0), after.end() if after else hit.end)


def _by_line(text: str, hits: Iterable[Hit]) -> Iterable[Hit]:
    for hit in hits:
        start = hit.start
        for line in text[hit.start : hit.end].splitlines(keepends=True):
            body = line.strip()
            if body:
                left = start + len(line) - len(line.lstrip())
                yield _with_initials(text, hit.at(left, left + len(body)))
            start += len(line)
