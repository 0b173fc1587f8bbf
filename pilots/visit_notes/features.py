"""What a machine can see of an utterance before any judgement: word cues, place, speaker, neighbours."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from pilots.visit_notes.utterances import SHORT_ANSWER, Utterance
from rag.support.risk import risks_in
from rag.support.text import fold

ROLES = ("worker", "person", "person2", "carer", "family", "professional", "child", "interpreter", "unknown")


@lru_cache(maxsize=1)
def cue_groups() -> dict[str, re.Pattern[str]]:
    """Return the cue groups of ``cues.yaml`` as compiled patterns."""
    import yaml

    data = yaml.safe_load(files("pilots.visit_notes").joinpath("cues.yaml").read_text("utf-8"))
    return {
        name: re.compile(pattern if pattern.startswith("^") else rf"(?<![\w'])(?:{pattern})")
        for name, pattern in data["groups"].items()
    }


def cues(text: str) -> dict[str, int]:
    """Return how often each cue group occurs."""
    folded = fold(text)
    return {name: len(pattern.findall(folded)) for name, pattern in cue_groups().items()}


def feature_names() -> list[str]:
    """Return the names of the columns of :func:`feature_rows`."""
    base = [f"has_{g}" for g in cue_groups()]
    extra = ["log_words", "is_question", "answers_question", "short_answer", "names", "risk", "risk_near",
             "place", "first_of_turn", "turn_words", "next_is_question", "question_risk", "short", "long",
             "answered"]
    return base + [f"question_{g}" for g in cue_groups()] + extra + [f"role_{r}" for r in ROLES]


def feature_rows(items: Sequence[Utterance], roles: dict[str, str]) -> list[list[float]]:
    """Return one row of numbers an utterance, in the order of :func:`feature_names`."""
    found = [cues(u.text) for u in items]
    risk = [max((h.weight for h in risks_in(u.text)), default=0) for u in items]
    turn_words: dict[int, int] = {}
    answered = set()
    for u in items:
        turn_words[u.turn] = turn_words.get(u.turn, 0) + u.words
        if u.question is not None:
            answered.add(u.question)
    rows = []
    for i, u in enumerate(items):
        asked = items[u.question] if u.question is not None else None
        row = [min(2.0, float(found[i][g])) for g in cue_groups()]
        row += [min(1.0, float(found[asked.index][g])) if asked else 0.0 for g in cue_groups()]
        near = max(risk[max(0, i - 2) : i + 3])
        capitals = len(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", u.text))
        row += [
            math.log1p(u.words), float(u.is_question), float(asked is not None),
            float(bool(asked) and bool(SHORT_ANSWER.match(u.text))), min(3.0, float(capitals)),
            float(risk[i]), float(near), i / max(1, len(items)),
            float(i == 0 or items[i - 1].turn != u.turn), math.log1p(turn_words[u.turn]),
            float(i + 1 < len(items) and items[i + 1].is_question),
            float(risk[asked.index]) if asked else 0.0, float(u.words <= 3), float(u.words >= 15),
            float(u.index in answered),
        ]
        role = roles.get(u.speaker, "unknown")
        row += [float(role == r) for r in ROLES]
        rows.append(row)
    return rows
