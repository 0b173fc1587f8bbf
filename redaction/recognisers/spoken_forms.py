"""Numbers and letters read aloud ("oh seven seven, double oh …"), found by the written-form recognisers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser
from redaction.recognisers.long_number import LongNumber
from redaction.spoken import spoken_view
from redaction.spoken_words import DIGIT, NATO, TEEN, TENS, TIMES


class SpokenForms(UkRecogniser):
    """Runs the recognisers that declare ``SPOKEN`` over the text with spoken digits written as digits."""

    NAME = "spoken_forms"
    ENTITY = "NUMBER"
    EXAMPLE = "nhs number nine four three four seven six five nine one nine"

    def __init__(self, recognisers: Sequence[UkRecogniser]) -> None:
        self._recognisers = [r for r in recognisers if r.SPOKEN]
        super().__init__()
        self.supported_entities = sorted({r.ENTITY for r in self._recognisers} | {self.ENTITY})

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return hits on spoken forms, mapped to the exact words they were spoken in."""
        view = spoken_view(text)
        if view is None:
            return []
        hits = []
        for begin, stop in _windows(view.runs):
            stretch = view.text[begin:stop]
            for recogniser in self._recognisers:
                for hit in recogniser.analyze(stretch):
                    low, high = hit.start + begin, hit.end + begin
                    if not view.spoken(low, high):
                        continue
                    start, end = view.source(low, high)
                    if isinstance(recogniser, LongNumber) and not _in_words(text[start:end]):
                        continue
                    why = hit.analysis_explanation
                    score = recogniser.spoken_score() if isinstance(recogniser, LongNumber) else hit.score
                    name = f"{recogniser.NAME}: {why.pattern_name if why else ''}"
                    hits.append(self.hit(start, end, score, name, entity=hit.entity_type))
        return hits


_WORDS = DIGIT.keys() | TEEN.keys() | TENS.keys() | TIMES.keys() | NATO.keys()


def _in_words(source: str) -> bool:
    """Return whether at least two numbers or letters were said as words ("R 6/24, L 6/60" has none)."""
    return sum(word.strip(",.").lower() in _WORDS for word in source.replace("-", " ").split()) > 1


def _windows(runs: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the stretches around what was read aloud, wide enough for every recogniser's context."""
    found: list[tuple[int, int]] = []
    at = -1
    while (at := _next(runs, at + 1)) >= 0:
        end = at
        while end < len(runs) and runs[end]:
            end += 1
        begin, stop = max(0, at - _BEFORE), min(len(runs), end + _AFTER)
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
        at = end
    return found


def _next(runs: Sequence[bool], at: int) -> int:
    try:
        return runs.index(True, at)
    except ValueError:
        return -1


_BEFORE, _AFTER = 130, 60
