"""spaCy's named entities: people, places and organisations in cased text (no parser, no lemmatiser)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser

LABELS = {
    "PERSON": ("PERSON", 0.7),
    "GPE": ("TOWN", 0.6),
    "LOC": ("TOWN", 0.5),
    "FAC": ("PLACE_OF_CARE", 0.5),
    "ORG": ("ORGANISATION", 0.5),
    "NORP": ("NATIONALITY", 0.5),
}
"""spaCy label → (our type, score); quantities, times, laws and ordinals identify nobody"""


@lru_cache(maxsize=2)
def load_spacy(folder: Path) -> Any:
    """Return the pipeline with nothing in it but the entity recogniser."""
    import spacy

    return spacy.load(
        folder, exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    )


class SpacyNames(UkRecogniser):
    """Weak on small letters and on short turns; Rampart is there for these."""

    NAME = "spacy_names"
    ENTITY = "PERSON"
    EXAMPLE = "Yesterday Margaret Thompson travelled to Birmingham."

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__()
        self.supported_entities = sorted({kind for kind, _ in LABELS.values()})

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return people, places and organisations."""
        hits = []
        for found in load_spacy(self._folder)(text).ents:
            if found.label_ in LABELS:
                kind, score = LABELS[found.label_]
                hits.append(self.hit(found.start_char, found.end_char, score, found.label_, entity=kind))
        return hits
