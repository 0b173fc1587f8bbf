"""Words the recogniser was unsure of, only where they carry the meaning: names, numbers, negation, risk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.evidence import Finding, SpeechEvidence, Transcript
from core.findings import finding
from pilots.visit_notes.codes import LOW_CONFIDENCE
from pilots.visit_notes.corrections import values
from pilots.visit_notes.utterances import Utterance
from rag.support.risk import risks_in

THRESHOLD = 0.45
_MOST = 8
_NEGATION = re.compile(r"^(?:no|not|never|none|nobody|nothing|without|\w+n't|cannot)\W*$", re.IGNORECASE)


def low_confidence(transcript: Transcript, items: Sequence[Utterance], kept: set[int]) -> list[Finding]:
    """Return at most eight findings, the least certain first; transcripts without probabilities give none."""
    doubtful = []
    for u in items:
        if u.index not in kept:
            continue
        words = [w for w in transcript.turns[u.turn].words if u.start - 0.01 <= w.start and w.end <= u.end + 0.01]
        risky = " ".join(h.words for h in risks_in(u.text)).lower()
        for place, word in enumerate(words):
            if word.probability >= THRESHOLD:
                continue
            kind = _kind(word.text.strip(), place, risky)
            if kind:
                doubtful.append((word.probability, u, word, kind))
    doubtful.sort(key=lambda d: (d[0], d[1].index))
    return [
        finding(
            LOW_CONFIDENCE,
            f"The recogniser was unsure of the {kind} “{word.text.strip()}” in “{u.text}”",
            (SpeechEvidence(turn=u.turn, start=word.start, end=word.end, quote=word.text.strip(), speaker=u.speaker),),
        )
        for _, u, word, kind in doubtful[:_MOST]
    ]


def _kind(word: str, place: int, risky: str) -> str:
    bare = word.strip(".,?!;:\"”“").lower()
    if not bare:
        return ""
    if _NEGATION.match(word):
        return "denial"
    if values(word):
        return "number or date"
    if re.search(rf"\b{re.escape(bare)}\b", risky):
        return "risk word"
    if place > 0 and len(bare) > 2 and bare.replace("'", "").replace("’", "").replace("-", "").isalpha() and word[:1].isupper():
        return "name"
    return ""
