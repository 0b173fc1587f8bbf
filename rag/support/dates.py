"""Days, dates and times in British speech, as values that can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.support.binding import Item
from rag.support.clock_times import clock_times
from rag.support.quantities import quantities
from rag.support.spans import spans
from rag.support.text import fold

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_SHORT_MONTHS = {m[:3]: i for i, m in enumerate(_MONTHS, 1) if m not in ("may", "march")} | {"sept": 9}
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<d>0?[1-9]|[12]\d|3[01])[/.-](?P<m>0?[1-9]|1[0-2])(?:[/.-](?P<y>(?:19|"
    r"20)?\d\d))?(?![\d.]*\d)"
)
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b")
_RELATIVE: tuple[tuple[str, tuple[str, int]], ...] = (
    (r"day before yesterday|two days (?:ago|before|earlier)", ("day", -2)),
    (r"day after tomorrow", ("day", 2)),
    (
        (
            r"yesterday|last night|(?:the )?(?:previous|day before|night before|"
            r"evening before)(?: (?:day|night|evening))?(?= |$|[.,])(?! (?:the|"
            r"it|that|he|she|they|we|i|week|month|year))"
        ),
        ("day", -1),
    ),
    (
        (
            r"tomorrow|(?:the )?(?:following|next) (?:day|morning|evening|"
            r"night)|day after(?! (?:the|it|that|he|she|they|we|i)\b)"
        ),
        ("day", 1),
    ),
    (
        r"today|tonight|this (?:morning|afternoon|evening)|earlier on|just now|same day|day of the visit",
        ("day", 0),
    ),
) + tuple(
    (rf"(?:{words}){'' if words.endswith(')?') else ' '}{unit}s?{extra}", (unit, offset))
    for unit in (
        "week",
        "weekend",
        "month",
        "year",
        "summer",
        "winter",
        "spring",
        "autumn",
        "term",
        "christmas",
        "easter",
        *_DAYS,
        *_MONTHS,
    )
    for offset, words, extra in (
        (-2, "(?:the )?", " before last"),
        (-1, "last|previous|past|the previous", r"(?! (?:or so|few))"),
        (0, "this", ""),
        (1, "next|following|coming|the following|this coming", ""),
        (2, "(?:the )?", " after next"),
    )
)
_FESTIVAL = re.compile(
    r"\b(christmas|easter|ramadan|eid|diwali|hanukkah|passover|new year(?:'s)?|"
    r"bonfire night|halloween|half[- ]term|bank holiday|"
    r"mother's day|father's day|boxing day|pancake day|summer|winter|autumn|spring(?! clean))\b"
)
_PARTS = {
    "morning": "morning",
    "breakfast": "morning",
    "breakfast-time": "morning",
    "am": "morning",
    "afternoon": "afternoon",
    "lunchtime": "midday",
    "dinnertime": "midday",
    "evening": "evening",
    "night": "night",
    "overnight": "night",
    "teatime": "evening",
    "bedtime": "night",
    "tonight": "night",
    "noon": "midday",
    "midday": "midday",
}
_PART = re.compile(
    r"\b(mornings?|afternoons?|evenings?|nights?|overnight|lunchtimes?|teatimes?|bedtimes?|breakfasts?|midday|"
    r"tonight)\b"
)
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|of|last|next|since|by|until|till|this|early|late|"
    r"mid|from|to|every|during|before|after|around|about|for|and|"
    r"or|end of|start of)\s+(?:mid[- ]|early |late |the )?|\d(?:st|"
    r"nd|rd|th)?\s*|(?:first|second|third|[a-z]{2,}th|[a-z]+-first|"
    r"[a-z]+-second|[a-z]+-third)\s+)$"
)
@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Item, ...]:
    """Return every weekday, month, day of a month, relative day, festival, part of day and frequency."""
    folded, found = fold(text), list(clock_times(text))
    for m in re.finditer(
        r"\b(" + "|".join(_DAYS) + "|" + "|".join(sorted(_SHORT_DAYS, key=len, reverse=True)) + r")(?:s|'s|s')?\b",
        folded,
    ):
        word = m.group(1)
        if word in _DAYS or (text[m.start()].isupper() and word not in ("sat", "sun", "wed")):
            found.append(Item("weekday", _DAYS.index(word) if word in _DAYS else _SHORT_DAYS[word], m.start(), m.end()))
    months = [
        m
        for m in re.finditer(r"\b(" + "|".join(_MONTHS + sorted(_SHORT_MONTHS, key=len, reverse=True)) + r")(?:'s)?\b", folded)
        if _is_month(m, text, folded)
    ]
    for m in months:
        found.append(Item("month", _month(m.group(1)), m.start(), m.end()))
    found += _days_of_month(folded, months)
    for pattern in (_NUMERIC, _ISO):
        for m in pattern.finditer(folded):
            if "/" in m.group() or "-" in m.group() and m["y"] or m["y"]:
                found += [
                    Item("day", (int(m["d"]), int(m["m"])), m.start(), m.end()),
                    Item("month", int(m["m"]), m.start(), m.end()),
                ]
    found += _longest([Item("relative", key, m.start(), m.end()) for p, key in _relatives() for m in p.finditer(folded)])
    found += [
        Item("festival", re.sub(r"[- ]", " ", m.group()).replace("new year's", "new year"), m.start(), m.end())
        for m in _FESTIVAL.finditer(folded)
    ]
    found += spans(text)
    found += [Item("part", _PARTS[m.group().rstrip("s")], m.start(), m.end()) for m in _PART.finditer(folded)]
    return tuple(found)


def _longest(found: list[Item]) -> list[Item]:
    """Keep the longest of overlapping readings."""
    kept: list[Item] = []
    for item in sorted(found, key=lambda i: i.start - i.end):
        if not any(item.start < k.end and k.start < item.end for k in kept):
            kept.append(item)
    return kept


@lru_cache(maxsize=1)
def _relatives() -> tuple[tuple[re.Pattern[str], tuple[str, int]], ...]:
    return tuple((re.compile(rf"\b(?:{p})\b"), key) for p, key in _RELATIVE)


def _month(word: str) -> int:
    return _MONTHS.index(word) + 1 if word in _MONTHS else _SHORT_MONTHS[word]


def _is_month(m: re.Match[str], text: str, folded: str) -> bool:
    word = m.group(1)
    if word in ("may", "march") or word in _SHORT_MONTHS:
        led = bool(_MONTH_BEFORE.search(folded[: m.start()]))
        followed = bool(re.match(r"\s+(?:the\s+)?\d|\s+the\s+[a-z]+", folded[m.end() :])) and text[m.start()].isupper()
        return (led or followed) and (text[m.start()].isupper() or word == "may" and led or word == "march" and led)
    return True


def _days_of_month(folded: str, months: list[re.Match[str]]) -> list[Item]:
    found = []
    for q in quantities(folded):
        if not 1 <= q.value <= 31 or q.value != int(q.value):
            continue
        after = re.compile(r"(?: day)?(?: of)?\s+$")
        near = next((m for m in months if q.end < m.start() and after.fullmatch(folded[q.end : m.start()])), None) or next(
            (
                m
                for m in months
                if m.end() < q.start and re.fullmatch(r"\s+(?:the\s+)?", folded[m.end() : q.start]) and (q.ordinal or not q.unit)
            ),
            None,
        )
        if near is not None:
            found.append(
                Item(
                    "day",
                    (int(q.value), _month(near.group(1))),
                    min(q.start, near.start()),
                    max(q.end, near.end()),
                )
            )
        elif q.ordinal and _is_day(folded, q.start, q.end, q.value):
            found.append(Item("day", (int(q.value), 0), q.start, q.end))
    return found


def _is_day(folded: str, start: int, end: int, value: float) -> bool:
    """Say whether an ordinal alone is a day ("on the ninth") and not a count ("his eighth move")."""
    before, after = folded[:start], folded[end:]
    if re.match(r"\s+of the month", after):
        return True
    led = re.search(r"\b(?:the|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?)\s+$", before)
    counted = re.match(
        (
            r"\s+(?!at|and|or|to|for|because|so|but|when|which|that|is|was|"
            r"it|she|he|they|we|i|this|then|if|in|of|by|from|about|with|"
            r"as|on|until|till)[a-z]"
        ),
        after,
    )
    return bool(led) and not counted and (value > 3 or not re.match(r"\s*,?\s*(?:is|was|and)\b", after))
