"""Reading figures out of words: "two hundred and fifty", "a couple", "half a stone", "£3.50", "fortnight"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.support.number_words import CARDINALS, SCALES, Bit, bits_of, cardinal, ordinal
from rag.support.units import UNITS, unit_after, unit_at

_FIXED = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "dozen": 12,
    "couple": 2,
    "pair": 2,
    "both": 2,
    "fortnight": 14,
    "fortnights": 14,
    "tenner": 10,
    "fiver": 5,
    "fortnightly": 14,
    "double": 2,
    "treble": 3,
    "triple": 3,
    "twins": 2,
    "single": 1,
}
_FRACTIONS = {"half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3}
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


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return every figure of ``text`` in order; telephone numbers are left to callers."""
    bits, found, at = bits_of(text), [], 0
    while at < len(bits):
        glued = (
            bits[at].word[0].isdigit()
            and at > 0
            and bits[at - 1].end == bits[at].start
            and bits[at - 1].word.isalpha()
        )
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


def _pence(bits: list[Bit], at: int, found: list[Quantity]) -> int:
    """Join "three pound fifty" into 3.5 pounds."""
    tail = cardinal(bits, at)
    if tail is None or not 10 <= tail[0] < 100 or (tail[1] < len(bits) and unit_at(bits, tail[1])[0]):
        return at
    last = found.pop()
    found.append(Quantity(last.value + tail[0] / 100, "pound", last.start, bits[tail[1] - 1].end))
    return tail[1]


def _read(bits: list[Bit], at: int) -> tuple[float, int, str, bool] | None:
    word = bits[at].word
    following = bits[at + 1].word if at + 1 < len(bits) else ""
    if word == "£" and following[:1].isdigit():
        value, upto = float(following.replace(",", "") or 0), at + 2
        if upto < len(bits) and bits[upto].word in ("k", "grand"):
            value, upto = value * 1000, upto + 1
        return value, upto, "pound", False
    if (
        word in ("a", "an")
        and unit_at(bits, at + 1)[0]
        and [b.word for b in bits[at + 2 : at + 4]] == ["and", "a"]
    ):
        return (
            1,
            at + 1,
            unit_at(bits, at + 1)[0],
            False,
        )  # "an hour and a half": the half is added by the caller
    if word in ("hour", "mile", "stone", "pint") and [b.word for b in bits[at + 1 : at + 4]] == ["and", "a", "half"]:
        return 1, at + 1, unit_at(bits, at)[0], False
    if word in _VULGAR:
        return _VULGAR[word], at + 1, unit_after(bits, at + 1)[0], False
    if word in ("a", "an", "half", "quarter", "three") or word in _FRACTIONS:
        fraction = _fraction(bits, at)
        if fraction:
            return *fraction, False
    if word in ("a", "an") and following in (
        "hundred",
        "thousand",
        "dozen",
        "couple",
        "pair",
        "grand",
        "tenner",
        "fiver",
        "fortnight",
        "million",
    ):
        at, word = at + 1, following
        if word in SCALES and word != "grand":
            done = cardinal(bits, at)
            if done:
                return *done, unit_after(bits, done[1])[0], False
    if word in _FIXED:
        if word == "grand":
            return 1000, at + 1, "pound", False
        upto = at + 1
        if upto < len(bits) and bits[upto].word == "of" and word in ("couple", "pair"):
            upto += 1
        if upto < len(bits) and bits[upto].word in SCALES and word == "couple":
            scale = SCALES[bits[upto].word]
            return 2 * scale, upto + 1, unit_after(bits, upto + 1)[0], False
        unit = {
            "fortnight": "day",
            "fortnights": "day",
            "fortnightly": "day",
            "tenner": "pound",
            "fiver": "pound",
            "once": "time",
            "twice": "time",
            "thrice": "time",
        }.get(word) or unit_after(bits, upto)[0]
        return _FIXED[word], upto if upto <= at + 1 else at + 2, unit, False
    done = ordinal(bits, at)
    if done:
        return *done, "", True
    done = cardinal(bits, at)
    if done is None:
        return None
    value, upto = done
    if upto < len(bits) and bits[upto].word in (
        "dozen",
        "fortnight",
        "fortnights",
        "tenner",
        "tenners",
        "fivers",
    ):
        scale = {"dozen": 12, "fortnight": 14, "fortnights": 14, "tenner": 10, "tenners": 10, "fivers": 5}[
            bits[upto].word
        ]
        unit = "day" if scale == 14 else "pound" if scale in (5, 10) else ""
        return value * scale, upto + 1, unit, False
    unit, _ = unit_after(bits, upto)
    if bits[upto - 1].word == "grand" or unit == "grand":
        return value if bits[upto - 1].word == "grand" else value * 1000, upto, "pound", False
    return value, upto, unit, False


def _fraction(bits: list[Bit], at: int) -> tuple[float, int, str] | None:
    """Read "half an hour", "half a dozen", "a quarter of an hour", "three quarters of an hour"."""
    words = [b.word for b in bits[at : at + 6]] + [""] * 6
    times, here = 1.0, 0
    if words[0] in ("a", "an") and words[1] in ("half", "quarter", "third"):
        here = 1
    elif words[0] == "three" and words[1] in ("quarters",):
        times, here = 3.0, 1
    if words[here] not in _FRACTIONS or words[here].startswith("third"):
        return None
    if (
        words[here + 1] in ("past", "to", "term", "terms", "brother", "sister", "way")
        or words[here + 1] in CARDINALS
        or (here == 0 and words[here] == "half" and words[1][:1].isdigit())
    ):
        return None  # a clock time, a school holiday or a relation; rag.support.dates reads clock times
    value, here = times * _FRACTIONS[words[here]], here + 1
    if words[here] == "of":
        here += 1
    if words[here] in ("a", "an", "the"):
        here += 1
    if words[here] == "dozen":
        return value * 12, at + here + 1, ""
    unit = unit_at(bits, at + here)[0]
    return (
        (value, at + here, unit)
        if unit
        else (value, at + max(1, here - (words[here - 1] in ("a", "an", "the"))), "")
    )


def _and_a_half(bits: list[Bit], at: int, value: float, unit: str) -> tuple[float, int, str]:
    """Read "two and a half", "an hour and a half", "four point five"."""
    words = [b.word for b in bits[at : at + 4]] + [""] * 4
    if words[0] == "point" and words[1] in CARDINALS:
        digits, here = "", at + 1
        while here < len(bits) and bits[here].word in CARDINALS and CARDINALS[bits[here].word] < 10:
            digits, here = digits + str(CARDINALS[bits[here].word]), here + 1
        if digits:
            return value + float("0." + digits), here, unit_after(bits, here)[0] or unit
    skip = 1 if unit and words[0] and unit_at(bits, at)[0] == unit else 0
    tail = words[skip : skip + 3]
    if tail[:2] == ["and", "a"] and tail[2] in ("half", "quarter"):
        upto = at + skip + 3
        return value + _FRACTIONS[tail[2]], upto, unit or unit_after(bits, upto)[0]
    return value, at, unit
