"""Words that shift a claim: "both" for "only one", "every" for "every other", what nearly was, what used to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.support.clauses import Clause, clauses, concept, concepts, stop_words
from rag.support.codes import FLIPPED_NEGATION, UNSUPPORTED_DATE
from rag.support.frames import frame_end, is_question_asked
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold
from rag.support.words import Token

_ALL = re.compile(r"\b(?:both|all|every|each|everyone|everybody)\b(?! (?:but|except|other|night|day|right|in all)\b)")
_SOME = re.compile(
    r"\b(?:one of (?:them|those|the two)|only (?:the )?(?:one|two|some|half|a few)|just (?:the )?(?:one|two|some)|some of|"
    r"all but|all except|not (?:all|every|both)|apart from|half of|neither|none of|most of)\b"
)
_EVERY_OTHER = re.compile(r"\b(?:every|each) (?:other|second|alternate) (?P<u>\w+)|\balternate (?P<v>\w+?)s?\b")
_NEARLY = re.compile(
    r"\b(?:nearly|almost|very nearly|about to|was going to|were going to|meant to|thought about|thought of|tempted to|"
    r"came close to|threatened to|wanted to|planned to|tried to)\s+(?P<v>\w+)(?:\s+(?P<w>\w+))?"
)
_TURNED_BACK = re.compile(
    r"\b(?:but|then (?:i|he|she|they|we)|turned (?:round|back)|changed (?:my|his|her|their|our) minds?|didn't|did not|never|"
    r"nearly|almost|caught (?:him|her|my)self|grabbed|stayed on (?:his|her|my) feet|bottled|couldn't|stopped (?:him|"
    r"her|my)self)\b"
)
_HEDGE = re.compile(
    r"\b(?:nearly|almost|about to|going to|meant|thought|tempted|close to|threaten\w*|want\w*|plan\w*|tr(?:y|ied|ying)|"
    r"intend\w*|hop\w*|consider\w*|attempt\w*|would|could|might|may|whether|wish\w*|agreed to|asked to|not|n't|never|no longer)\b"
)
_USED_TO = re.compile(r"\b(?:used to|at one time|in the old days|before (?:that|the \w+|i|he|she)) (?:\w+ly )?(?P<v>[a-z]{3,})")
_NOW_OVER = re.compile(
    r"\b(?:now|stopped|given|gave|any ?more|these days|nowadays|since|but|not|never|no longer|finished|packed|till|until)\b|n't\b"
)
_BEFORE = re.compile(
    r"\b(?:used to|previously|formerly|in the past|once|before|no longer|any ?more|had|stopp\w*|was|were|did|given up|gave up|"
    r"has given|ceas\w*|not|never)\b|n't\b|\w{3,}ed\b"
)


def check_shifts(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every clause that claims more than was said: all for some, done for nearly, still for once."""
    said = " . ".join(fold(turn.text) for turn in evidence)
    quoted = verbatim_places(statement, evidence)
    found = []
    for part in clauses(statement, fine=True):
        words = statement[part.start : part.end]
        if is_question_asked(words) or any(a < part.end and part.start < b for a, b in quoted):
            continue
        folded = fold(words[frame_end(words) :])
        if _claims_all(folded, part, evidence):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence does not say this of all: “{words}”."))
        elif _nearly(folded, part, evidence) or _once(folded, part, evidence):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence does not say that this is so: “{words}”."))
    for m in _EVERY_OTHER.finditer(said):
        unit = (m["u"] or m["v"]).rstrip("s")
        claim = re.search(rf"\b(?:every|each) (?:single )?{unit}\b|\b{unit}ly\b", fold(statement))
        if claim and not re.search(rf"\b(?:every|each) {unit}\b", said):
            shown = statement[claim.start() : claim.end()]
            found.append(Mismatch(UNSUPPORTED_DATE, shown, f"“{shown}” is not how often it was said to be."))
    return found


def _claims_all(folded: str, part: Clause, evidence: Sequence[Spoken]) -> bool:
    if not _ALL.search(folded) or _SOME.search(folded) or re.search(r"\b(?:not|except|apart)\b|n't\b", folded):
        return False
    heard = " . ".join(fold(t.text) for t in evidence)
    claimed = _ALL.search(folded)
    if claimed is None or re.search(rf"\b{claimed.group()}\b", heard):
        return False
    ours = _ideas(part.tokens)
    for at, turn in enumerate(evidence):
        asked = evidence[at - 1].text if at and evidence[at - 1].text.rstrip().endswith("?") else ""
        about = concepts(x for text in (asked, turn.text) for c in clauses(text) for x in c.tokens)
        if _SOME.search(fold(turn.text)) and ours & about:
            return True
    return False


def _nearly(folded: str, part: Clause, evidence: Sequence[Spoken]) -> bool:
    """Say whether the clause tells as done what was only nearly done, and given up at once."""
    if _HEDGE.search(folded):
        return False
    ours = _ideas(part.tokens)
    for turn in evidence:
        for m in _NEARLY.finditer(fold(turn.text)):
            deed = concept(m["v"])
            rest = fold(turn.text)[m.start() :]
            if deed in ours and deed not in _said_otherwise(evidence, deed) and _TURNED_BACK.search(rest):
                return True
    return False


def _once(folded: str, part: Clause, evidence: Sequence[Spoken]) -> bool:
    """Say whether the clause tells of now what the evidence says used to be."""
    if _BEFORE.search(folded):
        return False
    ours = _ideas(part.tokens)
    for turn in evidence:
        text = fold(turn.text)
        for m in _USED_TO.finditer(text):
            deed = concept(m["v"])
            if (
                deed in ours
                and m["v"] not in ("live", "work", "have", "like", "think", "know", "take", "get")
                and deed not in _said_otherwise(evidence, deed)
                and _NOW_OVER.search(text[m.end() :])
            ):
                return True
    return False


def _said_otherwise(evidence: Sequence[Spoken], deed: str) -> set[str]:
    """Return the deed when another clause tells it without "nearly", "used to" or a denial."""
    for turn in evidence:
        for c in clauses(turn.text, fine=True):
            words = fold(turn.text[c.start : c.end])
            plainly = not (_NEARLY.search(words) or _USED_TO.search(words) or re.search(r"\b(?:not|never)\b|n't\b", words))
            if plainly and not words.endswith("?") and deed in _ideas(c.tokens):
                return {deed}
    return set()


def _ideas(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(_iterate(words))


def _iterate(words: Sequence[Token]) -> Iterator[str]:
    return (concept(t.word) for t in words if t.is_word and t.word not in stop_words())
