"""Against over-redaction: what the taggers took for a name although it is a statute, a benefit or a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.fold import fold, words
from redaction.hits import Hit
from redaction.words import AMBIGUOUS, keep_terms, ordinary_words

TAGGERS = ("spacy_names", "rampart")
_SOFT = {"PERSON", "TOWN", "ORGANISATION", "PLACE_OF_CARE", "NATIONALITY"}
_STATUTE = re.compile(
    r"(?:[A-Z][\w'\u2019]+|and|of|the|for|\(|\)|&|,)(?:[ ](?:[A-Z][\w'\u2019]+|and|of|the|for"
    r"|with|in|on|&)){0,8}"
    r" \(?(?:Act|Regulations?|Order|Convention|Bill|Rules)\)?(?: (?:18|19|20)\d\d)?(?!\w)"
)
_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor cllr councillor rev reverend sir lady lord "
    "dame nurse sister pc dc messrs "
    "aunty auntie aunt uncle the a an his her their our my your this that".split()
)
_ACRONYM = re.compile(r"[A-Z][A-Z&/]{1,4}s?")
_MIN_DIGITS = {
    "PHONE": 6,
    "NINO": 6,
    "BANK_ACCOUNT": 6,
    "SORT_CODE": 6,
    "CASE_REFERENCE": 5,
    "PASSPORT": 6,
    "DRIVING_LICENCE": 5,
}
_TIME_OR_AMOUNT = re.compile(r"[\u00a3$\u20ac]|\d ?%|\d ?(?:mg|ml|mcg|kg|g|cm|mm|mmhg|am|pm)\b", re.I)


def statutes(text: str) -> list[tuple[int, int]]:
    """Return the spans of named laws."""
    return [m.span() for m in _STATUTE.finditer(text)]


def tidy(text: str, hits: list[Hit], council: frozenset[tuple[str, ...]]) -> Iterator[Hit]:
    """Return the hits without the taggers' hits that name nobody; ``council``: the council's own names."""
    laws = statutes(text)
    at = 0
    for hit in sorted(hits, key=lambda h: h.start):
        while at < len(laws) and laws[at][1] <= hit.start:
            at += 1
        in_law = at < len(laws) and laws[at][0] <= hit.start and hit.end <= laws[at][1]
        if in_law and (hit.recogniser in TAGGERS or hit.type in ("DATE", "PLACE_OF_CARE")):
            continue
        if hit.recogniser not in TAGGERS and hit.type not in ("PLACE_OF_CARE",):
            yield hit
            continue
        if (kept := _trim(text, hit, council)) is not None:
            yield kept


def _trim(text: str, hit: Hit, council: frozenset[tuple[str, ...]]) -> Hit | None:
    value = text[hit.start : hit.end]
    if hit.type in _MIN_DIGITS:
        enough = sum(c.isdigit() for c in value) >= _MIN_DIGITS[hit.type]
        return (
            hit if enough and not _TIME_OR_AMOUNT.search(text[max(0, hit.start - 1) : hit.end + 4]) else None
        )
    if hit.type == "ADDRESS":
        parts = [w for w, _, _ in words(fold(value))]
        return (
            hit if any(c.isalpha() for c in value) and not all(w in ordinary_words() for w in parts) else None
        )
    if hit.type not in _SOFT:
        return hit
    parts = [(w, s + hit.start, e + hit.start) for w, s, e in words(fold(value))]
    if hit.type == "PERSON":
        # "Okonkwo's Attendance Allowance": the name ends at the possessive
        cut = next(
            (i for i, (w, s, _) in enumerate(parts) if w == "s" and i and text[s - 1] in "'\u2019"), None
        )
        parts = parts[:cut]
    parts = _without_terms(parts)
    while parts and (parts[0][0] in _TITLES or _plain(text, parts[0], hit, first=True)):
        parts.pop(0)
    while parts and (parts[-1][0] in ("s",) or _plain(text, parts[-1], hit, first=len(parts) == 1)):
        parts.pop()
    if not parts:
        return None
    key = tuple(w for w, _, _ in parts)
    if key in keep_terms() or key in council or (key[-1:] == ("team",) and key[:-1] in keep_terms()):
        return None
    surface = text[parts[0][1] : parts[-1][2]]
    if hit.recogniser == "spacy_names" and sum(c.isdigit() for c in surface) > 2:
        return None
    if sum(c.isalpha() for c in surface) < 2 or _ACRONYM.fullmatch(surface):
        return None
    if hit.type == "PERSON" and any(c.isdigit() for c in surface):
        return None
    if hit.recogniser == "spacy_names" and not surface[:1].isupper():
        return None
    if all(w in ordinary_words() and w not in AMBIGUOUS for w in key):
        # "Kitchen" at the head of a line is a word; "Rose" in the middle of a sentence is somebody
        return None
    return hit.at(parts[0][1], parts[-1][2])


def _plain(text: str, part: tuple[str, int, int], hit: Hit, *, first: bool) -> bool:
    """Return whether an ordinary word stands at the edge of a hit in small letters, or opens a sentence."""
    word, start, _ = part
    if word not in ordinary_words():
        return False
    if not text[start].isupper():
        return not (hit.recogniser == "rampart" and word in AMBIGUOUS and hit.score >= 0.9)
    return (
        first
        and word not in AMBIGUOUS
        and text[max(0, start - 2) : start].rstrip(" \"'\u201c") in ("", ".", "\n", "?", "!", ":")
    )


def _without_terms(parts: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the words without kept terms at either end."""
    key = [w for w, _, _ in parts]
    for n in range(1, len(parts)):
        if tuple(key[n:]) in keep_terms():
            return parts[:n]
    for n in range(len(parts) - 1, 0, -1):
        if tuple(key[:n]) in keep_terms():
            return parts[n:]
    return parts
