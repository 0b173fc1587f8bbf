"""Digits and letters read aloud, rewritten as characters with a map back to the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redaction.spoken_words import DIGIT, FILLER, NATO, SEPARATOR, TEEN, TENS, TIMES

_WORD = re.compile(r"[^\W_]+(?:-ray)?")
_GAP = re.compile(r"[ \t\u00a0,.;\u2026-]{0,4}$")
_ENDS = frozenset("for okay ok yes yeah right thanks thank lovely brilliant got".split())
MIN_RUN = 3
"""shorter runs are ordinary talk ("one or two")"""

Words = list[tuple[str, int, int]]


@dataclass(frozen=True)
class _Unit:
    start: int
    end: int
    chars: str
    spoken: bool
    clarifies: bool = False
    """a letter said with a word for it ("B for Bravo")"""


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
    words: Words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    index = 0

    def close() -> None:
        nonlocal run
        while run and not run[-1].chars.strip("/-"):
            run.pop()
        chars = "".join(u.chars for u in run)
        if len(chars) >= MIN_RUN and any(u.spoken for u in run) and any(c.isdigit() for c in chars):
            found.append(run)
        run = []

    while index < len(words):
        raw, start, end = words[index]
        if run and not _GAP.match(text[last:start]):
            close()
        # the s of "it's" and the I of "I'm" are no letters read aloud
        owned = (start > 0 and text[start - 1] in "'\u2019") or (len(raw) == 1 and text[end : end + 1] in ("'", "\u2019"))
        word = raw.lower()
        cry = word == "oh" and not _goes_on(run, words, index)
        unit, used = (None, 1) if owned or cry else _unit(words, index)
        if unit is not None and word in ("a", "i") and not unit.clarifies and not _said(text, words, index, bool(run)):
            unit = None
        if unit is None and run and word in SEPARATOR:
            unit = _Unit(start, end, SEPARATOR[word], True)
        elif unit is None and run and word in FILLER:
            unit = _Unit(start, end, "", False)
        elif unit is not None and unit.clarifies and any(u.chars == unit.chars and not u.clarifies for u in run):
            unit = _Unit(unit.start, unit.end, "", False)  # "Q W, B for Bravo" explains a letter already said
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


def _said(text: str, words: Words, index: int, within: bool) -> bool:
    """Return whether "a" or "i" inside a run is the letter: the run goes on, or the sentence ends, after it."""
    after = words[index + 1][0].lower() if index + 1 < len(words) else ""
    second = words[index + 2][0].lower() if index + 2 < len(words) else ""
    if not within:
        return (after in DIGIT or len(after) == 1) and (second in DIGIT or second in TIMES)
    on = len(after) == 1 or after in TEEN or after in DIGIT or after in TENS or after in TIMES or after in SEPARATOR
    end = words[index][2]
    return on or after in _ENDS or text[end : end + 1] in (".", ",", "", "\n")


def _goes_on(run: list[_Unit], words: Words, index: int) -> bool:
    """Return whether "oh" is a nought: a digit before it, or something that can be read aloud after it."""
    if run and run[-1].chars[-1:].isdigit():
        return True
    after = words[index + 1][0].lower() if index + 1 < len(words) else ""
    return after in DIGIT or after in TENS or after in TEEN or after in TIMES or after.isdigit() or len(after) == 1


def _unit(words: Words, index: int) -> tuple[_Unit | None, int]:
    """Return what one or more words stand for, and how many words that took."""
    raw, start, end = words[index]
    word = raw.lower()
    after = words[index + 1][0].lower() if index + 1 < len(words) else ""
    close = index + 1 < len(words) and words[index + 1][1] - end <= 2
    if word in TIMES and close and (char := DIGIT.get(after) or (after if len(after) == 1 else "")):
        return _Unit(start, words[index + 1][2], char.upper() * TIMES[word], True), 2
    if word in TENS:
        if close and after in DIGIT and after not in ("o", "oh", "zero"):
            return _Unit(start, words[index + 1][2], TENS[word] + DIGIT[after], True), 2
        return _Unit(start, end, TENS[word] + "0", True), 1
    if word in TEEN:
        return _Unit(start, end, TEEN[word], True), 1
    if word in DIGIT:
        if close and after == "hundred":
            return _Unit(start, words[index + 1][2], DIGIT[word] + "00", True), 2
        return _Unit(start, end, DIGIT[word], True), 1
    if len(word) == 1 and word.isalpha() and (used := _explained(words, index)):
        return _Unit(start, words[index + used - 1][2], word.upper(), True, clarifies=True), used
    if word in NATO:
        return _Unit(start, end, NATO[word].upper(), True), 1
    if word.isdigit() and len(word) <= 6:
        return _Unit(start, end, word, False), 1
    if len(word) == 1 and word.isalpha():
        return _Unit(start, end, word.upper(), True), 1
    return None, 1


def _explained(words: Words, index: int) -> int:
    """Return how many words "B for Bravo" or "X for x ray" takes; 0 when the letter is not explained."""
    rest = [w[0].lower() for w in words[index + 1 : index + 4]]
    if len(rest) < 2 or rest[0] not in ("for", "as") or (rest[0] == "as" and rest[1] != "in"):
        return 0
    letter = words[index][0].lower()
    if rest[0] == "for":
        if rest[1:] == ["x", "ray"]:
            return 4
        return 3 if rest[1].startswith(letter) else 0
    return 4 if len(rest) == 3 and rest[2].startswith(letter) else 0
