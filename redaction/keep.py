"""Against over-redaction: what the taggers took for a name although it is a statute, a benefit or a word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from redaction.finder import PhraseFinder
from redaction.fold import fold, words
from redaction.hits import Hit
from redaction.sanity import sane
from redaction.trust import FAINT, OWN, SURE, Support, trimmed
from redaction.words import AMBIGUOUS, keep_terms, ordinary

TAGGERS = ("spacy_names", "rampart", "own_tagger")
_SOFT_OR_ADDRESS = {"PERSON", "TOWN", "ORGANISATION", "PLACE_OF_CARE", "NATIONALITY", "ADDRESS"}
_SOFT = {"PERSON", "TOWN", "ORGANISATION", "PLACE_OF_CARE", "NATIONALITY"}
_STATUTE = re.compile(
    r"(?:(?<![\w'\u2019])[A-Z][\w'\u2019]+|and|of|the|for|\(|\)|&|,)(?:[ ](?:[A-Z][\w'\u2019]+|and|of|the|for"
    r"|with|in|on|&)){0,8}"
    r" \(?(?:Act|Regulations?|Order|Convention|Bill|Rules)\)?(?: (?:18|19|20)\d\d)?(?!\w)"
)
_PROVISION = re.compile(
    r"(?<![\w'\u2019])(?:[Ss]ections?|[Ss]s?\.|s|[Rr]egulations?|[Rr]egs?\.?|[Pp]aragraphs?|[Pp]ara\.?|[Ss]chedule|[Aa]rticle) ?\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*(?!\w)"
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
    return sorted(m.span() for shape in (_STATUTE, _PROVISION) for m in shape.finditer(text))


def tidy(text: str, hits: list[Hit], council: frozenset[tuple[str, ...]]) -> Iterator[Hit]:
    """Return the hits without the taggers' hits that name nobody; ``council``: the council's own names."""
    laws = statutes(text)
    kept_places = KeptPlaces(text)
    support = Support(hits)
    at = 0
    for hit in sorted((h for h in _one_line(text, hits) if h.recogniser != OWN or h.pattern != FAINT), key=lambda h: h.start):
        while at < len(laws) and laws[at][1] <= hit.start:
            at += 1
        in_law = at < len(laws) and laws[at][0] <= hit.start and hit.end <= laws[at][1]
        if in_law and (hit.recogniser in TAGGERS or hit.type in ("DATE", "PLACE_OF_CARE", "CASE_REFERENCE", "KEY_CODE")):
            continue
        if hit.recogniser == "street_address" and kept_places.hold(hit.start, hit.end):
            continue  # a programme, a tin of sweets
        if hit.recogniser not in TAGGERS and hit.type not in ("PLACE_OF_CARE",):
            yield hit
            continue
        if hit.recogniser == OWN and not sane(text, hit):
            continue
        if hit.recogniser == OWN and hit.score >= SURE:
            if not kept_places.hold(hit.start, hit.end):
                yield trimmed(text, hit)
            continue
        if hit.recogniser == "spacy_names" and support.present and not support.touches(hit.start, hit.end):
            continue
        if hit.type in _SOFT_OR_ADDRESS and kept_places.hold(hit.start, hit.end):
            continue
        if hit.recogniser == "place_of_care":
            yield hit
            continue
        if (kept := _trim(text, hit, council)) is not None and not kept_places.hold(kept.start, kept.end):
            yield kept


def _one_line(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Return the hits, those of taggers cut at line breaks, so that each part is judged by itself."""
    for hit in hits:
        if hit.recogniser not in TAGGERS or "\n" not in text[hit.start : hit.end]:
            yield hit
            continue
        start = hit.start
        for line in text[hit.start : hit.end].split("\n"):
            if body := line.strip():
                left = start + line.index(body)
                yield hit.at(left, left + len(body))
            start += len(line) + 1


@lru_cache(maxsize=1)
def _finder() -> PhraseFinder:
    finder = PhraseFinder()
    for term in keep_terms():
        finder.add(term, capital=False, label="keep")
    return finder


class KeptPlaces:
    """Where a text has terms that must be kept, longest first at each word."""

    def __init__(self, text: str) -> None:
        places = [(f.start, f.end) for f in _finder().scan(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def hold(self, start: int, end: int) -> bool:
        """Return whether a stretch lies within one kept term."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


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
            hit if any(c.isalpha() for c in value) and not all(map(ordinary, parts)) else None
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
    if hit.type == "PERSON":
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
    if all(ordinary(w) and w not in AMBIGUOUS for w in key):
        # "Kitchen" at the head of a line is a word; "Rose" in the middle of a sentence is somebody
        return None
    return hit.at(parts[0][1], parts[-1][2])


def _plain(text: str, part: tuple[str, int, int], hit: Hit, *, first: bool) -> bool:
    """Return whether an ordinary word stands at the edge of a hit in small letters, or opens a sentence."""
    word, start, _ = part
    if not ordinary(word):
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
