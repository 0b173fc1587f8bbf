"""Presidio runs the recognisers of our table over pieces of a text, so that cost grows with length only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from core.settings import Settings
from redaction.hits import Hit
from redaction.keep import TAGGERS
from redaction.plain import plain_view
from redaction.recognisers import build
from redaction.restoring import TOKEN

PIECE = 3000
OVERLAP = 200
THRESHOLD = 0.4
"""of rules and spaCy; Rampart has its own"""
AGAIN = frozenset(
    "PHONE EMAIL POSTCODE NHS_NUMBER CHI_NUMBER NINO UTR UPN ULN UPRN PASSPORT DRIVING_LICENCE SORT_CODE BANK_ACCOUNT CARD "
    "CASE_REFERENCE IP_ADDRESS USERNAME KEY_CODE DOB".split()
)
"""types that must not be found any more when a redacted text is read again"""
_OWN_THRESHOLD = {"rampart": 0.0, "own_tagger": 0.0}


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
        self._again = [r for name, r in recognisers.items() if name not in TAGGERS and AGAIN & set(r.supported_entities)]
        self.names = tuple(recognisers)
        # Presidio keeps one hit of two with the same place and type: a rule's would go for a tagger's that is then turned down
        self._taggers = [r for name, r in recognisers.items() if name in TAGGERS]
        rules = [r for name, r in recognisers.items() if name not in TAGGERS]
        self._engine = AnalyzerEngine(
            registry=RecognizerRegistry(recognizers=rules, supported_languages=["en"]),
            nlp_engine=NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}]),
            supported_languages=["en"],
            context_aware_enhancer=Unchanged(),
        )

    def again(self, redacted: str) -> list[Hit]:
        """Return identifiers that the rules alone find in a text that was redacted already, outside its tokens."""
        tokens = [match.span() for match in TOKEN.finditer(redacted)]
        found: dict[tuple[int, int], Hit] = {}
        for start, end in pieces(redacted):
            for recogniser in self._again:
                for result in recogniser.analyze(redacted[start:end]):
                    low, high = result.start + start, result.end + start
                    if result.entity_type in AGAIN and result.score >= THRESHOLD and not _inside(tokens, low, high):
                        found[low, high] = Hit(low, high, result.entity_type, float(result.score), recogniser.NAME)
        return [found[key] for key in sorted(found)]

    def find(self, text: str) -> tuple[list[Hit], list[Hit]]:
        """Return (hits above the threshold, hits with a right checksum below it), each in text order."""
        seen: dict[tuple[int, int, str, str], Hit] = {}
        for start, end in pieces(text):
            view = plain_view(text[start:end])
            read = view.text if view else text[start:end]
            by_rule = self._engine.analyze(read, "en", return_decision_process=True)
            for result in chain(by_rule, *(tagger.analyze(read) for tagger in self._taggers)):
                low, high = view.source(result.start, result.end) if view else (result.start, result.end)
                why = result.analysis_explanation
                pattern = why.pattern_name or "" if why else ""
                if why and why.supportive_context_word:
                    pattern = f"{pattern}; near “{why.supportive_context_word}”"
                hit = Hit(
                    low + start,
                    high + start,
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


def _inside(tokens: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(tokens, (start, len(TOKEN.pattern) + end)) - 1
    return any(low < end and start < high for low, high in tokens[max(0, at - 1) : at + 2])


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
