"""Days, dates and times in British speech, as values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rag.support.binding import Item
from rag.support.quantities import CARDINALS, quantities
from rag.support.text import fold

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_SHORT_MONTHS = {m[:3]: i for i, m in enumerate(_MONTHS, 1) if m not in ("may", "march")} | {"sept": 9}
_HOURS = {w: v for w, v in CARDINALS.items() if 1 <= v <= 12}
_HOUR = r"(?:1[0-2]|0?[1-9]|" + "|".join(sorted(_HOURS, key=len, reverse=True)) + r")(?:\s*o'?clock)?"
_MINUTE = r"(?:\d{1,2}|five|ten|twenty[- ]five|twenty|quarter)(?: minutes?)?"
_WHEN = r"(?:\s*(?P<m>a\.?m\b\.?|p\.?m\b\.?)|(?:,? (?:in the|at|this|that|every|each) (?P<part>morning|mornings|afternoon|evening|night|lunchtime|teatime))|(?: (?P<ton>tonight)))?"
_PREP = r"(?:at|by|about|around|round|for|from|to|until|till|before|after|since|between|gone|nearly|past|and|approximately|was|is|it's|say)"
_PAST_TO = re.compile(rf"\b(?:(?P<half>half)(?: past)?|(?:a )?(?P<min>{_MINUTE}) (?P<dir>past|to|before|after)) (?P<h>{_HOUR}|noon|midday|midnight)\b{_WHEN}")
_DIGITAL = re.compile(rf"(?<![£\d.,])\b(?P<h>[01]?\d|2[0-3])[:.](?P<min>[0-5]\d)(?!%|\d| ?(?:stone|per|kg|million|miles))(?:\s*o'?clock)?{_WHEN}")
_SPOKEN = re.compile(rf"\b(?P<h>{_HOUR})[ -](?P<min>oh[ -]five|fifteen|thirty[- ]five|thirty|forty[- ]five|forty|fifty[- ]five|fifty|twenty[- ]five|twenty|ten){_WHEN}(?!\w| (?:of|pounds?|quid|hours?|minutes?|days?|weeks?|months?|years?|times?|miles?|percent|per))")
_BARE = re.compile(rf"\b(?P<h>{_HOUR}){_WHEN}(?!\w|[.:,]\d)")
_WORDS = re.compile(r"\b(noon|midday|midnight)\b")
_NUMERIC = re.compile(r"(?<![\d.])(?P<d>0?[1-9]|[12]\d|3[01])[/.-](?P<m>0?[1-9]|1[0-2])(?:[/.-](?P<y>(?:19|20)?\d\d))?(?![\d.]*\d)")
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b")
_RELATIVE: tuple[tuple[str, tuple[str, int]], ...] = (
    (r"day before yesterday|two days (?:ago|before|earlier)", ("day", -2)),
    (r"day after tomorrow", ("day", 2)),
    (r"yesterday|last night|(?:the )?(?:previous|day before|night before|evening before)(?: (?:day|night|evening))?(?= |$|[.,])(?! (?:the|it|that|he|she|they|we|i|week|month|year))", ("day", -1)),
    (r"tomorrow|(?:the )?(?:following|next) (?:day|morning|evening|night)|day after(?! (?:the|it|that|he|she|they|we|i)\b)", ("day", 1)),
    (r"today|tonight|this (?:morning|afternoon|evening)|earlier on|just now|same day|day of the visit", ("day", 0)),
) + tuple(
    (rf"(?:{words}){'' if words.endswith(')?') else ' '}{unit}s?{extra}", (unit, offset))
    for unit in ("week", "weekend", "month", "year", "summer", "winter", "spring", "autumn", "term", "christmas", "easter", *_DAYS, *_MONTHS)
    for offset, words, extra in (
        (-2, "(?:the )?", " before last"),
        (-1, "last|previous|past|the previous", r"(?! (?:or so|few))"),
        (0, "this", ""),
        (1, "next|following|coming|the following|this coming", ""),
        (2, "(?:the )?", " after next"),
    )
)
_FESTIVAL = re.compile(
    r"\b(christmas|easter|ramadan|eid|diwali|hanukkah|passover|new year(?:'s)?|bonfire night|halloween|half[- ]term|bank holiday|"
    r"mother's day|father's day|boxing day|pancake day|summer|winter|autumn|spring(?! clean))\b"
)
_PARTS = {"morning": "morning", "breakfast": "morning", "breakfast-time": "morning", "am": "morning", "afternoon": "afternoon", "lunchtime": "midday", "dinnertime": "midday",
          "evening": "evening", "night": "night", "overnight": "night", "teatime": "evening", "bedtime": "night", "tonight": "night", "noon": "midday", "midday": "midday"}
_PART = re.compile(r"\b(mornings?|afternoons?|evenings?|nights?|overnight|lunchtimes?|teatimes?|bedtimes?|midday|tonight)\b")
_MONTH_BEFORE = re.compile(r"(?:\b(?:in|of|last|next|since|by|until|till|this|early|late|mid|from|to|every|during|before|after|around|about|for|and|or|end of|start of)\s+(?:mid[- ]|early |late |the )?|\d(?:st|nd|rd|th)?\s*|(?:first|second|third|[a-z]{2,}th|[a-z]+-first|[a-z]+-second|[a-z]+-third)\s+)$")
_FREQ = {"daily": "day", "nightly": "night", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "yearly": "year", "annually": "year", "annual": "year", "hourly": "hour", "quarterly": "quarter"}
_EVERY = re.compile(r"\b(?:(?:every|each|a|per|an) (?P<u>day|night|week|fortnight|month|year|hour|quarter)|every (?P<o>other|second|two|three|four|five|six|2|3|4|5|6) (?P<ou>days?|nights?|weeks?|months?|years?|hours?)|(?P<ly>daily|nightly|(?:bi-?)?weekly|fortnightly|monthly|yearly|annually|hourly|quarterly))\b")


def _hour(text: str) -> int:
    word = re.sub(r"\s*o'?clock$", "", text)
    return {"noon": 12, "midday": 12, "midnight": 0}.get(word, _HOURS.get(word, 0)) or (int(word) if word.isdigit() else 0)


def _minute(text: str) -> int:
    word = re.sub(r" minutes?$", "", text).replace("-", " ")
    if word == "quarter":
        return 15
    if word.startswith("oh"):
        return 5
    return int(word) if word.isdigit() else int(sum(CARDINALS.get(w, 0) for w in word.split()))


def _meridiem(match: re.Match[str], hour: int) -> str:
    said = (match.groupdict().get("m") or "").replace(".", "")
    if said or hour > 12:
        return said or "pm"
    part = (match.groupdict().get("part") or match.groupdict().get("ton") or "").rstrip("s")
    if not part:
        return ""
    if part == "night":
        return "pm" if 5 < hour < 12 else "am"
    return {"morning": "am"}.get(part, "pm")


@lru_cache(maxsize=4096)
def clock_times(text: str) -> tuple[Item, ...]:
    """Return the clock times said in ``text``; the key is minutes into the half day, and "am", "pm" or ""."""
    folded, found, used = fold(text), [], [False] * (len(text) + 1)

    def add(match: re.Match[str], minutes: int, hour: int, end: int | None = None) -> None:
        stop = end or match.end()
        if any(used[match.start() : stop]):
            return
        used[match.start() : stop] = [True] * (stop - match.start())
        found.append(Item("time", (minutes % 720, _meridiem(match, hour)), match.start(), stop))

    for m in _PAST_TO.finditer(folded):
        hour, minute = _hour(m["h"]), 30 if m["half"] else _minute(m["min"])
        add(m, hour * 60 + (-minute if m["dir"] in ("to", "before") else minute), hour)
    for m in _DIGITAL.finditer(folded):
        add(m, int(m["h"]) * 60 + int(m["min"]), int(m["h"]))
    for m in _SPOKEN.finditer(folded):
        if m["m"] or m["part"] or re.search(rf"\b{_PREP} $", folded[: m.start()]):
            add(m, _hour(m["h"]) * 60 + _minute(m["min"]), _hour(m["h"]))
    for m in _BARE.finditer(folded):
        before, after = folded[: m.start()], folded[m.end() :]
        marked = m["m"] or "clock" in m["h"] or (m["part"] and re.search(r"(?:in the|at) [a-z]+$", m.group()))
        led = re.search(r"\b(?:at|by|until|till|gone|before|after|from|since|around|about) (?:about |around |roughly |nearly |just after |just before )?$", before)
        counted = re.match(r"\s*(?:[-%]|(?:st|nd|rd|th)\b|and a|or|to (?:\d|[a-z]+ [a-z]+s\b)|[a-z]+)", after) and not re.match(
            r"\s*(?:in the|at night|every|each|on|to|till|until|for|and(?! a)|or|because|when|with|she|he|they|i|we|most|and|this|that|so|but|if|sharp|ish|tomorrow|today|prompt|again|then|now)\b", after)
        if marked or (led and not counted and not re.search(r"[£\d.]$", before)):
            add(m, _hour(m["h"]) * 60, _hour(m["h"]))
    for m in _WORDS.finditer(folded):
        if not any(used[m.start() : m.end()]):
            found.append(Item("time", (0, "am" if m.group() == "midnight" else "pm"), m.start(), m.end()))
    return tuple(sorted(found, key=lambda i: i.start))


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Item, ...]:
    """Return every weekday, month, day of a month, relative day, festival, part of day and frequency."""
    folded, found = fold(text), list(clock_times(text))
    for m in re.finditer(r"\b(" + "|".join(_DAYS) + "|" + "|".join(sorted(_SHORT_DAYS, key=len, reverse=True)) + r")(?:s|'s|s')?\b", folded):
        word = m.group(1)
        if word in _DAYS or (text[m.start()].isupper() and word not in ("sat", "sun", "wed")):
            found.append(Item("weekday", _DAYS.index(word) if word in _DAYS else _SHORT_DAYS[word], m.start(), m.end()))
    months = [m for m in re.finditer(r"\b(" + "|".join(_MONTHS + sorted(_SHORT_MONTHS, key=len, reverse=True)) + r")(?:'s)?\b", folded) if _is_month(m, text, folded)]
    for m in months:
        found.append(Item("month", _month(m.group(1)), m.start(), m.end()))
    found += _days_of_month(folded, months)
    for pattern in (_NUMERIC, _ISO):
        for m in pattern.finditer(folded):
            if "/" in m.group() or "-" in m.group() and m["y"] or m["y"]:
                found += [Item("day", (int(m["d"]), int(m["m"])), m.start(), m.end()), Item("month", int(m["m"]), m.start(), m.end())]
    found += _longest([Item("relative", key, m.start(), m.end()) for p, key in _relatives() for m in p.finditer(folded)])
    found += [Item("festival", re.sub(r"[- ]", " ", m.group()).replace("new year's", "new year"), m.start(), m.end()) for m in _FESTIVAL.finditer(folded)]
    found += [Item("part", _PARTS[m.group().rstrip("s")], m.start(), m.end()) for m in _PART.finditer(folded)]
    return tuple(found)


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
            (m for m in months if m.end() < q.start and re.fullmatch(r"\s+(?:the\s+)?", folded[m.end() : q.start]) and (q.ordinal or not q.unit)), None
        )
        if near is not None:
            found.append(Item("day", (int(q.value), _month(near.group(1))), min(q.start, near.start()), max(q.end, near.end())))
        elif q.ordinal and _is_day(folded, q.start, q.end, q.value):
            found.append(Item("day", (int(q.value), 0), q.start, q.end))
    return found


def _is_day(folded: str, start: int, end: int, value: float) -> bool:
    """Say whether an ordinal without a month is a day ("on the ninth") and not a count ("his eighth move")."""
    before, after = folded[:start], folded[end:]
    if re.match(r"\s+of the month", after):
        return True
    led = re.search(r"\b(?:the|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?)\s+$", before)
    counted = re.match(r"\s+(?!at|and|or|to|for|because|so|but|when|which|that|is|was|it|she|he|they|we|i|this|then|if|in|of|by|from|about|with|as|on|until|till)[a-z]", after)
    return bool(led) and not counted and (value > 3 or not re.match(r"\s*,?\s*(?:is|was|and)\b", after))


def same_time(stated: tuple[int, str], said: tuple[int, str]) -> bool:
    """Say whether two clock times agree; an unsaid half of the day agrees with both."""
    return stated[0] == said[0] and (not stated[1] or not said[1] or stated[1] == said[1])


Reader = Callable[[str], tuple[Item, ...]]
