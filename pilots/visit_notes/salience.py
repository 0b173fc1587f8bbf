"""How much an utterance belongs in a note: a small linear model over word cues and sentence meaning.

Trained by ``tools/train_salience.py`` on fictional visits whose essential facts were marked by
people who had not seen the rules; the weights are data (``salience.json``) and the same input
always gives the same score.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pilots.visit_notes.features import feature_names, feature_rows
from pilots.visit_notes.utterances import Utterance

if TYPE_CHECKING:
    import numpy as np

    from rag.embedding import Embedder

MEANING_SCALE = 3.0
"""unit vectors are small beside counts; both in training and here"""


def design_matrix(items: Sequence[Utterance], roles: dict[str, str], embedder: Embedder) -> np.ndarray:
    """Return one row an utterance: word cues, its own meaning, the meaning of its surroundings."""
    import numpy as np

    rows = np.array(feature_rows(items, roles), np.float32).reshape(len(items), len(feature_names()))
    alone = embedder.embed([u.text for u in items])
    around = np.array([alone[max(0, i - 2) : i + 2].mean(axis=0) for i in range(len(items))], np.float32)
    return np.hstack([rows, alone * MEANING_SCALE, around * MEANING_SCALE])


def salience(items: Sequence[Utterance], roles: dict[str, str], embedder: Embedder) -> list[float]:
    """Return a probability for each utterance, raised towards its turn's most telling sentence."""
    import numpy as np

    if not items:
        return []
    model = _weights()
    rows = design_matrix(items, roles, embedder) - np.array(model["mean"], np.float32)
    p = 1.0 / (1.0 + np.exp(-(rows @ np.array(model["weights"], np.float32) + model["bias"])))
    best: dict[int, float] = {}
    for u in items:
        best[u.turn] = max(best.get(u.turn, 0.0), float(p[u.index]))
    share = float(model["turn_share"])
    return [round((1 - share) * float(p[u.index]) + share * best[u.turn], 6) for u in items]


@lru_cache(maxsize=1)
def _weights() -> dict:
    return json.loads(files("pilots.visit_notes").joinpath("salience.json").read_text("utf-8"))


def threshold() -> float:
    """Return the score above which an utterance is kept, chosen in training."""
    return float(_weights()["threshold"])
