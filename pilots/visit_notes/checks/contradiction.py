"""Two moments that do not fit together; both are shown and nobody is believed by the machine.

Pairs of moments about one matter (a few turns apart, or near in meaning) are ranked by a small linear model over
wording: one speaker disputes another, a denial is followed by something that does not fit it, figures differ. The
weights are data (``clashes.json``), trained by ``tools/train_clashes.py`` on the development visits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from core.evidence import Finding
from core.findings import finding
from pilots.visit_notes.checks.clash_pairs import Pair, pairs
from pilots.visit_notes.codes import CONTRADICTION
from pilots.visit_notes.corrections import Correction, values
from pilots.visit_notes.utterances import Utterance

if TYPE_CHECKING:
    from rag.embedding import Embedder

_SHORT = 8
"""words up to which a moment is shown with the question it answers"""


def contradictions(
    items: Sequence[Utterance],
    found: Sequence[Correction],
    roles: dict[str, str],
    who: Callable[[str], str],
    embedder: Embedder,
) -> list[Finding]:
    """Return a handful of findings, the clearest first, each citing both sides and the question answered."""
    import numpy as np

    made = pairs(items, [values(u.text) for u in items], found, roles, embedder)
    if not made:
        return []
    model = _weights()
    rows = (np.array([p.row for p in made]) - np.array(model["mean"])) / np.array(model["scale"])
    scores = 1.0 / (1.0 + np.exp(-(rows @ np.array(model["weights"]) + model["bias"])))
    scores = np.where([p.sure for p in made], 0.5 + scores / 2, scores)
    return [
        finding(CONTRADICTION, _message(p, who), tuple(u.evidence() for u in cited(items, p)))
        for p in chosen(items, made, scores, float(model["threshold"]), int(model["most"]))
    ]


def cited(items: Sequence[Utterance], pair: Pair) -> list[Utterance]:
    """Return the moments shown: both sides, each with the question it answers when it is short."""
    shown = {pair.first.index, pair.second.index}
    for u in (pair.first, pair.second):
        if u.question is not None and u.words <= _SHORT:
            shown.add(u.question)
    return [items[i] for i in sorted(shown)]


def chosen(items: Sequence[Utterance], made: Sequence[Pair], scores: Sequence[float], cut: float, most: int) -> list[Pair]:
    """Return the pairs to show, best first; of pairs about the same moments only the best."""
    order = sorted((i for i in range(len(made)) if scores[i] >= cut), key=lambda i: (-scores[i], made[i].first.index))
    picked: list[Pair] = []
    used: set[int] = set()
    for i in order:
        turns = {u.turn for u in (made[i].first, made[i].second)}
        if len(picked) < most and not turns & used:
            picked.append(made[i])
            used |= turns
    return picked


def _message(pair: Pair, who: Callable[[str], str]) -> str:
    a, b = pair.first, pair.second
    later = "then " if a.speaker == b.speaker else ""
    return f"{pair.why}: {who(a.speaker)} said “{a.text}” and {later}{who(b.speaker)} said “{b.text}”"


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    return json.loads(files("pilots.visit_notes").joinpath("clashes.json").read_text("utf-8"))
