"""The scorers' own word lists, apart from the pilot's, so that neither marks its own work."""

from __future__ import annotations

import re

DENIAL = re.compile(
    r"\b(?:no|nope|nah|not|never|none|nothing|nobody|nowhere|neither|nor|without|cannot|hardly|den(?:y|ies|ied)|"
    r"refus(?:e|es|ed)|\w+n't)\b"
)
"""words with which a risk is denied"""

_SUPPOSING = re.compile(
    r"\b(?:if|suppos\w*|imagin\w*|might|in case|unless|perhaps|maybe|afraid|worr(?:y|ied|ies|ying)|"
    r"fear\w*|scared|frighten\w*|terrified|wonder\w*|wish\w*|dread\w*|pretend\w*|could|(?-i:may))\b",
    re.IGNORECASE,
)
_WEAKLY = re.compile(r"\b(?:would|should|will|going to|gonna)\b|(?<=\w)'(?:d|ll)\b", re.IGNORECASE)


def supposing(sentence: str) -> int | None:
    """Return where a sentence first says that it is imagined, feared or proposed; None when it does not."""
    found = _SUPPOSING.search(sentence) or _WEAKLY.search(sentence)
    return found.start() if found else None


SMALL = frozenset(
    "a an the of to in on at by for and or but is are was were be been it its that this with as from he she they we i "
    "you his her their our my your him them us me will would do does did so then there here just".split()
)
"""words that tell no two phrases apart"""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()


def _numbers() -> dict[str, str]:
    found = {word: str(i) for i, word in enumerate(_UNITS)}
    found |= {word: str(i) for i, word in enumerate(_ORDINAL)}
    for i, tens in enumerate(_TENS, start=2):
        found[tens] = str(10 * i)
        found[f"{tens[:-1]}ieth"] = str(10 * i)
        for j in range(1, 10):
            found[f"{tens} {_UNITS[j]}"] = found[f"{tens} {_ORDINAL[j]}"] = str(10 * i + j)
    return found


NUMBERS = _numbers()


def digits(text: str) -> str:
    """Return text with small numbers as digits, so that spoken and written figures compare equal."""
    text = text.lower().replace("-", " ").replace("£", "")
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    two = "|".join(sorted((re.escape(k) for k in NUMBERS), key=len, reverse=True))
    return re.sub(rf"\b(?:{two})\b", lambda m: NUMBERS[m[0]], text)
