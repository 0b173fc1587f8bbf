"""The shape of a rule: declared data (patterns, context words), a checksum hook, a reason for every hit.

Presidio runs these; scoring by context is done here, in a window around the hit, because Presidio's own
enhancer walks the whole document for every hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult

CONTEXT_BOOST = 0.35
NEGATIVE_CUT = 0.5


class Rule(NamedTuple):
    """One named pattern; the group ``v`` (else the whole match) is what is hidden."""

    name: str
    regex: str
    score: float
    valid: float = 0.0
    """score once the checksum holds (0: as ``score``)"""
    cased: bool = False
    needs: tuple[str, ...] = ()
    """small-letter strings of which the text must hold one: looked for first, because that costs next to nothing"""


class UkRecogniser(LocalRecognizer):
    """A recogniser that is mostly data; subclasses declare, and override ``check`` for a checksum."""

    COUNTRY_CODE = "uk"
    NAME: ClassVar[str]
    ENTITY: ClassVar[str]
    RULES: ClassVar[tuple[Rule, ...]] = ()
    CONTEXT: ClassVar[tuple[str, ...]] = ()
    """words nearby that make the type likely (regular expressions, whole words)"""
    NEGATIVE: ClassVar[tuple[str, ...]] = ()
    """words just before that make another meaning likely"""
    WINDOW: ClassVar[tuple[int, int]] = (70, 30)
    """characters before and after that are looked at"""
    SPOKEN: ClassVar[bool] = False
    """also run over digits read aloud"""
    EXAMPLE: ClassVar[str]
    """a text in which it must find something; ``rapt doctor`` runs it"""

    def __init__(self) -> None:
        super().__init__(supported_entities=[self.ENTITY], name=self.NAME, supported_language="en")

    def load(self) -> None:
        """Nothing to load: a rule is data."""

    def check(self, value: str) -> bool | None:
        """Return whether the checksum holds, or None when there is none."""
        return None

    def keep_invalid(self, value: str) -> bool:
        """Return whether a value with a wrong checksum is hidden all the same when context names the type."""
        return False

    def rules(self) -> tuple[Rule, ...]:
        """Return the patterns in use."""
        return self.RULES

    @cached_property
    def _compiled(self) -> list[tuple[Rule, re.Pattern[str]]]:
        return [(r, re.compile(r.regex, 0 if r.cased else re.IGNORECASE)) for r in self.rules()]

    @cached_property
    def _context(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{'|'.join(self.CONTEXT)})(?!\w)", re.I) if self.CONTEXT else None

    @cached_property
    def _negative(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{'|'.join(self.NEGATIVE)})(?!\w)", re.I) if self.NEGATIVE else None

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return every hit with the pattern, score and context that made it one."""
        return list(self._hits(text))

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        small = text.lower()
        for rule, regex in self._compiled:
            if rule.needs and not any(word in small for word in rule.needs):
                continue
            for match in regex.finditer(text):
                group = "v" if "v" in regex.groupindex else 0
                start, end = match.span(group)
                if end > start:
                    result = self._judge(text, start, end, rule)
                    if result.score > 0:
                        yield result

    def _judge(self, text: str, start: int, end: int, rule: Rule) -> RecognizerResult:
        value = text[start:end]
        valid = self.check(value)
        word = self.context_word(text, start, end)
        if valid is False:
            score = 0.5 if word and self.keep_invalid(value) else 0.0
        else:
            score = rule.valid if valid and rule.valid else rule.score
            if word:
                score = min(1.0, score + CONTEXT_BOOST)
            elif self._negative and self._negative.search(text, max(0, start - 40), start):
                score -= NEGATIVE_CUT
        return self.hit(start, end, score, rule.name, valid=valid, context=word)

    def context_word(self, text: str, start: int, end: int) -> str:
        """Return the context word beside the hit, or an empty string."""
        if self._context is None:
            return ""
        before, after = self.WINDOW
        nearest = ""
        for found in self._context.finditer(text, max(0, start - before), start):
            nearest = found.group()
        if not nearest and (found := self._context.search(text, end, min(len(text), end + after))):
            nearest = found.group()
        return nearest

    def hit(
        self,
        start: int,
        end: int,
        score: float,
        pattern: str,
        *,
        valid: bool | None = None,
        context: str = "",
        entity: str = "",
    ) -> RecognizerResult:
        """Return a Presidio result that carries its explanation."""
        why = AnalysisExplanation(
            recognizer=self.NAME, original_score=score, pattern_name=pattern, validation_result=bool(valid)
        )
        why.supportive_context_word = context.lower()
        return RecognizerResult(
            entity_type=entity or self.ENTITY,
            start=start,
            end=end,
            score=max(0.0, score),
            analysis_explanation=why,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.NAME,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )
