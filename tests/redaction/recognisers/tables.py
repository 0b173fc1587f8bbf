"""The rules without taggers, built once, and what they find."""

from __future__ import annotations

from functools import lru_cache

from core.settings import Settings
from redaction.recognisers import MODELS, build
from redaction.recognisers.base import UkRecogniser

THRESHOLD = 0.4


@lru_cache(maxsize=1)
def rules() -> dict[str, UkRecogniser]:
    """Return every recogniser that needs no model."""
    return build(Settings(), frozenset(MODELS))


def found(name: str, text: str) -> list[str]:
    """Return what one recogniser would hide of a text."""
    hits = sorted(rules()[name].analyze(text), key=lambda h: h.start)
    return [text[h.start : h.end] for h in hits if h.score >= THRESHOLD]


def covered(name: str, text: str, value: str) -> bool:
    """Return whether every letter and digit of ``value`` in the text is hidden."""
    at = text.index(value)
    hits = [(h.start, h.end) for h in rules()[name].analyze(text) if h.score >= THRESHOLD]
    return all(any(s <= i < e for s, e in hits) for i in range(at, at + len(value)) if text[i].isalnum())
