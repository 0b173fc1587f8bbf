"""Two moments that cannot both be right; both are shown and nobody is believed by the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core.evidence import Finding
from core.findings import finding
from pilots.visit_notes.codes import CONTRADICTION
from pilots.visit_notes.corrections import Correction, values
from pilots.visit_notes.utterances import Utterance
from rag.support.text import fold

if TYPE_CHECKING:
    from rag.embedding import Embedder

_NEAR = 0.55
_MOST = 6
_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nobody|nothing|n't|\w+n't|without|stopped)\b")
_STOP = frozenset(
    "the a an and or but of to in on at for with from by is was are were be been it its that this he she they i you we my "
    "his her their your our me him them us so as if then than just about like well have has had do does did not no yes will "
    "would could can there what when who how which up out off over one two said says got get go goes went know think see very "
    "really all some any more much too also only never because".split()
)


def contradictions(
    items: Sequence[Utterance], found: Sequence[Correction], who: Callable[[str], str], embedder: Embedder
) -> list[Finding]:
    """Return at most six findings, the clearest first; corrections by the same speaker are not among them."""
    taken_back = {frozenset((c.earlier, c.later)) for c in found}
    told = [u for u in items if u.words >= 3]
    if len(told) < 2:
        return []
    vectors = embedder.embed([_meaning(items, u) for u in told])
    near = vectors @ vectors.T
    held = {u.index: values(u.text) for u in told}
    pairs: list[tuple[float, Utterance, Utterance, str]] = []
    for i, a in enumerate(told):
        for j in range(i + 1, len(told)):
            b = told[j]
            if a.is_question or (b.is_question and b.turn - a.turn > 1) or frozenset((a.index, b.index)) in taken_back:
                continue
            score = float(near[i, j])
            why = _clash(a, b, held, score)
            if why and score >= _NEAR:
                pairs.append((score + (0.1 if a.speaker != b.speaker else 0.0), a, b, why))
    pairs.sort(key=lambda p: (-p[0], p[1].index))
    findings, used = [], set()
    for _, a, b, why in pairs:
        if len(findings) >= _MOST:
            break
        if a.index in used or b.index in used:
            continue
        used |= {a.index, b.index}
        findings.append(
            finding(
                CONTRADICTION,
                f"{why}: {who(a.speaker)} said “{a.text}” and {'later ' if a.speaker == b.speaker else ''}"
                f"{who(b.speaker)} said “{b.text}”",
                (a.evidence(), b.evidence()),
            )
        )
    return findings


def _clash(a: Utterance, b: Utterance, held: dict[int, list], score: float) -> str:
    shared = _content(a.text) & _content(b.text)
    if a.turn == b.turn:
        return ""
    for x in held[a.index]:
        for y in held[b.index]:
            same_kind = x.kind == y.kind and x.key != y.key
            if same_kind and not any(z.kind == x.kind and z.key == x.key for z in held[b.index]) and (
                shared or (b.turn - a.turn <= 2 and a.speaker != b.speaker and b.words <= 9)
            ) and (score >= 0.6 or len(shared) >= 2):
                return "Different figures or times"
    if len(shared) >= 2 and score >= 0.68 and bool(_NEGATIVE.search(fold(a.text))) != bool(_NEGATIVE.search(fold(b.text))):
        return "One says it is so, the other that it is not"
    return ""


def _content(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{3,}", fold(text)) if w not in _STOP}


def _meaning(items: Sequence[Utterance], u: Utterance) -> str:
    return f"{items[u.question].text} {u.text}" if u.question is not None and u.words < 8 else u.text
