"""Two moments that do not fit together; both are shown and nobody is believed by the machine.

Three ways people contradict, by wording: one speaker disputes another's figure or claim within a few turns; a
speaker denies something and then lets it in ("No. Never. Once."); two far-apart moments about the same thing
give different figures or opposite answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence import Finding
from core.findings import finding
from pilots.visit_notes.codes import CONTRADICTION
from pilots.visit_notes.corrections import Correction, Value, values
from pilots.visit_notes.utterances import Utterance
from rag.support.risk import risks_in
from rag.support.text import fold

if TYPE_CHECKING:
    from rag.embedding import Embedder

_FAR = 0.62
_MOST = 5
_REACH = 3
_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nobody|nothing|without|stopped|\w+n't)\b")
_DISPUTE = re.compile(
    r"^(?:oh |well |but |and |mum,? |dad,? |love,? )*(?:no[,.! ]|that's (?:a lie|not|rubbish|wrong)|"
    r"i (?:have not|haven't|did not|didn't|do not|don't|was not|wasn't|am not|never)|i'm not|it (?:wasn't|isn't|was|is)\b|"
    r"it's (?:not|more|less)|(?:he|she|they|you) (?:doesn't|does|don't|do|didn't|did|isn't|wasn't|haven't|hasn't|never)|"
    r"(?:he|she|they|you)(?:'s|'re)? not|there's no|don't say|not (?:true|fine|any)|\w+,? it was)"
)
_FLAT = re.compile(
    r"^(?:that's a lie|don't say|(?:you|he|she|they|it) (?:do|does|did|is|was|are)\b|(?:they're|he's|she's|it's) not)"
)
_ABSOLUTE = re.compile(
    r"\b(?:no|never|nobody|nothing|none|always|not at all|n't|i'm (?:fine|grand|all right|okay|ok)|"
    r"straight as)\b|\w+n't\b"
)
_GIVES_WAY = re.compile(
    r"^(?:well,? (?!i (?:don't|didn't|never)|no\b|not\b)|i mean,? |except|only (?:when|the|in|at|once|sometimes)|"
    r"just (?:the|a|once)|apart from|(?:well,? )?(?:the )?once\b|(?:well,? )?(?:maybe |just )?(?:twice|now and then|sometimes)\b|"
    r"i might|although|not unless|unless)"
)
_TAG = re.compile(r",\s*(?:\w+n't|do|does|is|are|has|have) (?:i|you|he|she|it|they|we)\W*$")
_STOP = frozenset(
    "the and but for with from was were are been its that this they you his her their your our him them has have had does did "
    "not yes will would could can there what when who how which out off over two one said says got get goes went know think see "
    "very really all some any more much too also only never because just about like well then than she".split()
)


@dataclass(frozen=True)
class _Clash:
    strength: float
    first: Utterance
    second: Utterance
    why: str


def contradictions(
    items: Sequence[Utterance], found: Sequence[Correction], who: Callable[[str], str], embedder: Embedder
) -> list[Finding]:
    """Return at most five findings, the clearest first; a speaker correcting a slip is not among them."""
    taken_back = {frozenset((c.earlier, c.later)) for c in found}
    held = {u.index: values(u.text) for u in items}
    clashes = [*_disputes(items, held), *_give_ways(items, taken_back), *_far_apart(items, held, taken_back, embedder)]
    clashes.sort(key=lambda c: (-c.strength, c.first.index))
    findings: list[Finding] = []
    used: set[int] = set()
    for clash in clashes:
        a, b = clash.first, clash.second
        if len(findings) >= _MOST or a.index in used or b.index in used:
            continue
        used |= {a.index, b.index}
        later = "then " if a.speaker == b.speaker else ""
        message = f"{clash.why}: {who(a.speaker)} said “{a.text}” and {later}{who(b.speaker)} said “{b.text}”"
        findings.append(finding(CONTRADICTION, message, (a.evidence(), b.evidence())))
    return findings


def _disputes(items: Sequence[Utterance], held: dict[int, list[Value]]) -> list[_Clash]:
    out = []
    for b in items:
        if b.is_question:
            continue
        lead = bool(_DISPUTE.match(fold(b.text)))
        for a in items[max(0, b.index - 8) : b.index]:
            if a.speaker == b.speaker or not 1 <= b.turn - a.turn <= _REACH or a.is_question:
                continue
            shared = _content(a.text) & _content(b.text)
            weight = 0.3 * any(h.weight >= 2 for h in (*risks_in(a.text), *risks_in(b.text)))
            if _other_value(held[a.index], held[b.index]) and (lead or shared or _same_opening(a, b)) and b.words <= 16:
                out.append(_Clash(1.3 + weight + 0.2 * lead, a, b, "Different figures or times"))
            elif lead and shared and _negative(a) != _negative(b):
                out.append(_Clash(1.2 + weight, a, b, "One says it is so, the other that it is not"))
            elif b.turn == a.turn + 1 and _negative(a) != _negative(b) and _FLAT.match(fold(b.text)):
                out.append(_Clash(1.1 + weight, a, b, "One says it is so, the other that it is not"))
    return out


def _give_ways(items: Sequence[Utterance], taken_back: set[frozenset[int]]) -> list[_Clash]:
    out = []
    for b in items:
        folded = fold(b.text)
        if b.is_question or not _GIVES_WAY.match(folded) or _NEGATIVE.search(folded[:40]):
            continue
        for a in reversed(items[max(0, b.index - 5) : b.index]):
            if a.speaker != b.speaker or a.is_question or b.turn - a.turn > 2:
                continue
            if _ABSOLUTE.search(fold(a.text)) and a.words <= 14 and frozenset((a.index, b.index)) not in taken_back:
                asked = items[a.question].text if a.question is not None else ""
                risky = any(h.weight >= 2 for h in (*risks_in(asked), *risks_in(a.text), *risks_in(b.text)))
                out.append(_Clash(1.25 + 0.3 * risky, a, b, "A denial, then something that does not fit it"))
                break
    return out


def _far_apart(
    items: Sequence[Utterance], held: dict[int, list[Value]], taken_back: set[frozenset[int]], embedder: Embedder
) -> list[_Clash]:
    import numpy as np

    told = [u for u in items if u.words >= 4 and not u.is_question]
    if len(told) < 2:
        return []
    vectors = embedder.embed([u.text for u in told])
    near = vectors @ vectors.T
    out = []
    for i, j in np.argwhere(np.triu(near, 1) >= _FAR):
        a, b, score = told[i], told[j], float(near[i, j])
        if b.turn == a.turn or frozenset((a.index, b.index)) in taken_back:
            continue
        shared = len(_content(a.text) & _content(b.text))
        if shared >= 2 and _other_value(held[a.index], held[b.index]):
            out.append(_Clash(score, a, b, "Different figures or times"))
        elif shared >= 2 and (score >= 0.7 or shared >= 3) and _negative(a) != _negative(b) and "," not in b.text[-12:]:
            out.append(_Clash(score, a, b, "One says it is so, the other that it is not"))
    return out


def _other_value(old: Sequence[Value], new: Sequence[Value]) -> bool:
    for y in new:
        same = [x for x in old if x.kind == y.kind]
        repeated = any(z.kind == x.kind and z.key == x.key for x in same for z in new)
        if same and not repeated:
            return True
    return False


def _same_opening(a: Utterance, b: Utterance) -> bool:
    first = [re.match(r"(?:he|she|it|they)(?:'s| is| was|'re)\b", fold(u.text)) for u in (a, b)]
    return all(first) and first[0] is not None and first[1] is not None and first[0].group() == first[1].group()


def _negative(u: Utterance) -> bool:
    return bool(_NEGATIVE.search(_TAG.sub("", fold(u.text))))


def _content(text: str) -> set[str]:
    words = re.findall(r"[a-z]{3,}", fold(text).replace("n't", ""))
    return {re.sub(r"(?:ing|ed|s)$", "", w) if len(w) > 4 else w for w in words if w not in _STOP}
