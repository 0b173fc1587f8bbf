"""A risk in the statement must be spoken of in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.support.clauses import stop_words
from rag.support.codes import FLIPPED_NEGATION, UNSUPPORTED_RISK
from rag.support.model import Mismatch, Spoken
from rag.support.polarity import Reading, read, read_all
from rag.support.risk import RiskHit, risks_in
from rag.support.text import fold
from rag.support.words import lexicon, stem, tokens

_LIGHT = frozenset("holds hold holding keeps keep has have had got looks look".split())


@lru_cache(maxsize=1)
def _kinds() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    return {
        family: [(kind, re.compile(rf"\b(?:{pattern})")) for kind, pattern in kinds.items()]
        for family, kinds in lexicon()["risk_kinds"].items()
    }


def _kinds_of(family: str, words: str) -> set[str]:
    return {kind for kind, pattern in _kinds().get(family, []) if pattern.search(fold(words))}


def check_risk(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every risk whose kind no turn of the evidence mentions."""
    text = " \n ".join(f"{turn.text} \n {_office(turn.speaker)}" for turn in evidence)
    heard = risks_in(text)
    families = {hit.family for hit in heard}
    near = {frozenset(pair) for pair in lexicon()["near_risks"]}
    stems = {stem(t.word) for t in tokens(text) if t.is_word}
    found: list[Mismatch] = []
    for hit in _distinct(risks_in(statement)):
        if _same_words(hit.words, stems) or _is_speaker(hit.words, evidence):
            continue
        close = {f for f in families if f == hit.family or frozenset((f, hit.family)) in near}
        if close and _same_kind(hit, text):
            continue
        found.append(Mismatch(UNSUPPORTED_RISK, hit.words, f"Nobody spoke of “{hit.words}” ({hit.label}) in the evidence."))
    return found + _generic(statement, families, text)


def _office(speaker: str) -> str:
    """Return the service a speaker's title belongs to."""
    return "police officer" if re.match(r"(?:PC|DC|DS|DI|Sgt|Sergeant|Inspector)\b", speaker) else ""


def _is_speaker(words: str, evidence: Sequence[Spoken]) -> bool:
    """Say whether the word is somebody's name (Mr Swallow, Mrs Burns)."""
    return words[0].isupper() and any(words in turn.speaker.split() for turn in evidence)


def _same_words(words: str, stems: set[str]) -> bool:
    said = [t.word for t in tokens(words) if t.is_word]
    telling = [w for w in said if w not in stop_words()] or said
    return all(stem(w) in stems for w in telling)


def _same_kind(hit: RiskHit, text: str) -> bool:
    kinds = _kinds_of(hit.family, hit.words)
    return not kinds or bool(kinds & _kinds_of(hit.family, text))


def check_denied_risk(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every risk told as so of which the evidence only says that it is not so."""
    stated = read(statement)
    readings = read_all(evidence)
    found = []
    for hit in _distinct(risks_in(statement)):
        ours = _sign(hit, stated)
        kinds = _kinds_of(hit.family, hit.words)
        if ours <= 0 or not kinds or _UNSURE.search(fold(statement)):
            continue
        heard = [
            _sign(other, reading)
            for turn, reading in zip(evidence, readings, strict=True)
            for other in risks_in(turn.text)
            if other.family == hit.family and kinds & _kinds_of(hit.family, other.words)
        ]
        if heard and all(sign < 0 for sign in heard):
            found.append(Mismatch(FLIPPED_NEGATION, hit.words, f"The evidence only says that there was no “{hit.words}”."))
    return found


_UNSURE = re.compile(
    r"\b(?:if|whether|asked|worr\w+|afraid|fear\w*|risk of|in case|might|could|would|except|only|but|until|locked|away|"
    r"hidden|reach|safely)\b"
)


def _sign(hit: RiskHit, reading: Reading) -> int:
    """Return the sign of the ideas that a risk's words hold: +1 told, -1 denied, 0 left open or mixed."""
    signs = {i.sign for i in reading.ideas if hit.start <= i.at < hit.end}
    return signs.pop() if len(signs) == 1 else 0


def _distinct(hits: list[RiskHit]) -> list[RiskHit]:
    seen: set[tuple[str, str]] = set()
    return [h for h in hits if not ((h.family, h.words.lower()) in seen or seen.add((h.family, h.words.lower())))]


def _generic(statement: str, families: set[str], text: str) -> list[Mismatch]:
    """Return a mismatch for danger words that belong to no family, when the evidence knows no risk at all."""
    said = fold(text)
    found = []
    for group in lexicon()["danger_words"]:
        pattern = re.compile(rf"\b(?:{group})")
        m = pattern.search(fold(statement))
        if m and not pattern.search(said) and not (group.startswith("risk") and families):
            words = statement[m.start() : m.end()]
            found.append(Mismatch(UNSUPPORTED_RISK, words, f"Nobody spoke of “{words}” in the evidence."))
    return found
