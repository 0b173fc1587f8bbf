"""Presidio runs the recognisers of our table over pieces of a text, so that cost grows with length only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from core.settings import Settings
from redaction.hits import Hit
from redaction.recognisers import build

PIECE = 3000
OVERLAP = 200
THRESHOLD = 0.4
"""of rules and spaCy; Rampart has its own"""
_OWN_THRESHOLD = {"rampart": 0.0}


class Host:
    """A Presidio engine with an explicit registry, no context enhancer and no NLP engine of its own."""

    def __init__(self, settings: Settings, off: frozenset[str] = frozenset()) -> None:
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
        from presidio_analyzer.nlp_engine import NoOpNlpEngine

        class Unchanged(ContextAwareEnhancer):
            """Context is judged by each recogniser, near the hit."""

            def __init__(self) -> None:
                super().__init__(0.0, 0.0, 0, 0)

            def enhance_using_context(self, text: str, raw_results: Any, *_: Any, **__: Any) -> Any:
                """Return the results as they are."""
                return raw_results

        recognisers = build(settings, off)
        self.names = tuple(recognisers)
        self._engine = AnalyzerEngine(
            registry=RecognizerRegistry(recognizers=list(recognisers.values()), supported_languages=["en"]),
            nlp_engine=NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}]),
            supported_languages=["en"],
            context_aware_enhancer=Unchanged(),
        )

    def find(self, text: str) -> tuple[list[Hit], list[Hit]]:
        """Return (hits above the threshold, hits with a right checksum below it), each in text order."""
        seen: dict[tuple[int, int, str, str], Hit] = {}
        for start, end in pieces(text):
            for result in self._engine.analyze(text[start:end], "en", return_decision_process=True):
                why = result.analysis_explanation
                pattern = why.pattern_name or "" if why else ""
                if why and why.supportive_context_word:
                    pattern = f"{pattern}; near “{why.supportive_context_word}”"
                hit = Hit(
                    result.start + start,
                    result.end + start,
                    result.entity_type,
                    float(result.score),
                    why.recognizer if why else "",
                    pattern,
                    bool(why and why.validation_result),
                )
                key = (hit.start, hit.end, hit.type, hit.recogniser)
                if key not in seen or seen[key].score < hit.score:
                    seen[key] = hit
        ordered = sorted(seen.values(), key=lambda h: (h.start, h.end, h.type, h.recogniser))
        sure = [h for h in ordered if h.score >= _OWN_THRESHOLD.get(h.recogniser, THRESHOLD)]
        return sure, [h for h in ordered if h.valid and h.score < THRESHOLD]


_BREAKS = (re.compile(r"\n"), re.compile(r"[.!?][\"')\u2019\u201d]?\s"), re.compile(r"\s"))


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Return stretches of at most ``PIECE`` characters that begin and end at a break and overlap a little."""
    start = 0
    while True:
        end = (
            len(text)
            if len(text) - start <= PIECE
            else _break_before(text, start + PIECE // 2, start + PIECE)
        )
        yield start, end
        if end >= len(text):
            return
        start = _break_before(text, end - OVERLAP, end - OVERLAP // 2)


def _break_before(text: str, low: int, high: int) -> int:
    for kind in _BREAKS:
        ends = [match.end() for match in kind.finditer(text, low, high)]
        if ends:
            return ends[-1]
    return high
