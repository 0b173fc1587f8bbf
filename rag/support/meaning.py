"""How near in meaning a clause is to what was said, and to the dangers a note must never invent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.support.clauses import clauses
from rag.support.model import Spoken
from rag.support.words import lexicon

if TYPE_CHECKING:
    import numpy as np


@lru_cache(maxsize=8192)
def _vector(text: str) -> np.ndarray:
    from rag.embedding import default_embedder

    return default_embedder().embed([text])[0]


def nearness(words: str, evidence: Sequence[Spoken]) -> float:
    """Return the cosine between the words and the nearest turn or clause of the evidence; -1 without evidence."""
    ours = _vector(words)
    texts = [turn.text for turn in evidence] + [turn.text[c.start : c.end] for turn in evidence for c in clauses(turn.text)]
    return max((float(ours @ _vector(text)) for text in texts), default=-1.0)


def danger(words: str) -> float:
    """Return the cosine between the words and the nearest of the lexicon's plain sentences about harm."""
    ours = _vector(words)
    return max(float(ours @ _vector(text)) for text in lexicon()["harm_examples"])
