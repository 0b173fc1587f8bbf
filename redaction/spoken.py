"""Digits and letters read aloud, rewritten as characters with a map back to the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = {
    "zero": "0",
    "nought": "0",
    "naught": "0",
    "oh": "0",
    "o": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_TEEN = {
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
}
_TENS = {
    "twenty": "2",
    "thirty": "3",
    "forty": "4",
    "fifty": "5",
    "sixty": "6",
    "seventy": "7",
    "eighty": "8",
    "ninety": "9",
}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_NATO = {
    word: word[0]
    for word in "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima "
    "mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu".split()
}
_WORD = re.compile(r"[^\W_]+(?:-ray)?")
_FILLER = {"um", "er", "erm", "uh", "and", "then", "dash", "hyphen", "space", "er,"}
_GAP = re.compile(r"[\s,.;:\u2026-]{0,4}$")
MIN_RUN = 3
"""shorter runs are ordinary talk ("one or two")"""


@dataclass(frozen=True)
class _Unit:
    start: int
    end: int
    chars: str
    spoken: bool


@dataclass(frozen=True)
class SpokenView:
    """A text with spoken runs as characters; ``starts`` and ``ends`` map each character to the input."""

    text: str
    starts: list[int]
    ends: list[int]
    runs: list[bool]

    def spoken(self, start: int, end: int) -> bool:
        """Return whether any character of the span was read aloud."""
        return any(self.runs[start:end])

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the input that the characters came from."""
        return self.starts[start], self.ends[end - 1]


def spoken_view(text: str) -> SpokenView | None:
    """Return the text with runs of spoken digits and letters rewritten, or None when it has none."""
    runs = _runs(text)
    if not runs:
        return None
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[bool] = []

    def copy(begin: int, stop: int) -> None:
        out.append(text[begin:stop])
        starts.extend(range(begin, stop))
        ends.extend(range(begin + 1, stop + 1))
        marks.extend([False] * (stop - begin))

    at = 0
    for run in runs:
        copy(at, run[0].start)
        for unit in run:
            for char in unit.chars:
                out.append(char)
                starts.append(unit.start)
                ends.append(unit.end)
                marks.append(True)
        at = run[-1].end
    copy(at, len(text))
    return SpokenView("".join(out), starts, ends, marks)


def _runs(text: str) -> list[list[_Unit]]:
    """Return runs of at least ``MIN_RUN`` characters in which something was spoken as a word."""
    found: list[list[_Unit]] = []
    run: list[_Unit] = []
    last = 0
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    index = 0

    def close() -> None:
        nonlocal run
        while run and not run[-1].chars:
            run.pop()
        if (
            sum(len(u.chars) for u in run) >= MIN_RUN
            and any(u.spoken for u in run)
            and any(c.isdigit() for u in run for c in u.chars)
        ):
            found.append(run)
        run = []

    while index < len(words):
        at = words[index][1]
        owned = at > 0 and text[at - 1] in "'\u2019"  # the s of "it's" is no letter read aloud
        unit, used = (None, 1) if owned else _unit(words, index)
        if run and not _GAP.match(text[last : words[index][1]]):
            close()
        if unit is None and run and words[index][0].lower() in _FILLER:
            unit, used = _Unit(words[index][1], words[index][2], "", False), 1
        if unit is None:
            close()
            index += 1
            continue
        if unit.chars or run:
            run.append(unit)
        last = words[index + used - 1][2]
        index += used
    close()
    return found


def _unit(words: list[tuple[str, int, int]], index: int) -> tuple[_Unit | None, int]:
    """Return what one or more words stand for, and how many words that took."""
    raw, start, end = words[index]
    word = raw.lower()
    after = words[index + 1][0].lower() if index + 1 < len(words) else ""
    close = index + 1 < len(words) and words[index + 1][1] - end <= 2
    if word in _TIMES and close and (char := _DIGIT.get(after) or (after if len(after) == 1 else "")):
        return _Unit(start, words[index + 1][2], char.upper() * _TIMES[word], True), 2
    if word in _TENS:
        if close and after in _DIGIT and after not in ("o", "oh", "zero"):
            return _Unit(start, words[index + 1][2], _TENS[word] + _DIGIT[after], True), 2
        return _Unit(start, end, _TENS[word] + "0", True), 1
    if word in _TEEN:
        return _Unit(start, end, _TEEN[word], True), 1
    if word in _DIGIT:
        if close and after == "hundred":
            return _Unit(start, words[index + 1][2], _DIGIT[word] + "00", True), 2
        return _Unit(start, end, _DIGIT[word], True), 1
    if len(word) == 1 and word.isalpha() and index + 2 < len(words) and after == "for":
        return _Unit(start, words[index + 2][2], word.upper(), True), 3
    if word in _NATO:
        return _Unit(start, end, _NATO[word].upper(), True), 1
    if word.isdigit() and len(word) <= 6:
        return _Unit(start, end, word, False), 1
    if len(word) == 1 and word.isalpha() and word not in ("i", "a"):
        return _Unit(start, end, word.upper(), True), 1
    return None, 1
