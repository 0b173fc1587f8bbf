"""Numbers written as words or digits: "two hundred and fifty", "nineteen forty-two", "twenty-first"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.support.text import fold

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS = {w: i for i, w in enumerate(_ONES.split())} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
CARDINALS |= {"nought": 0, "nil": 0, "fourty": 40}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {w: i for i, w in enumerate(_ORDINAL_WORDS.split(), 1)}
ORDINALS |= {w[:-1] + "ieth": v for w, v in ((t, 10 * i) for i, t in enumerate(_TENS.split(), 2))}
SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_TOKEN = re.compile(r"£|\d[\d,]*(?:\.\d+)?|[a-z]+(?:'[a-z]+)?|%|[½¼¾]|[^\sa-z\d]")


@dataclass(frozen=True)
class Bit:
    """One word, number or mark with its place."""

    word: str
    start: int
    end: int


def bits_of(text: str) -> list[Bit]:
    """Return the bits of ``text`` in lower case."""
    return [Bit(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(fold(text))]


def ordinal(bits: list[Bit], at: int) -> tuple[float, int] | None:
    """Return the ordinal that begins at ``at`` and where it ends, or None."""
    word = bits[at].word
    if (
        word[0].isdigit()
        and at + 1 < len(bits)
        and bits[at + 1].word in ("st", "nd", "rd", "th")
        and bits[at + 1].start == bits[at].end
    ):
        return float(word.replace(",", "")), at + 2
    if word in ORDINALS:
        return float(ORDINALS[word]), at + 1
    if word in CARDINALS and CARDINALS[word] >= 20:
        here = at + 1 + (at + 1 < len(bits) and bits[at + 1].word == "-")
        if here < len(bits) and 1 <= ORDINALS.get(bits[here].word, 0) <= 9:
            return float(CARDINALS[word] + ORDINALS[bits[here].word]), here + 1
    return None


def cardinal(bits: list[Bit], at: int) -> tuple[float, int] | None:
    """Return the number that begins at ``at`` and where it ends, or None."""
    word = bits[at].word
    if word[0].isdigit():
        value, here = float(word.replace(",", "").rstrip(".") or 0), at + 1
        if here < len(bits) and bits[here].word in ("hundred", "thousand", "million", "grand", "k"):
            value, here = value * {"k": 1000}.get(bits[here].word, SCALES.get(bits[here].word, 1)), here + 1
        return value, here
    if word not in CARDINALS and word not in SCALES:
        return None
    total, group, here, last = 0.0, 0.0, at, -1
    while here < len(bits):
        word = bits[here].word
        if word in SCALES:
            group = (group or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, group = total + group, 0.0
            last = 100
        elif word in CARDINALS:
            value = CARDINALS[word]
            if last in (100,) or last == -1 or (20 <= last < 100 and last % 10 == 0 and 0 < value < 10):
                group, last = group + value, value
            elif last in (19, 20) and 10 <= value < 100 and total == 0 and group in (19, 20):
                group, last = (
                    group * 100 + value,
                    (value if value % 10 == 0 else 1000),
                )  # nineteen forty-two, twenty twenty-four
            elif group >= 1000 and last >= 20 and last % 10 == 0 and 0 < value < 10:
                group, last = group + value, value
            else:
                break
        elif word == "and" and last == 100 and here + 1 < len(bits) and bits[here + 1].word in CARDINALS:
            pass
        elif (
            word == "-"
            and last >= 20
            and here + 1 < len(bits)
            and bits[here + 1].word in CARDINALS
            and bits[here].start == bits[here - 1].end
        ):
            pass
        else:
            break
        here += 1
    return total + group, here
