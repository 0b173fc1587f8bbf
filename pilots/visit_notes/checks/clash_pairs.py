"""Pairs of moments that may not fit together, and what a machine can see of each pair before any judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pilots.visit_notes.corrections import Correction, Value
from pilots.visit_notes.utterances import Utterance
from rag.support.risk import risks_in
from rag.support.text import fold
from rag.support.words import lexicon, stem

if TYPE_CHECKING:
    from rag.embedding import Embedder

REACH = 4
"""turns apart within which every pair is looked at; farther ones must be near in meaning"""
FAR = 0.5
_BACK = 14
_SURE = 0.62
_ABOUT = 0.5
"""two moments this near in meaning are about one matter even without a telling word in common"""
_WEAK = frozenset(
    stem(w) for w in "like want need come take give make look find keep put let feel good thing time day week".split()
)
_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nobody|nothing|nowhere|without|stopped|neither|hardly|cannot|\w+n't)\b")
_TAG = re.compile(r",\s*(?:\w+n't|do|does|is|are|has|have|did|was) (?:i|you|he|she|it|they|we)\W*$")


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    """Return the signs by name and the pattern of sentences that claim nothing (``clash_signs.yaml``)."""
    import yaml

    data = yaml.safe_load(files("pilots.visit_notes").joinpath("clash_signs.yaml").read_text("utf-8"))
    return {name: re.compile("".join(parts)) for name, parts in data["signs"].items()}, re.compile("".join(data["empty"]))


_STOP = frozenset(
    "the and but for with from was were are been its that this they you his her their your our him them has have had does did "
    "not yes will would could can there what when who how which out off over two one said one says got get goes "
    "went know think see "
    "very really all some any much more too also only never because just about like well then than she here where".split()
)


_OWN = re.compile(r"^(?:well |but |and |no,? )*i (?:don't|do|like|want|didn't|haven't|have)\b")
_AGREES = re.compile(r"^(?:oh |well |and )*(?:yes|yeah|yep|aye|exactly|that's right|she does|he does|they do)\b(?!,? but)")


def _repeats(old: Sequence[Value], new: Sequence[Value]) -> bool:
    """Say whether the later figures are all among the earlier ones."""
    return bool(new) and all(any(v.kind == w.kind and v.key == w.key for v in old) for w in new)


@dataclass(frozen=True)
class Pair:
    """Two moments, the earlier first; ``row`` holds the features in the order of :func:`feature_names`."""

    first: Utterance
    second: Utterance
    row: tuple[float, ...]
    why: str
    sure: bool = False
    """near in meaning, with the same telling words, and figures or denials that differ"""


def feature_names() -> list[str]:
    """Return the names of the columns of a pair's row."""
    own = [f"{side}_{sign}" for side in ("first", "second") for sign in _patterns()[0]]
    return own + [
        "same_speaker", "same_turn", "next_turn", "turn_gap", "far", "near", "near_with_question", "shared", "other_value",
        "repeated_value", "negation_differs", "first_negative", "second_negative", "first_question", "second_question",
        "first_answers", "second_answers", "log_words_first", "log_words_second", "risk", "opposites", "worker_first",
        "worker_second",
        "same_denied_then_admitted", "other_disputes", "other_disputes_near", "other_value_other_speaker", "fine_then_trouble",
        "negation_differs_near", "short_second_value", "question_shared", "corrected", "near_question",
        "denied_then_near_question", "value_near", "denies_other_near",
        "third_speaker_said",
    ]  # fmt: skip


def pairs(
    items: Sequence[Utterance],
    held: Sequence[Sequence[Value]],
    found: Sequence[Correction],
    roles: dict[str, str],
    embedder: Embedder,
) -> list[Pair]:
    """Return every pair of moments close enough in time or meaning to be about one matter."""
    import numpy as np

    told = [u for u in items if u.words >= 1]
    if len(told) < 2:
        return []
    alone = embedder.embed([u.text for u in items])
    around = embedder.embed([_with_question(items, u) for u in items])
    near, near_asked = np.asarray(alone @ alone.T), np.asarray(around @ around.T)
    seen = [_seen(u) for u in items]
    corrected = {(c.earlier, c.later) for c in found}
    out = []
    for b in items:
        for a in items[: b.index]:
            gap = b.turn - a.turn
            close = gap <= REACH and b.index - a.index <= _BACK
            if not close and near[a.index, b.index] < FAR or a.is_question and (b.is_question or gap > 1):
                continue
            if (gap == 0 and a.question is None) or (a.speaker == b.speaker and (a.index, b.index) in corrected):
                continue
            if not _worth_a_look(a, b, seen, held, float(near[a.index, b.index]) if close else -1.0):
                continue
            asked = float(near[a.question, b.index]) if a.question is not None else 0.0
            scores = (float(near[a.index, b.index]), float(near_asked[a.index, b.index]), asked)
            out.append(_pair(items, a, b, held, seen, scores, (a.index, b.index) in corrected, roles))
    return out


def _worth_a_look(a: Utterance, b: Utterance, seen: Sequence[_Seen], held: Sequence[Sequence[Value]], near: float) -> bool:
    """Say whether both moments claim something and there is any sign that they differ."""
    x, y = seen[a.index], seen[b.index]
    claims = (x.content or held[a.index] or x.negative) and (y.content or held[b.index] or y.negative or y.signs[2])
    if not claims or x.backchannel or y.backchannel:
        return False
    if x.negative == y.negative and (_AGREES.match(fold(b.text)) or _repeats(held[a.index], held[b.index])):
        return False
    shared = (x.content & y.content) - _WEAK
    if b.is_question and not shared or _OWN.match(fold(b.text)) and not shared and a.speaker != b.speaker and near < _ABOUT:
        return False
    if near < 0:
        return len(x.content & y.content) >= 2 and (x.negative != y.negative or other_value(held[a.index], held[b.index]))
    sign = dict(zip(_patterns()[0], y.signs, strict=True))
    return bool(
        (x.negative != y.negative and (near >= _ABOUT or shared or a.question is not None or y.signs[2]))
        or other_value(held[a.index], held[b.index])
        or any(sign[n] for n in ("disputes", "gives_way", "admits", "explains"))
        or dict(zip(_patterns()[0], x.signs, strict=True))["fine"] and sign["trouble"]
    )


@dataclass(frozen=True)
class _Seen:
    signs: tuple[float, ...]
    negative: bool
    content: frozenset[str]
    risk: float
    backchannel: bool


def _seen(u: Utterance) -> _Seen:
    folded = fold(u.text)
    untagged = _TAG.sub("", folded)
    return _Seen(
        tuple(float(bool(p.search(folded))) for p in _patterns()[0].values()),
        bool(_NEGATIVE.search(untagged)),
        frozenset(content(u.text)),
        float(any(h.weight >= 2 for h in risks_in(u.text))),
        bool(_patterns()[1].match(folded)),
    )


def _pair(
    items: Sequence[Utterance], a: Utterance, b: Utterance, held: Sequence[Sequence[Value]], seen: Sequence[_Seen],
    scores: tuple[float, float, float], corrected: bool, roles: dict[str, str],
) -> Pair:  # fmt: skip
    import math

    x, y, gap = seen[a.index], seen[b.index], b.turn - a.turn
    same, differs = a.speaker == b.speaker, x.negative != y.negative
    value = other_value(held[a.index], held[b.index])
    repeated = any(v.kind == w.kind and v.key == w.key for v in held[a.index] for w in held[b.index])
    names = list(_patterns()[0])
    sign = {f"{side}_{n}": s for side, one in (("first", x), ("second", y)) for n, s in zip(names, one.signs, strict=True)}
    asked = content(items[a.question].text) if a.question is not None else set()
    row = [
        *x.signs, *y.signs, same, gap == 0, gap == 1, min(gap, 10) / 10, gap > REACH, scores[0], scores[1],
        min(3, len(x.content & y.content)), value, repeated, differs, x.negative, y.negative, a.is_question, b.is_question,
        a.question is not None, b.question is not None, math.log1p(a.words), math.log1p(b.words), max(x.risk, y.risk),
        _opposed(x.content, y.content), roles.get(a.speaker) == "worker", roles.get(b.speaker) == "worker",
        same and sign["first_absolute"] and (sign["second_gives_way"] or sign["second_admits"]),
        not same and sign["second_disputes"] and gap <= 1,
        not same and sign["second_disputes"] and gap <= 2 and scores[1] >= 0.35,
        value and not same, same and sign["first_fine"] and sign["second_trouble"], differs and scores[0] >= 0.4,
        value and b.words <= 6, min(2, len(asked & y.content)), corrected,
        scores[2], scores[2] if same and x.negative and not y.negative else 0.0, scores[1] if value else 0.0,
        scores[1] if not same and differs else 0.0, differs and (sign["first_reported"] or sign["second_reported"]),
    ]  # fmt: skip
    if value:
        why = "Different figures or times"
    elif same and x.negative and not y.negative:
        why = "A denial, then something that does not fit it"
    else:
        why = "One says it is so, the other that it is not" if differs else "These two may not fit together"
    shared = len((x.content & y.content) - _WEAK)
    sure = gap > 0 and not b.is_question and scores[0] >= _SURE and (value and shared >= 1 or differs and shared >= 2)
    return Pair(a, b, tuple(float(v) for v in row), why, sure)


def other_value(old: Sequence[Value], new: Sequence[Value]) -> bool:
    """Say whether a figure of one kind stands against another and is not repeated."""
    for y in new:
        same = [x for x in old if x.kind == y.kind]
        if same and not any(z.kind == x.kind and z.key == x.key for x in same for z in new):
            return True
    return False


def content(text: str) -> set[str]:
    """Return the telling words of a text, as stems."""
    return {stem(w) for w in re.findall(r"[a-z]{3,}", fold(text).replace("n't", "")) if w not in _STOP}


def _opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(bool(yes & one and no & other or no & one and yes & other) for yes, no in _opposite_stems())


@lru_cache(maxsize=1)
def _opposite_stems() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    sides = [[frozenset(stem(w) for w in side.split()) for side in pair[:2]] for pair in lexicon()["opposites"]]
    return tuple((yes, no) for yes, no in sides)


def _with_question(items: Sequence[Utterance], u: Utterance) -> str:
    return f"{items[u.question].text} {u.text}" if u.question is not None else u.text
