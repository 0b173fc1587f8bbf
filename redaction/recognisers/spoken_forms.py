"""Numbers and letters read aloud ("oh seven seven, double oh …"), found by the written-form recognisers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser
from redaction.recognisers.long_number import LongNumber
from redaction.spoken import spoken_view


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
        for recogniser in self._recognisers:
            for hit in recogniser.analyze(view.text):
                if not view.spoken(hit.start, hit.end):
                    continue
                why = hit.analysis_explanation
                score = recogniser.spoken_score() if isinstance(recogniser, LongNumber) else hit.score
                name = f"{recogniser.NAME}: {why.pattern_name if why else ''}"
                start, end = view.source(hit.start, hit.end)
                hits.append(self.hit(start, end, score, name, entity=hit.entity_type))
        return hits
