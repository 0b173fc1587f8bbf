"""Variation of a marked text: other names, other figures, other letter case; the marks move along."""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass

from redaction.words import ordinary_words
from tools.tagger.names import given_name, surname, town

_MONTH = (
    "January February March April May June July August September October November December".split(),
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
)
_NUMERIC = frozenset(
    "PHONE POSTCODE NHS_NUMBER CHI_NUMBER NINO UTR UPN ULN UPRN PASSPORT DRIVING_LICENCE VEHICLE SORT_CODE BANK_ACCOUNT CARD "
    "CASE_REFERENCE KEY_CODE IP_ADDRESS".split()
)
_PLACE = frozenset({"TOWN", "PLACE_OF_CARE", "ORGANISATION", "ADDRESS"})
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor cllr councillor rev sir lady dame nurse sister pc ps dc sgt auntie aunty uncle nan nana "
    "gran grandma grandad the of and van von de da di del bin al el ap o mc mac s mum dad".split()
)
_SAID = frozenset(
    "zero oh o one two three four five six seven eight nine double treble triple ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand".split()
)
_DIGIT_WORDS = "zero one two three four five six seven eight nine oh".split()


@dataclass(frozen=True)
class Marked:
    """A text as runs of (words, gold type or "", entity)."""

    runs: tuple[tuple[str, str, str], ...]


def like(word: str, model: str) -> str:
    """Return ``word`` with the letter case of ``model``."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word.lower() if model[:1].islower() else word


def vary(marked: Marked, rng: random.Random, share: float = 0.85) -> Marked:
    """Return the text with other names and figures; ``share``: how likely each is changed."""
    names: dict[str, str] = {}
    firsts = {
        words[0].lower()
        for text, kind, _ in marked.runs
        if kind == "PERSON" and len(words := [w for w in _WORD.findall(text) if w.lower() not in _TITLES]) > 1
    }
    keep_names = rng.random() > share
    made = []
    for text, kind, entity in marked.runs:
        if kind == "PERSON" and not keep_names:
            text = _names(text, names, firsts, rng)
        elif kind == "EMAIL" and rng.random() < share:
            text = _WORD.sub(lambda m: names.get(m.group().lower(), m.group()).lower(), text)
        elif kind in ("DATE", "DOB") and rng.random() < share:
            text = _dates(text, rng)
        elif kind == "AGE" and rng.random() < share:
            text = re.sub(r"\d+", lambda m: str(rng.randint(1, 17 if len(m.group()) == 1 else 98)), text)
        elif kind in _NUMERIC and rng.random() < share:
            text = _figures(text, rng)
        elif kind in _PLACE and rng.random() < share:
            text = _places(text, names, rng)
            if kind == "ADDRESS":
                text = re.sub(r"\d", lambda m: rng.choice("123456789"), text)
        made.append((text, kind, entity))
    return Marked(tuple(made))


def _names(text: str, names: dict[str, str], firsts: set[str], rng: random.Random) -> str:
    if re.search(r"(?:\b\w\b[ ,-]*){3,}", text):
        return text  # spelled aloud
    count = len([w for w in _WORD.findall(text) if w.lower() not in _TITLES])
    seen = 0

    def other(match: re.Match[str]) -> str:
        nonlocal seen
        word = match.group()
        bare = re.sub(r"['\u2019]s$", "", word)
        tail = word[len(bare) :]
        if bare.lower() in _TITLES or len(bare) == 1:
            return rng.choice(string.ascii_uppercase) + tail if len(bare) == 1 and bare.isupper() else word
        seen += 1
        key = bare.lower()
        if key not in names:
            first = key in firsts or (count > 1 and seen < count) or (count == 1 and rng.random() < 0.5)
            names[key] = given_name(rng) if first else surname(rng)
        return like(names[key], bare) + tail

    return _WORD.sub(other, text)


def _dates(text: str, rng: random.Random) -> str:
    def figure(match: re.Match[str]) -> str:
        digits = match.group()
        if len(digits) == 4:
            return str(rng.randint(1928, 2026))
        if len(digits) <= 2 and int(digits) <= 31:
            made = rng.randint(1, 12)
            return f"{made:02d}" if digits.startswith("0") else str(made)
        return digits

    def month(match: re.Match[str]) -> str:
        for names in _MONTH:
            if match.group().capitalize() in names:
                return like(rng.choice(names), match.group())
        return match.group()

    return _WORD.sub(month, re.sub(r"\d+", figure, text))


def _figures(text: str, rng: random.Random) -> str:
    words = text.split()
    if sum(w.lower().strip(",.") in _SAID for w in words) * 2 > len(words):
        return " ".join(rng.choice(_DIGIT_WORDS) if w in _DIGIT_WORDS else w for w in words)
    text = re.sub(r"\d", lambda m: rng.choice(string.digits), text)
    if any(c.isdigit() for c in text):
        letters = re.compile(r"\b[A-Z]{1,3}(?=\d| \d)|(?<=\d)[A-Z]{1,3}\b")
        text = letters.sub(lambda m: "".join(rng.choices("ABCDEFGHJKLMNPRSTWXYZ", k=len(m.group()))), text)
    return text


def _places(text: str, names: dict[str, str], rng: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = re.sub(r"['\u2019]s$", "", match.group())
        key = "@" + word.lower()
        if word.lower() in ordinary_words() or word.lower() in _TITLES or len(word) < 3 or rng.random() < 0.2:
            return match.group()
        names.setdefault(key, town(rng) if rng.random() < 0.7 else surname(rng))
        return like(names[key], word) + match.group()[len(word) :]

    return _WORD.sub(other, text)


def as_heard(marked: Marked, rng: random.Random) -> Marked:
    """Return the text as a recogniser of speech writes it: small letters, little punctuation."""
    stops = rng.random() < 0.3
    made = []
    for text, kind, entity in marked.runs:
        text = text.lower()
        if kind not in ("EMAIL", "URL", "IP_ADDRESS"):
            text = re.sub(r"[,;:\"\u201c\u201d()\[\]!?]+" if stops else r"[.,;:\"\u201c\u201d()\[\]!?]+", "", text)
        made.append((text if stops else text.replace("\n", " "), kind, entity))
    return Marked(tuple(made))


def shouted(marked: Marked) -> Marked:
    """Return the text in capitals."""
    return Marked(tuple((text.upper(), kind, entity) for text, kind, entity in marked.runs))
