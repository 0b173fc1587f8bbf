"""Reading figures out of words: "two hundred and fifty", "a couple", "half a stone", "£3.50", "fortnight"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.support.text import fold
from rag.support.words import stem

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS = {w: i for i, w in enumerate(_ONES.split())} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
CARDINALS |= {"nought": 0, "nil": 0, "fourty": 40}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {w: i for i, w in enumerate(_ORDINAL_WORDS.split(), 1)}
ORDINALS |= {w[:-1] + "ieth": v for w, v in ((t, 10 * i) for i, t in enumerate(_TENS.split(), 2))}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_FIXED = {"once": 1, "twice": 2, "thrice": 3, "dozen": 12, "couple": 2, "pair": 2, "both": 2, "fortnight": 14, "fortnights": 14,
          "tenner": 10, "fiver": 5, "fortnightly": 14, "double": 2, "treble": 3, "triple": 3, "twins": 2, "single": 1}
_FRACTIONS = {"half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3}
# unit → (class, factor to the class's base: minutes, pounds, …)
UNITS: dict[str, tuple[str, float]] = {
    "second": ("time", 1 / 60), "minut": ("time", 1), "min": ("time", 1), "mins": ("time", 1), "hour": ("time", 60), "hr": ("time", 60), "hrs": ("time", 60),
    "day": ("time", 1440), "night": ("time", 1440), "week": ("time", 10080), "wk": ("time", 10080), "fortnight": ("time", 20160),
    "month": ("time", 43800), "year": ("time", 525600), "yr": ("time", 525600),
    "pound": ("money", 1), "quid": ("money", 1), "tenner": ("money", 1), "fiver": ("money", 1), "grand": ("money", 1),
    "penc": ("money", 0.01), "penni": ("money", 0.01), "p": ("money", 0.01),
    "percent": ("percent", 1), "%": ("percent", 1), "per cent": ("percent", 1),
    "mile": ("length", 1609), "metr": ("length", 1), "yard": ("length", 0.914), "feet": ("length", 0.305), "foot": ("length", 0.305), "inch": ("length", 0.0254),
    "stone": ("stone", 1), "lb": ("lb", 1), "kilo": ("weight", 1), "kg": ("weight", 1), "kilogram": ("weight", 1), "gram": ("mass", 1), "milligram": ("mass", 0.001), "mg": ("mass", 0.001),
    "millilitr": ("volume", 1), "ml": ("volume", 1), "pint": ("volume", 568), "litr": ("volume", 1000),
    "degre": ("degree", 1), "bedroom": ("bedroom", 1), "time": ("times", 1), "occas": ("times", 1),
}
_TOKEN = re.compile(r"£|\d[\d,]*(?:\.\d+)?|[a-z]+(?:'[a-z]+)?|%|[½¼¾]|[^\sa-z\d]")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True)
class Quantity:
    """One figure: its ``value``, its unit ("" when none was said) and where it stands."""

    value: float
    unit: str
    start: int
    end: int
    ordinal: bool = False

    @property
    def measure(self) -> tuple[str, float]:
        """Return the class of the unit and the value in that class's base unit."""
        kind, factor = UNITS.get(self.unit, ("", 1.0))
        return kind, round(self.value * factor, 4)


@dataclass(frozen=True)
class _Bit:
    word: str
    start: int
    end: int


def _bits(text: str) -> list[_Bit]:
    return [_Bit(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(fold(text))]


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return every figure of ``text`` in order; digit strings such as telephone numbers are left to callers."""
    bits, found, at = _bits(text), [], 0
    while at < len(bits):
        glued = bits[at].word[0].isdigit() and at > 0 and bits[at - 1].end == bits[at].start and bits[at - 1].word.isalpha()
        read = None if glued else _read(bits, at)  # "B12" and "person2" are names, not figures
        if read is None:
            at += 1
            continue
        value, upto, unit, ordinal = read
        value, upto, unit = _and_a_half(bits, upto, value, unit)
        if bits[at].word in ("a", "an") and upto == at + 1:
            at += 1  # a plain "an hour" that no half followed
            continue
        found.append(Quantity(round(value, 4), unit, bits[at].start, bits[upto - 1].end, ordinal))
        if unit == "pound" and upto + 1 < len(bits) and bits[upto].word in ("pound", "pounds"):
            upto = _pence(bits, upto + 1, found)
        at = upto
    return tuple(found)


def _pence(bits: list[_Bit], at: int, found: list[Quantity]) -> int:
    """Join "three pound fifty" into 3.5 pounds."""
    tail = _cardinal(bits, at)
    if tail is None or not 10 <= tail[0] < 100 or (tail[1] < len(bits) and _unit(bits, tail[1])[0]):
        return at
    last = found.pop()
    found.append(Quantity(last.value + tail[0] / 100, "pound", last.start, bits[tail[1] - 1].end))
    return tail[1]


def _read(bits: list[_Bit], at: int) -> tuple[float, int, str, bool] | None:
    word = bits[at].word
    following = bits[at + 1].word if at + 1 < len(bits) else ""
    if word == "£" and following[:1].isdigit():
        value, upto = float(following.replace(",", "") or 0), at + 2
        if upto < len(bits) and bits[upto].word in ("k", "grand"):
            value, upto = value * 1000, upto + 1
        return value, upto, "pound", False
    if word in ("a", "an") and _unit(bits, at + 1)[0] and [b.word for b in bits[at + 2 : at + 4]] == ["and", "a"]:
        return 1, at + 1, _unit(bits, at + 1)[0], False  # "an hour and a half": the half is added by the caller
    if word in _VULGAR:
        return _VULGAR[word], at + 1, _unit_after(bits, at + 1)[0], False
    if word in ("a", "an", "half", "quarter", "three") or word in _FRACTIONS:
        fraction = _fraction(bits, at)
        if fraction:
            return *fraction, False
    if word in ("a", "an") and following in ("hundred", "thousand", "dozen", "couple", "pair", "grand", "tenner", "fiver", "fortnight", "million"):
        at, word = at + 1, following
        if word in _SCALES and word != "grand":
            done = _cardinal(bits, at)
            if done:
                return *done, _unit_after(bits, done[1])[0], False
    if word in _FIXED:
        if word == "grand":
            return 1000, at + 1, "pound", False
        upto = at + 1
        if upto < len(bits) and bits[upto].word == "of" and word in ("couple", "pair"):
            upto += 1
        if upto < len(bits) and bits[upto].word in _SCALES and word == "couple":
            scale = _SCALES[bits[upto].word]
            return 2 * scale, upto + 1, _unit_after(bits, upto + 1)[0], False
        unit = {"fortnight": "day", "fortnights": "day", "fortnightly": "day", "tenner": "pound", "fiver": "pound", "once": "time", "twice": "time", "thrice": "time"}.get(word) or _unit_after(bits, upto)[0]
        return _FIXED[word], upto if upto <= at + 1 else at + 2, unit, False
    done = _ordinal(bits, at)
    if done:
        return *done, "", True
    done = _cardinal(bits, at)
    if done is None:
        return None
    value, upto = done
    if upto < len(bits) and bits[upto].word in ("dozen", "fortnight", "fortnights", "tenner", "tenners", "fivers"):
        scale = {"dozen": 12, "fortnight": 14, "fortnights": 14, "tenner": 10, "tenners": 10, "fivers": 5}[bits[upto].word]
        unit = "day" if scale == 14 else "pound" if scale in (5, 10) else ""
        return value * scale, upto + 1, unit, False
    unit, _ = _unit_after(bits, upto)
    if bits[upto - 1].word == "grand" or unit == "grand":
        return value if bits[upto - 1].word == "grand" else value * 1000, upto, "pound", False
    return value, upto, unit, False


def _fraction(bits: list[_Bit], at: int) -> tuple[float, int, str] | None:
    """Read "half an hour", "half a dozen", "a quarter of an hour", "three quarters of an hour"."""
    words = [b.word for b in bits[at : at + 6]] + [""] * 6
    times, here = 1.0, 0
    if words[0] in ("a", "an") and words[1] in ("half", "quarter", "third"):
        here = 1
    elif words[0] == "three" and words[1] in ("quarters",):
        times, here = 3.0, 1
    if words[here] not in _FRACTIONS or words[here].startswith("third"):
        return None
    if words[here + 1] in ("past", "to", "term", "terms", "brother", "sister", "way") or words[here + 1] in CARDINALS or (here == 0 and words[here] == "half" and words[1][:1].isdigit()):
        return None  # a clock time, a school holiday or a relation; rag.support.dates reads clock times
    value, here = times * _FRACTIONS[words[here]], here + 1
    if words[here] == "of":
        here += 1
    if words[here] in ("a", "an", "the"):
        here += 1
    if words[here] == "dozen":
        return value * 12, at + here + 1, ""
    unit = _unit(bits, at + here)[0]
    return (value, at + here, unit) if unit else (value, at + max(1, here - (words[here - 1] in ("a", "an", "the"))), "")


def _unit(bits: list[_Bit], at: int) -> tuple[str, int]:
    if at >= len(bits):
        return "", at
    word = bits[at].word
    if word == "per" and at + 1 < len(bits) and bits[at + 1].word == "cent":
        return "percent", at + 2
    if word == "%":
        return "percent", at + 1
    if word in ("p", "min", "mins", "mg", "ml", "kg", "hrs", "hr", "yrs"):
        return word, at + 1
    stemmed = "penc" if word in ("pence", "penny", "pennies") else "foot" if word == "feet" else stem(word)
    return (stemmed, at + 1) if stemmed in UNITS else ("", at)


def _unit_after(bits: list[_Bit], at: int) -> tuple[str, int]:
    """Return the unit right after a figure, past a hyphen or one word ("two whole weeks", "three-week")."""
    for skip in (0, 1):
        if at + skip < len(bits) and (skip == 0 or bits[at].word in ("-", "more", "whole", "full", "solid", "good", "odd", "extra", "of", "long", "separate", "different")):
            unit, upto = _unit(bits, at + skip)
            if unit:
                return unit, upto
    return "", at


def _and_a_half(bits: list[_Bit], at: int, value: float, unit: str) -> tuple[float, int, str]:
    """Read "two and a half", "an hour and a half", "four point five"."""
    words = [b.word for b in bits[at : at + 4]] + [""] * 4
    if words[0] == "point" and words[1] in CARDINALS:
        digits, here = "", at + 1
        while here < len(bits) and bits[here].word in CARDINALS and CARDINALS[bits[here].word] < 10:
            digits, here = digits + str(CARDINALS[bits[here].word]), here + 1
        if digits:
            return value + float("0." + digits), here, _unit_after(bits, here)[0] or unit
    skip = 1 if unit and words[0] and _unit(bits, at)[0] == unit else 0
    tail = words[skip : skip + 3]
    if tail[:2] == ["and", "a"] and tail[2] in ("half", "quarter"):
        upto = at + skip + 3
        return value + _FRACTIONS[tail[2]], upto, unit or _unit_after(bits, upto)[0]
    return value, at, unit


def _ordinal(bits: list[_Bit], at: int) -> tuple[float, int] | None:
    word = bits[at].word
    if word[0].isdigit() and at + 1 < len(bits) and bits[at + 1].word in ("st", "nd", "rd", "th") and bits[at + 1].start == bits[at].end:
        return float(word.replace(",", "")), at + 2
    if word in ORDINALS:
        return float(ORDINALS[word]), at + 1
    if word in CARDINALS and CARDINALS[word] >= 20:
        here = at + 1 + (at + 1 < len(bits) and bits[at + 1].word == "-")
        if here < len(bits) and 1 <= ORDINALS.get(bits[here].word, 0) <= 9:
            return float(CARDINALS[word] + ORDINALS[bits[here].word]), here + 1
    return None


def _cardinal(bits: list[_Bit], at: int) -> tuple[float, int] | None:
    word = bits[at].word
    if word[0].isdigit():
        value, here = float(word.replace(",", "").rstrip(".") or 0), at + 1
        if here < len(bits) and bits[here].word in ("hundred", "thousand", "million", "grand", "k"):
            value, here = value * {"k": 1000}.get(bits[here].word, _SCALES.get(bits[here].word, 1)), here + 1
        return value, here
    if word not in CARDINALS and word not in _SCALES:
        return None
    total, group, here, last = 0.0, 0.0, at, -1
    while here < len(bits):
        word = bits[here].word
        if word in _SCALES:
            group = (group or 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, group = total + group, 0.0
            last = 100
        elif word in CARDINALS:
            value = CARDINALS[word]
            if last in (100,) or last == -1 or (20 <= last < 100 and last % 10 == 0 and 0 < value < 10):
                group, last = group + value, value
            elif last in (19, 20) and 10 <= value < 100 and total == 0 and group in (19, 20):
                group, last = group * 100 + value, (value if value % 10 == 0 else 1000)  # nineteen forty-two, twenty twenty-four
            elif group >= 1000 and last >= 20 and last % 10 == 0 and 0 < value < 10:
                group, last = group + value, value
            else:
                break
        elif word == "and" and last == 100 and here + 1 < len(bits) and bits[here + 1].word in CARDINALS:
            pass
        elif word == "-" and last >= 20 and here + 1 < len(bits) and bits[here + 1].word in CARDINALS and bits[here].start == bits[here - 1].end:
            pass
        else:
            break
        here += 1
    return total + group, here
