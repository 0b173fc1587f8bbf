"""Every day, date and time of the statement must be in the evidence, said of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.support.binding import Item, place, question_of, take_back_proposals
from rag.support.clock_times import same_time
from rag.support.codes import UNSUPPORTED_DATE
from rag.support.dates import dates
from rag.support.frames import is_first_version
from rag.support.misplaced import misplaced
from rag.support.model import Mismatch, Spoken
from rag.support.quantities import quantities
from rag.support.quotes import verbatim_places
from rag.support.spans import span_supported

_NEAR_PARTS = ({"evening", "night"}, {"evening", "afternoon"}, {"midday", "afternoon"})


def check_dates(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every day, date, time or festival that the evidence does not support."""
    said = take_back_proposals(
        [place(dates(t.text), t.text, at, question_of(evidence, at)) for at, t in enumerate(evidence)],
        evidence,
    )
    live = [i for i in said if not i.taken_back]
    gone = {(i.kind, i.key) for i in said if i.taken_back} - {(i.kind, i.key) for i in live}
    figures = {q.value for t in evidence for q in quantities(t.text)}
    verbatim = verbatim_places(statement, evidence)
    stated = [i for i in place(dates(statement), statement) if not i.taken_back]
    found = []
    for item in stated:
        words = statement[item.start : item.end]
        if is_first_version(statement, item.start) and any((i.kind, i.key) == (item.kind, item.key) for i in said):
            continue
        if (item.kind, item.key) in gone:
            found.append(Mismatch(UNSUPPORTED_DATE, words, f"“{words}” was taken back by the speaker."))
        elif not _supported(item, live, figures) and not _month_filled_in(item, stated, live):
            found.append(Mismatch(UNSUPPORTED_DATE, words, f"“{words}” is not in the evidence."))
        elif (
            item.kind in ("weekday", "time", "month", "day", "festival")
            and not any(a <= item.start < b for a, b in verbatim)
            and misplaced(_by_day(item), [_by_day(i) for i in stated], [_by_day(i) for i in live])
        ):
            found.append(Mismatch(UNSUPPORTED_DATE, words, f"“{words}” was said of something else."))
    return found


def _by_day(item: Item) -> Item:
    """Return a day of a month by its number, so that "the fifth" and "5 November" are one value."""
    return replace(item, key=item.key[0]) if item.kind == "day" else item


def _supported(item: Item, said: list[Item], figures: set[float]) -> bool:
    same = [i for i in said if i.kind == item.kind]
    if item.kind == "time":
        return _time_supported(item, same, figures)
    if item.kind == "day":
        return _day_supported(item, same, said)
    if item.kind in ("stage", "step"):
        return span_supported(item, same)
    if item.kind == "relative":
        return _relative_supported(item, same, said)
    if item.kind == "part":
        return _part_supported(item, same, said)
    return any(i.key == item.key for i in same)


def _time_supported(item: Item, same: list[Item], figures: set[float]) -> bool:
    minutes, half = item.key
    if any(same_time((minutes, half), i.key) for i in same):
        return True
    hour, minute = divmod(minutes, 60)
    if any(i.key[0] == minutes for i in same):
        return False
    return (minute == 0 and float(hour or 12) in figures) or round((hour or 12) + minute / 100, 2) in figures


def _day_supported(item: Item, same: list[Item], said: list[Item]) -> bool:
    day, month = item.key
    for other in same:
        other_day, other_month = other.key
        if day == other_day and other_month == 0 and not any(i.kind == "month" for i in said):
            return True
        if day == other_day and (
            month in (0, other_month) or other_month == 0 and any(i.kind == "month" and i.key == month for i in said)
        ):
            return True
    return False


def _month_filled_in(item: Item, stated: list[Item], said: list[Item]) -> bool:
    """Say whether a month only completes a day that was said without one ("the twenty-seventh")."""
    if item.kind != "month" or any(i.kind == "month" for i in said):
        return False
    return any(i.kind == "day" and i.start <= item.start < i.end and (i.key[0], 0) in {s.key for s in said} for i in stated)


def _relative_supported(item: Item, same: list[Item], said: list[Item]) -> bool:
    unit, offset = item.key
    if any(i.key == item.key for i in same):
        return True
    rivals = [i for i in same if i.key[0] == unit]
    if offset == 0:
        return not rivals
    if abs(offset) == 2:
        return False
    if unit in ("day", "week", "weekend", "month", "year", "term") or rivals:
        return False
    return True


def _part_supported(item: Item, same: list[Item], said: list[Item]) -> bool:
    if not same or any(i.key == item.key or {i.key, item.key} in _NEAR_PARTS for i in same):
        return True
    halves = {i.key[1] for i in said if i.kind == "time"}
    return ("am" in halves) if item.key == "morning" else ("pm" in halves)
