"""Which utterances go into the note, and which of them must stand together to be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pilots.visit_notes.actions import is_commitment
from pilots.visit_notes.corrections import Correction
from pilots.visit_notes.features import cue_groups
from pilots.visit_notes.utterances import SHORT_ANSWER, Utterance
from rag.support.risk import risks_in
from rag.support.text import fold

MUST_WEIGHT = 2
"""risk words of this weight or more are never left out"""
_SELF_CONTAINED_WORDS = 9


@dataclass(frozen=True)
class Unit:
    """Utterances of one speaker that are quoted together, and the question they answer, if it is needed."""

    items: tuple[Utterance, ...]
    question: Utterance | None
    score: float
    follows: bool = False
    """it corrects or continues the unit before it and must stand under the same heading"""

    @property
    def turn(self) -> int:
        """Turn of its first utterance."""
        return self.items[0].turn


def choose(
    items: Sequence[Utterance], scores: Sequence[float], together: Sequence[Correction], threshold: float
) -> set[int]:
    """Return indices of the utterances to keep: the salient ones, every risk, promise and correction."""
    kept = {u.index for u in items if scores[u.index] >= threshold and not _empty(u)}
    risky = {u.index for u in items if any(h.weight >= MUST_WEIGHT for h in risks_in(u.text))}
    kept |= risky
    for u in items:
        if u.question in risky and (u.words <= 12 or SHORT_ANSWER.match(u.text)):
            kept |= {u.index, u.question}
        if is_commitment(u.text):
            kept.add(u.index)
    for c in together:
        if c.earlier in kept or (c.marked and c.later in kept):
            kept |= {c.earlier, c.later}
    return kept


def units(
    items: Sequence[Utterance], kept: set[int], scores: Sequence[float], together: Sequence[Correction]
) -> list[Unit]:
    """Return the kept utterances grouped: neighbours of one turn, each with the question it needs."""
    joined = {c.later: c.earlier for c in together}
    groups: list[list[Utterance]] = []
    for index in sorted(kept):
        u = items[index]
        if u.is_question and _answered_within(items, u, kept):
            continue  # shown as the question of its answer
        last = groups[-1][-1] if groups else None
        corrects = (
            last is not None and last.speaker == u.speaker and joined.get(u.index) in {x.index for x in groups[-1]}
        )
        follows = last is not None and last.turn == u.turn and u.index - last.index == 1
        if corrects or (follows and (u.words <= 6 or sum(x.words for x in groups[-1]) <= 14)):
            groups[-1].append(u)
        else:
            groups.append([u])
    out: list[Unit] = []
    for group in groups:
        unit = _unit(items, group, scores, {u.index: joined[u.index] for u in group if u.index in joined})
        if out and unit.question and out[-1].question == unit.question and out[-1].items[0].turn == unit.turn:
            unit = replace(unit, question=None, follows=True)
        out.append(unit)
    return out


def _unit(
    items: Sequence[Utterance], group: list[Utterance], scores: Sequence[float], corrects: dict[int, int]
) -> Unit:
    first = group[0]
    asked = items[first.question] if first.question is not None else None
    if asked is not None and not _needs_question(first, group, asked):
        asked = None
    others = {u.index for u in group}
    follows = any(earlier not in others for earlier in corrects.values())
    return Unit(tuple(group), asked, max(scores[u.index] for u in group), follows)


def _needs_question(first: Utterance, group: list[Utterance], asked: Utterance) -> bool:
    if any(h.weight >= MUST_WEIGHT for h in risks_in(asked.text)):
        return True
    if SHORT_ANSWER.match(first.text):
        return True
    return sum(u.words for u in group) < _SELF_CONTAINED_WORDS


def _answered_within(items: Sequence[Utterance], question: Utterance, kept: set[int]) -> bool:
    return any(
        u.question == question.index and u.index in kept and not u.is_question and _needs_question(u, [u], question)
        for u in items[question.index + 1 : question.index + 6]
    )


def _empty(u: Utterance) -> bool:
    return bool(cue_groups()["backchannel"].search(fold(u.text)))
