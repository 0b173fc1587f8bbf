"""What was said but is not in the note: risk words, figures and promises."""

from __future__ import annotations

from collections.abc import Sequence

from core.evidence import Draft, Finding, SpeechEvidence
from core.findings import finding
from pilots.visit_notes.actions import is_commitment
from pilots.visit_notes.codes import OMISSION
from pilots.visit_notes.corrections import values
from pilots.visit_notes.utterances import Utterance
from rag.support.risk import risks_in

_MOST = 8


def omissions(items: Sequence[Utterance], scores: Sequence[float], draft: Draft) -> list[Finding]:
    """Return at most eight findings: risks first, then figures and promises by how telling the moment is."""
    shown = [
        (e.turn, e.start, e.end)
        for owner in (*(s for section in draft.sections for s in section.statements), *draft.actions)
        for e in owner.evidence
        if isinstance(e, SpeechEvidence)
    ]
    ranked = []
    for u in items:
        weight = max((h.weight for h in risks_in(u.text)), default=0)
        there = any(t == u.turn and start <= u.start + 0.01 and u.end <= end + 0.01 for t, start, end in shown)
        if there or (u.is_question and weight < 2):
            continue
        kinds = [
            label
            for label, holds in (
                ("risk", weight >= 2), ("promise", is_commitment(u.text)),
                ("figure", bool(values(u.text)) and scores[u.index] >= 0.25),
            )
            if holds
        ]
        if kinds:
            ranked.append((weight >= 2, weight, scores[u.index], u, kinds[0]))
    ranked.sort(key=lambda r: (not r[0], -r[1], -r[2], r[3].index))
    words = {"risk": "A risk word was said", "promise": "A promise was made", "figure": "A figure was given"}
    return [
        finding(OMISSION, f"{words[kind]} that is not in the note: “{u.text}”", (u.evidence(),))
        for _, _, _, u, kind in ranked[:_MOST]
    ]
