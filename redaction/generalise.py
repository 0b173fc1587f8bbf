"""Coarser values in place of quasi-identifiers: year, month, postcode district, age band."""

from __future__ import annotations

import re

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_REST = {"September": r"t(?:ember|\.?)"}
"""what may follow the first three letters, where that is more than the rest of the name"""
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})[./ |-](\d{1,2})[./ |-](\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./ |-](\d{1,2})[./ |-](?:\d{4}|\d{2})(?!\d)")
_DISTRICT = re.compile(r"^\s*([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}\s*$", re.I)
_AGE = re.compile(r"\d{1,3}")
BANDS = ((0, 4), (5, 10), (11, 15), (16, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84))
"""ages; from 85 on one band, because few people are older and a figure would name them"""


def year(value: str) -> str | None:
    """Return the year of a date in British form, or None when it says none. Two digits over 30 are 19xx."""
    if found := _YEAR.search(value):
        return found.group(1)
    if found := _SHORT.search(value):
        short = int(found.group(3))
        return str(1900 + short if short > 30 else 2000 + short)
    return None


def month(value: str) -> str | None:
    """Return month and year ("March 2024"), the year alone, the month alone, or None."""
    name = next((m for m in _MONTHS if re.search(rf"(?<![a-z]){m[:3]}(?:{_REST.get(m, m[3:])}|\.?)(?![a-z])", value, re.I)), "")
    if not name and (found := _NUMERIC.search(value)) and 1 <= int(found.group(2)) <= 12:
        name = _MONTHS[int(found.group(2)) - 1]
    return " ".join(part for part in (name, year(value) or "") if part) or None


def district(value: str) -> str | None:
    """Return the outward half of a postcode, or None for what is none."""
    found = _DISTRICT.match(value)
    return found.group(1).upper() if found else None


def band(value: str) -> str | None:
    """Return the band of an age in years ("35–44", "85 or over"), or None when it has no figure."""
    found = _AGE.search(value)
    if not found:
        return None
    if re.search(r"month|week|day|mth|wk", value, re.I):
        return "under 5"
    age = int(found.group())
    for low, high in BANDS:
        if low <= age <= high:
            return "under 5" if low == 0 else f"{low}\u2013{high}"
    return "85 or over" if age < 130 else None


GENERALISE = {"year": year, "month": month, "district": district, "band": band}
