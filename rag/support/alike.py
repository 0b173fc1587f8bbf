"""A sentence that repeats the evidence almost word for word and differs by a denial says the opposite of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rag.support.clauses import AUXILIARIES, PRONOUNS, concept, stop_words
from rag.support.codes import FLIPPED_NEGATION
from rag.support.frames import frame_end, is_question_asked
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold
from rag.support.words import Token, lexicon, sentences, stem, tokens

_NOT = frozenset("not never cannot hardly barely neither nor without".split())
_NO_BEFORE = frozenset("i you he she it we they no yes not but and the that this thank thanks it's".split())
_PERSON = frozenset(
    "i me my mine myself you your yours he him his himself she her hers herself it its we us our they them their".split()
)
_NOBODY = frozenset("nobody noone no-one".split())
_DROPPED = frozenset("a an the um er erm oh well yeah yes so just really very quite like actually to that".split()) | AUXILIARIES
_FAR = 7
"""words compared on each side of a place"""
_LIKE = 4
"""words in a row that must agree around the place, both sides together"""
_COPIED = 0.85
"""share of a text's words that must stand in the evidence in the same order for it to be nearly a copy"""
_FEWEST = 3


@dataclass(frozen=True)
class _Line:
    """The telling words of a text in order, and the denials that stand before each (the last: after all)."""

    words: tuple[str, ...]
    denials: tuple[int, ...]
    places: tuple[int, ...]
    first: frozenset[int]
    """words that open a sentence or clause"""


@lru_cache(maxsize=1)
def _deny_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in "deny refuse decline fail stop unable quit cease avoid".split())


@lru_cache(maxsize=1)
def _counterparts() -> dict[str, tuple[str, int]]:
    """Return stem → (idea, 1 when the word is the denying one of its pair)."""
    pairs = [p[:2] for p in (*reversed(lexicon()["counterparts"]), *reversed(lexicon()["opposites"]))]
    return {stem(w): ("+" + stem(pair[0].split()[0]), side) for pair in pairs for side in (0, 1) for w in pair[side].split()}


@lru_cache(maxsize=4096)
def _line(text: str) -> _Line:
    words: list[str] = []
    denials: list[int] = [0]
    places: list[int] = []
    first: set[int] = set()
    asked = [(a, b) for a, b in sentences(text) if text[a:b].rstrip("\"'”’) ").endswith("?")]
    opens = True
    all_tokens = [t for t in tokens(text) if not any(a <= t.start < b for a, b in asked)]
    for at, token in enumerate(all_tokens):
        if not token.is_word:
            opens = True
            continue
        following = all_tokens[at + 1].word if at + 1 < len(all_tokens) else "."
        if _denies(token, following):
            if not (opens and not following[0].isalnum()):  # "No, never. He shouts." denies no shouting
                denials[-1] += 1
            continue
        if token.word in _DROPPED or (token.word == "longer" and at and all_tokens[at - 1].word == "no"):
            continue
        if opens:
            first.add(len(words))
            opens = False
        if token.word in _NOBODY:
            denials[-1] += 1
        idea, turned = _counterparts().get(stem(token.word), (concept(token.word), 0))
        denials[-1] += turned
        words.append("P" if token.word in _PERSON or token.word in PRONOUNS or token.word in _NOBODY else idea)
        places.append(token.start)
        denials.append(0)
    return _Line(tuple(words), tuple(denials), tuple(places), frozenset(first))


def _denies(token: Token, following: str) -> bool:
    if token.word == "no":
        return following[0].isalnum() and following not in _NO_BEFORE
    return token.word in _NOT or stem(token.word) in _deny_stems()


def check_alike(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch when words of the evidence are repeated with one denial more or less."""
    if is_question_asked(statement):
        return []
    begin = frame_end(fold(statement))
    for a, b in verbatim_places(statement, evidence):  # what is quoted as it was said cannot be turned round
        statement = f"{statement[:a]}{' ' * (b - a)}{statement[b:]}"
    ours = _line(statement[begin:])
    said = [_line(turn.text) for turn in evidence]
    at = next((at for at in range(len(ours.words) + 1) if _turned(ours, at, said)), None)
    if at is None:
        at = next((at for line in said for at in _copied_but_turned(ours, line)), None)
    if at is None:
        return []
    words = _around(statement, begin + (ours.places[at] if at < len(ours.places) else len(statement) - begin - 1))
    return [Mismatch(FLIPPED_NEGATION, words, f"The evidence says the opposite of “{words}”.")]


def _around(statement: str, at: int) -> str:
    return next((statement[a:b].strip() for a, b in sentences(statement) if a <= at < b), statement)


def _copied_but_turned(ours: _Line, line: _Line) -> list[int]:
    """Return the places with another number of denials in a text that is nearly a copy."""
    if len(ours.words) < _FEWEST:
        return []
    blocks = SequenceMatcher(None, ours.words, line.words, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _COPIED * len(ours.words):
        return []
    pairs = [(block.a + i, block.b + i) for block in blocks for i in range(block.size)]
    pairs += [(len(ours.words), len(line.words))] if pairs[-1:] == [(len(ours.words) - 1, len(line.words) - 1)] else []
    here, there = sum(ours.denials[i] for i, _ in pairs), sum(line.denials[j] for _, j in pairs)
    return [i for i, j in pairs if ours.denials[i] != line.denials[j]] if (here + there) % 2 else []


def _turned(ours: _Line, at: int, said: Sequence[_Line]) -> bool:
    """Say whether the evidence most like the words around ``at`` has another number of denials there."""
    best, verdicts = 0, set()
    for line in said:
        for other in range(len(line.words) + 1):
            left, right = _common(ours.words, at, line.words, other)
            if not _is_like(ours, at, line, other, left, right):
                continue
            agrees = any(_parity(ours, at, left, right, more) == _parity(line, other, left, right, more) for more in (0, 2))
            length = left + right
            if length > best:
                best, verdicts = length, set()
            if length == best:
                verdicts.add(agrees)
    return verdicts == {False}


def _parity(line: _Line, at: int, left: int, right: int, more: int) -> int:
    """Return 0 or 1 for the denials among the words in common, and before ``more`` words to their left."""
    first = max(0, at - left + 1 - more) if left else max(0, at - more)
    return sum(line.denials[first : at + right + (0 if right else 1)]) % 2


def _common(ours: Sequence[str], at: int, theirs: Sequence[str], other: int) -> tuple[int, int]:
    left = 0
    while left < min(_FAR, at, other) and ours[at - left - 1] == theirs[other - left - 1]:
        left += 1
    right = 0
    while right < _FAR and at + right < len(ours) and other + right < len(theirs) and ours[at + right] == theirs[other + right]:
        right += 1
    return left, right


def _is_like(ours: _Line, at: int, line: _Line, other: int, left: int, right: int) -> bool:
    if ours.denials[at] == line.denials[other] or left + right < min(_LIKE, len(ours.words)):
        return False
    ends = at == len(ours.words) and other == len(line.words)
    starts = at in ours.first and other in line.first or at == 0
    if not (left or starts) or not (right or ends):
        return False
    near = (*ours.words[max(0, at - 2) : at], *ours.words[at : at + 3])
    return any(w != "P" and w not in stop_words() for w in near)
