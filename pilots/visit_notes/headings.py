"""Which heading a unit belongs under: nearness in meaning to the heading's example sentences, cue words, neighbours.

People stay on a subject for a while, so a sentence's scores are averaged with its neighbours'. A
heading opens only when at least one unit is clearly about it; otherwise its units go to their next
best open heading, so that a heading nobody spoke about stays ``not_discussed``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pilots.visit_notes.features import cues
from pilots.visit_notes.grouping import Unit
from pilots.visit_notes.note_templates import OTHER, Heading, Template
from pilots.visit_notes.utterances import Utterance
from rag.support.risk import risks_in
from rag.support.text import fold

if TYPE_CHECKING:
    import numpy as np

    from rag.embedding import Embedder

NEAREST = 2
OWN_SHARE = 0.4
CUE = 0.06
RISK = 0.045
OPEN_AT = 0.38
OPEN_UNNAMED = 0.44
CLOSE = 0.05
"""a heading opens when a unit scores this for it (more without a cue word) and nothing is much nearer;
chosen on the development visits"""
FLOOR = 0.22
"""a unit below this for every heading goes under "anything else said" """
_NEIGHBOURS = ((-1, 1.0), (1, 1.0), (-2, 0.5), (2, 0.5), (-3, 0.33), (3, 0.33))


def place_units(
    items: Sequence[Utterance], grouped: Sequence[Unit], roles: dict[str, str], template: Template, embedder: Embedder
) -> dict[str, list[Unit]]:
    """Return heading key → units in spoken order; ``other_matters`` holds what fits nowhere."""
    if not grouped:
        return {}
    own, smooth = heading_scores(items, roles, template, embedder)
    keys = [h.key for h in template.headings]
    rows = [max((u for u in unit.items), key=lambda u: u.words).index for unit in grouped]
    cue = [re.compile(rf"(?<![\w'])(?:{h.cues})") if h.cues else None for h in template.headings]
    open_now = {key for h, key in enumerate(keys) if any(_opens(own[i], h, cue[h], items[i]) for i in rows)}
    placed: dict[str, list[Unit]] = {}
    key = OTHER
    for unit, i in zip(grouped, rows, strict=True):
        if unit.follows and placed.get(key):
            placed[key].append(unit)
            continue
        order = sorted(range(len(keys)), key=lambda h: -smooth[i, h])
        best = next((h for h in order if keys[h] in open_now), None)
        key = OTHER if best is None or smooth[i, best] < FLOOR else keys[best]
        placed.setdefault(key, []).append(unit)
    return placed


def _opens(row: np.ndarray, h: int, cue: re.Pattern[str] | None, item: Utterance) -> bool:
    """Whether one unit is clearly about a heading: near its examples, and nearer still without a cue word."""
    if row[h] < row.max() - CLOSE:
        return False
    named = cue is not None and bool(cue.search(fold(item.text)))
    return bool(row[h] >= (OPEN_AT if named else OPEN_UNNAMED))


def heading_scores(
    items: Sequence[Utterance], roles: dict[str, str], template: Template, embedder: Embedder
) -> tuple[np.ndarray, np.ndarray]:
    """Return (own scores, scores averaged with neighbours), each utterances × headings."""
    import numpy as np

    texts, owners = zip(*_example_rows(template), strict=True)
    targets, owner = _embedded(texts), np.array(owners)
    around_it = [_context(items, u) for u in items]
    near = 0.5 * (embedder.embed([u.text for u in items]) + embedder.embed(around_it)) @ targets.T
    own = np.zeros((len(items), len(template.headings)), np.float32)
    for h, heading in enumerate(template.headings):
        own[:, h] = np.sort(near[:, owner == h], axis=1)[:, -NEAREST:].mean(axis=1)
        pattern = re.compile(rf"(?<![\w'])(?:{heading.cues})") if heading.cues else None
        own[:, h] += [_bonus(heading, pattern, u, text, roles) for u, text in zip(items, around_it, strict=True)]
    around = own.copy()
    weight = np.ones((len(items), 1), np.float32)
    for step, share in _NEIGHBOURS:
        for i in range(max(0, -step), min(len(items), len(items) - step)):
            around[i] += share * own[i + step]
            weight[i] += share
    return own, OWN_SHARE * own + (1 - OWN_SHARE) * around / weight


def _example_rows(template: Template) -> list[tuple[str, int]]:
    return [(e, i) for i, h in enumerate(template.headings) for e in (*h.examples, f"{h.title}. {h.hint}")]


@lru_cache(maxsize=16)
def _embedded(texts: tuple[str, ...]) -> np.ndarray:
    from rag.embedding import default_embedder

    return default_embedder().embed(texts)


def _bonus(heading: Heading, pattern: re.Pattern[str] | None, item: Utterance, text: str, roles: dict[str, str]) -> float:
    bonus = 0.0
    if pattern is not None:
        bonus += CUE * min(2, len({m.group(0) for m in pattern.finditer(fold(item.text))}))
        bonus += CUE * 0.5 * bool(pattern.search(fold(text)))
    if heading.risk:
        weight = max((h.weight for h in risks_in(text)), default=0)
        bonus += RISK * weight if weight >= 2 else 0.0
    if heading.decision:
        found = cues(item.text)
        role = roles.get(item.speaker, "unknown")
        bonus += 0.12 * bool(found["promise"] and role in ("worker", "professional", "unknown")) + 0.04 * bool(found["agree"])
    if heading.child and roles.get(item.speaker) == "child":
        bonus += 0.12
    return bonus


def _context(items: Sequence[Utterance], item: Utterance) -> str:
    if item.question is not None:
        return f"{items[item.question].text} {item.text}"
    before = items[item.index - 1] if item.index and items[item.index - 1].turn == item.turn else None
    return f"{before.text} {item.text}" if before and item.words < 8 else item.text
