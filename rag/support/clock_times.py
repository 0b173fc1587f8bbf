"""Clock times in British speech: "half past four", "half four", "quarter to six", 4.30pm, 16:30."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.support.binding import Item
from rag.support.number_words import CARDINALS
from rag.support.text import fold

_HOURS = {w: v for w, v in CARDINALS.items() if 1 <= v <= 12}
_HOUR = r"(?:1[0-2]|0?[1-9]|" + "|".join(sorted(_HOURS, key=len, reverse=True)) + r")(?:\s*o'?clock)?"
_MINUTE = r"(?:\d{1,2}|five|ten|twenty[- ]five|twenty|quarter)(?: minutes?)?"
_WHEN = (
    r"(?:\s*(?P<m>a\.?m\b\.?|p\.?m\b\.?)|(?:,? (?:in the|at|this|"
    r"that|every|each) (?P<part>morning|mornings|afternoon|evening|"
    r"night|lunchtime|teatime))|(?: (?P<ton>tonight)))?"
)
_PREP = (
    r"(?:at|by|about|around|round|for|from|to|until|till|before|"
    r"after|since|between|gone|nearly|past|and|approximately|was|"
    r"is|it's|say)"
)
_PAST_TO = re.compile(
    rf"\b(?:(?P<half>half)(?: past)?|(?:a )?(?P<min>{_MINUTE}) (?P<dir>past|"
    rf"to|before|after)) (?P<h>{_HOUR}|noon|midday|midnight)\b{_WHEN}"
)
_DIGITAL = re.compile(
    r"(?<![£\d.,])\b(?P<h>[01]?\d|2[0-3])[:.](?P<min>[0-5]\d)(?!%|"
    rf"\d| ?(?:stone|per|kg|million|miles))(?:\s*o'?clock)?{_WHEN}"
)
_SPOKEN = re.compile(
    rf"\b(?P<h>{_HOUR})[ -](?P<min>oh[ -]five|fifteen|thirty[- ]five|"
    r"thirty|forty[- ]five|forty|fifty[- ]five|fifty|twenty[- ]five|"
    rf"twenty|ten){_WHEN}(?!\w| (?:of|pounds?|quid|hours?|minutes?|"
    r"days?|weeks?|months?|years?|times?|miles?|percent|per))"
)
_BARE = re.compile(rf"\b(?P<h>{_HOUR}){_WHEN}(?!\w|[.:,]\d)")
_WORDS = re.compile(r"\b(noon|midday|midnight)\b")


def _hour(text: str) -> int:
    word = re.sub(r"\s*o'?clock$", "", text)
    return {"noon": 12, "midday": 12, "midnight": 0}.get(word, _HOURS.get(word, 0)) or (
        int(word) if word.isdigit() else 0
    )


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
        led = re.search(
            (
                r"\b(?:at|by|until|till|gone|before|after|from|since|around|"
                r"about) (?:about |around |roughly |nearly |just after |just before )?$"
            ),
            before,
        )
        counted = re.match(
            r"\s*(?:[-%]|(?:st|nd|rd|th)\b|and a|or|to (?:\d|[a-z]+ [a-z]+s\b)|[a-z]+)", after
        ) and not re.match(
            (
                r"\s*(?:in the|at night|every|each|on|to|till|until|for|and(?! a)|"
                r"or|because|when|with|she|he|they|i|we|most|and|this|that|so|"
                r"but|if|sharp|ish|tomorrow|today|prompt|again|then|now)\b"
            ),
            after,
        )
        if marked or (led and not counted and not re.search(r"[£\d.]$", before)):
            add(m, _hour(m["h"]) * 60, _hour(m["h"]))
    for m in _WORDS.finditer(folded):
        if not any(used[m.start() : m.end()]):
            found.append(Item("time", (0, "am" if m.group() == "midnight" else "pm"), m.start(), m.end()))
    return tuple(sorted(found, key=lambda i: i.start))


def same_time(stated: tuple[int, str], said: tuple[int, str]) -> bool:
    """Say whether two clock times agree; an unsaid half of the day agrees with both."""
    return stated[0] == said[0] and (not stated[1] or not said[1] or stated[1] == said[1])
