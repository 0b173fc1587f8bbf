"""How often: "every week", "twice a day", "monthly", "every other day"."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.support.binding import Item
from rag.support.number_words import CARDINALS
from rag.support.text import fold

_FREQ = {
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
    "hourly": "hour",
    "quarterly": "quarter",
}
_EVERY = re.compile(
    r"\b(?:(?:every|each|a|per|an) (?P<u>day|night|week|fortnight|"
    r"month|year|hour|quarter)|every (?P<o>other|second|two|three|"
    r"four|five|six|2|3|4|5|6) (?P<ou>days?|nights?|weeks?|months?|"
    r"years?|hours?)|(?P<ly>daily|nightly|(?:bi-?)?weekly|fortnightly|"
    r"monthly|yearly|annually|hourly|quarterly))\b"
)


@lru_cache(maxsize=4096)
def frequencies(text: str) -> tuple[Item, ...]:
    """Return how often: the unit of "every week", "twice a day", "monthly", "every other day"."""
    found = []
    for m in _EVERY.finditer(fold(text)):
        if m["u"]:
            key: tuple[str, int] = (m["u"], 1)
        elif m["o"]:
            count = {"other": 2, "second": 2}.get(m["o"]) or (int(m["o"]) if m["o"].isdigit() else int(CARDINALS[m["o"]]))
            key = (m["ou"].rstrip("s"), count)
        else:
            key = (_FREQ.get(m["ly"], "fortnight"), 1)
        key = ("fortnight", 1) if key == ("week", 2) else ("day", 1) if key == ("night", 1) else key
        found.append(Item("frequency", key, m.start(), m.end()))
    return tuple(found)
