"""What a tagger's hit of a type must look like: an age is a number, a reference has digits, a score is no date."""

from __future__ import annotations

import re

from redaction.fold import fold, words
from redaction.hits import Hit
from redaction.recognisers.age import not_a_measure
from redaction.recognisers.dates import DAY_WORD, MONTH
from redaction.spoken_words import DIGIT, NATO, TEEN, TENS, TIMES
from redaction.words import AMBIGUOUS, keep_terms, ordinary

_NUMBER_WORDS = DIGIT.keys() | TEEN.keys() | TENS.keys() | TIMES.keys() | NATO.keys()
_LEAST = {"CASE_REFERENCE": 3, "PHONE": 3, "NINO": 6, "BANK_ACCOUNT": 5, "SORT_CODE": 5, "NHS_NUMBER": 6, "PASSPORT": 5, "UPN": 6, "CARD": 4}
_DATE_WORD = re.compile(
    rf"(?<!\w)(?:{MONTH}|{DAY_WORD}|\d{{1,2}}(?:st|nd|rd|th)|(?:18|19|20)\d\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|xmas|christmas|easter"
    r"|eve|day|feast|ramadan|eid|lent|mass|michaelmas|candlemas|advent|mon|tue|wed|thu|fri|sat|sun)(?!\w)",
    re.I,
)
_SCORE = re.compile(r"\(?\d{1,3}/(?:1[3-9]|[2-9]\d|\d{3})\)?")
_AGE_WORD = re.compile(r"\d|(?<!\w)(?:teens?|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|hundred|half|month|week|day|baby|newborn)", re.I)


def sane(text: str, hit: Hit) -> bool:
    """Return whether a tagger's hit has the look of its type; types without a look always have it."""
    value = text[hit.start : hit.end]
    bare = value.strip(" \t\n.,;:()[]\"'\u2019")
    parts = [word for word, _, _ in words(fold(value))]
    if hit.type in _LEAST:
        return sum(c.isdigit() for c in value) + sum(word in _NUMBER_WORDS for word in parts) >= _LEAST[hit.type]
    if hit.type == "AGE":
        number = bool(_AGE_WORD.search(value)) or any(word in _NUMBER_WORDS for word in parts)
        return number and not _gestation(value) and (_has_unit(parts) or not value[-1:].isalnum() or not_a_measure(text, hit.end))
    if hit.type in ("DATE", "DOB"):
        return not _SCORE.fullmatch(bare) and bool(_DATE_WORD.search(value) or re.search(r"\d[./|\u2013 -]+\w", value) or _two_numbers(parts))
    if hit.type == "URL":
        return any(sign in value for sign in (".", "/", " dot ", "_")) or bool(re.search(r"@[a-z]", value, re.I))
    if hit.type in ("VEHICLE_DESCRIPTION", "OCCUPATION"):
        return len(parts) > 1 and not (parts[0].isdigit() and len(parts) < 3) and value[:1].isalnum()
    if hit.type in ("PERSON", "PLACE_OF_CARE", "ORGANISATION", "TOWN"):
        return _names(bare, parts)
    return True


def _names(bare: str, parts: list[str]) -> bool:
    """Return whether a value can be a name: no abbreviation everybody knows, no single ordinary word in small letters."""
    if not parts:
        return False
    letters = "".join(parts)
    if (letters,) in keep_terms() or tuple(parts) in keep_terms():
        return False
    if (bare[:1].isdigit() and len(parts) == 1) or (len(bare) == 1 and bare.islower()):
        return False
    return not (len(parts) == 1 and bare.islower() and ordinary(parts[0]) and parts[0] not in AMBIGUOUS)


def _gestation(value: str) -> bool:
    return bool(re.search(r"/40(?!\d)", value))


def _has_unit(parts: list[str]) -> bool:
    return bool(parts) and parts[-1] in {"old", "months", "month", "mths", "years", "year", "yrs", "weeks", "week", "wks", "days", "mo", "m", "y", "half"}


def _two_numbers(parts: list[str]) -> bool:
    return sum(word in _NUMBER_WORDS or word.isdigit() for word in parts) > 1
