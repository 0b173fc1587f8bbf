"""Every figure of the statement must be in the evidence, said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.support.binding import Item, place, question_of, take_back_proposals
from rag.support.codes import UNSUPPORTED_NUMBER
from rag.support.dates import dates
from rag.support.frames import is_first_version
from rag.support.frequencies import frequencies
from rag.support.misplaced import misplaced
from rag.support.model import Mismatch, Spoken
from rag.support.number_words import CARDINALS
from rag.support.quantities import Quantity, quantities
from rag.support.quotes import verbatim_places
from rag.support.sums import other_one, worked_out
from rag.support.text import fold
from rag.support.units import UNITS

_PRONOUN_ONE = re.compile(
    r"\b(?:the|that|this|last|next|other|another|each|every|which|"
    r"no|any|some|first|new|old|right|wrong|good|bad|only|little|"
    r"big|early|late|a|an|of)\s+$"
)
_YEAR_LEAD = re.compile(r"\b(?:in|since|of|from|until|till|by|summer|winter|spring|autumn|christmas|around|about)\s+$")
_DIGIT_RUN = re.compile(r"\b(?:\d[\s-]?){6,}\b")
_SPOKEN_DIGIT = re.compile(r"\b(double|treble|triple|oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|\d+)\b")


def check_numbers(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every figure and frequency that the evidence does not support."""
    long_runs = [m for m in _DIGIT_RUN.finditer(statement) if not re.search(r"£\s*$", statement[: m.start()])]
    found = [
        Mismatch(UNSUPPORTED_NUMBER, m.group().strip(), f"“{m.group().strip()}” is not in the evidence.")
        for m in long_runs
        if re.sub(r"\D", "", m.group()) not in _digit_string(evidence)
    ]
    said = take_back_proposals(
        [place(_items(turn.text, all_ones=True), turn.text, at, question_of(evidence, at)) for at, turn in enumerate(evidence)],
        evidence,
    )
    taken = [i for i in dates(statement) if i.kind in ("time", "day") or (i.kind == "month" and statement[i.start].isdigit())]
    verbatim = verbatim_places(statement, evidence)
    stated = [
        item
        for item in place(_items(statement), statement)
        if not item.taken_back
        and not any(d.start <= item.start < d.end for d in taken)
        and not any(m.start() <= item.start < m.end() for m in long_runs)
    ]
    live = [i for i in said if not i.taken_back]
    spoken = " . ".join(fold(turn.text) for turn in evidence)
    for item in stated:
        words = statement[item.start : item.end]
        if item.key[0] == 1 and words.lower() in ("one", "once") and not _rival_count(item, live):
            continue
        if is_first_version(statement, item.start) and any(_agrees(item, o) for o in said):
            continue
        heard = [o for o in stated if o is not item and any(_agrees(o, h) for h in live)]
        if _short_year(item, spoken) or worked_out(item, heard, live, spoken) or other_one(words, spoken):
            continue
        if not any(_agrees(item, other) for other in live):
            why = "was taken back by the speaker" if any(_agrees(item, o) for o in said) else "is not in the evidence"
            found.append(Mismatch(UNSUPPORTED_NUMBER, words, f"“{words}” {why}."))
        elif re.search(r"\bout of (?:the )?$", statement[: item.start]) or re.match(
            r"\s*(?:out )?of (?:the |those |them)", statement[item.end :]
        ):
            continue
        elif not any(a <= item.start < b for a, b in verbatim) and misplaced(*_comparable(item, stated, live)):
            found.append(Mismatch(UNSUPPORTED_NUMBER, words, f"“{words}” was said of something else."))
    return found + _check_frequencies(statement, evidence)


def _short_year(item: Item, spoken: str) -> bool:
    """Say whether a year was said by its last two figures ("in eighty-nine"), and not as an age."""
    if _sort(item) != "year":
        return False
    return any(
        q.value == item.key[0] % 100 >= 20 and not q.unit and _YEAR_LEAD.search(spoken[: q.start]) for q in quantities(spoken)
    )


def _items(text: str, all_ones: bool = False) -> list[Item]:
    """Return the figures of ``text`` with key (value, unit); ``all_ones`` keeps mere look-alikes too."""
    read = quantities(text)
    joined = [
        Item("number", (100 * a.value + b.value, b.unit), a.start, b.end)
        for a, b in zip(read, read[1:], strict=False)
        if all_ones
        and a.value in range(1, 10)
        and b.value in range(10, 100)
        and text[a.end : b.start] == " "
        and not a.unit
        and not text[a.start].isdigit()
    ]  # "three sixty" is three hundred and sixty, or three pounds sixty
    return joined + [Item("number", (q.value, q.unit), q.start, q.end) for q in read if all_ones or not _not_a_figure(text, q)]


def _not_a_figure(text: str, q: Quantity) -> bool:
    """Say whether the word only looks like a figure: "the last one", "first of all", "a second"."""
    words, before, after = fold(text[q.start : q.end]), fold(text[: q.start]), fold(text[q.end : q.end + 14])
    if words in ("first", "one") and re.match(r"\s*(?:of all|another|thing|aid|name|language|floor|day or another)", after):
        return True
    if words == "one" and (
        _PRONOUN_ONE.search(before)
        and not (before.endswith("that ") and re.match(r" [a-z]", after))
        or re.match(r"\s*(?:of|else|who|that|for|by|day|'s|is|was|has)\b", after)
    ):
        return True
    if words == "second" and re.search(r"\b(?:a|split|any|just a|per)\s+$", before):
        return True
    if words == "single":
        return not re.match(r"\s*(?:fall|time|day|night|visit|call|dose|tablet)", after)
    return words in ("both", "double", "zero", "pair", "first", "half", "quarter", "third") and not q.unit


def _comparable(item: Item, stated: Sequence[Item], live: Sequence[Item]) -> tuple[Item, list[Item], list[Item]]:
    """Return the item and the figures that could stand in its place; years only with years."""
    sort = _sort(item)
    return (
        _generic(item),
        [_generic(i) for i in stated],
        [_generic(i) for i in live if "" in (sort, _sort(i)) or _sort(i) == sort],
    )


def _sort(item: Item) -> str:
    value, unit = item.key
    if not unit and value == int(value) and 1900 <= value <= 2100:
        return "year"
    return UNITS.get(unit, ("", 0.0))[0]


def _rival_count(item: Item, live: Sequence[Item]) -> bool:
    """Say whether the evidence counts the same thing otherwise, so that "one" or "once" is a claim."""
    value, unit = item.key
    if any(o.key[0] == value for o in live):
        return False
    return any((unit and o.key[1] == unit) or item.about & o.about for o in live)


def _generic(item: Item) -> Item:
    """Return the item with figures of any unit in one kind, by value alone."""
    return Item(item.kind, item.key[0], item.start, item.end, item.turn, item.about, item.taken_back, item.direction)


def _agrees(stated: Item, said: Item) -> bool:
    (value, unit), (other, other_unit) = stated.key, said.key
    a, b = Quantity(value, unit, 0, 0), Quantity(other, other_unit, 0, 0)
    if a.measure[0] and a.measure[0] == b.measure[0]:
        near = abs(a.measure[1] - b.measure[1]) <= 0.002 * max(1.0, b.measure[1])
        months = (
            {unit, other_unit} <= {"month", "year"}
            or unit == other_unit
            or {unit, other_unit} <= {"day", "night", "week", "fortnight"}
        )
        return near if months or not (unit in ("week", "month") and other_unit in ("month", "week")) else False
    if a.measure[0] and b.measure[0] and {a.measure[0], b.measure[0]} & {"time", "money", "percent"}:
        return False
    return value == other


def _digit_string(evidence: Sequence[Spoken]) -> str:
    parts = []
    for turn in evidence:
        times = 1
        for m in _SPOKEN_DIGIT.finditer(fold(turn.text)):
            word = m.group()
            if word in ("double", "treble", "triple"):
                times = 2 if word == "double" else 3
                continue
            digit = word if word.isdigit() else "0" if word in ("oh", "o", "zero", "nought") else str(CARDINALS[word])
            parts.append(digit * times)
            times = 1
        parts.append(" ")
    return "".join(parts)


def _check_frequencies(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    said = {i.key for turn in evidence for i in frequencies(turn.text)}
    spoken = " ".join(fold(turn.text) for turn in evidence)
    found = []
    for item in frequencies(statement):
        unit, count = item.key
        words = statement[item.start : item.end]
        indefinite = bool(re.match(r"an?\b", fold(words)))
        if item.key in said or (
            indefinite
            and (
                not said
                or not re.search(
                    r"\d|\b(times?|once|twice|" + "|".join(CARDINALS) + r")\b[^,.;]{0,25}$",
                    fold(statement[: item.start]),
                )
            )
        ):
            continue
        if (
            count == 1
            and (
                re.search(
                    (
                        rf"\b(?:every|each|per|most|all|the|an?) (?:single |other )?{unit}s?\b|"
                        rf"\b{unit}ly\b|\b{unit} (?:in|after|and)\b"
                    ),
                    spoken,
                )
            )
            or (
                unit == "week"
                and re.search(
                    (
                        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\b(?:each|"
                        r"every|on a|of a) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
                    ),
                    spoken,
                )
            )
        ):
            continue
        if (
            count == 1
            and unit in ("day", "night")
            and re.search(
                (
                    r"\b(?:(?:every|each) (?:morning|afternoon|evening|night|day|"
                    r"time)|all the time|always|mornings|evenings|nights|seven days)\b"
                ),
                spoken,
            )
        ):
            continue
        found.append(Mismatch(UNSUPPORTED_NUMBER, words, f"“{words}” is not how often it was said to be."))
    return found
