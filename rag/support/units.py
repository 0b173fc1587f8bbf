"""Units of figures: which class each belongs to, and how to read one after a figure."""

from __future__ import annotations

from rag.support.number_words import Bit
from rag.support.words import stem

# unit → (class, factor to the class's base: minutes, pounds, …)
UNITS: dict[str, tuple[str, float]] = {
    "second": ("time", 1 / 60),
    "minut": ("time", 1),
    "min": ("time", 1),
    "mins": ("time", 1),
    "hour": ("time", 60),
    "hr": ("time", 60),
    "hrs": ("time", 60),
    "day": ("time", 1440),
    "night": ("time", 1440),
    "week": ("time", 10080),
    "wk": ("time", 10080),
    "fortnight": ("time", 20160),
    "month": ("time", 43800),
    "year": ("time", 525600),
    "yr": ("time", 525600),
    "pound": ("money", 1),
    "quid": ("money", 1),
    "tenner": ("money", 1),
    "fiver": ("money", 1),
    "grand": ("money", 1),
    "penc": ("money", 0.01),
    "penni": ("money", 0.01),
    "p": ("money", 0.01),
    "percent": ("percent", 1),
    "%": ("percent", 1),
    "per cent": ("percent", 1),
    "mile": ("length", 1609),
    "metr": ("length", 1),
    "yard": ("length", 0.914),
    "feet": ("length", 0.305),
    "foot": ("length", 0.305),
    "inch": ("length", 0.0254),
    "stone": ("stone", 1),
    "lb": ("lb", 1),
    "kilo": ("weight", 1),
    "kg": ("weight", 1),
    "kilogram": ("weight", 1),
    "gram": ("mass", 1),
    "milligram": ("mass", 0.001),
    "mg": ("mass", 0.001),
    "millilitr": ("volume", 1),
    "ml": ("volume", 1),
    "pint": ("volume", 568),
    "litr": ("volume", 1000),
    "degre": ("degree", 1),
    "bedroom": ("bedroom", 1),
    "time": ("times", 1),
    "occas": ("times", 1),
}


def unit_at(bits: list[Bit], at: int) -> tuple[str, int]:
    """Return the unit that stands at ``at`` ("" when none) and where it ends."""
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


def unit_after(bits: list[Bit], at: int) -> tuple[str, int]:
    """Return the unit right after a figure, past a hyphen or one word ("two whole weeks", "three-week")."""
    for skip in (0, 1):
        if at + skip < len(bits) and (
            skip == 0
            or bits[at].word
            in (
                "-",
                "more",
                "whole",
                "full",
                "solid",
                "good",
                "odd",
                "extra",
                "of",
                "long",
                "separate",
                "different",
            )
        ):
            unit, upto = unit_at(bits, at + skip)
            if unit:
                return unit, upto
    return "", at
