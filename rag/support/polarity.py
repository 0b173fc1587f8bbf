"""What a text affirms and what it denies: each idea with a sign, clause by clause.

+1 is affirmed, -1 is denied, 0 is neither (a question nobody answered, an "if", another's opinion,
words before the denial). A question and its short answer are read together: after "No, nothing
like that" everything that was asked is denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.support.answers import ONLY_BEFORE, answer_sign
from rag.support.clause_signs import Signed, read_clause
from rag.support.clauses import AUXILIARIES, PRONOUNS, Clause, clauses
from rag.support.model import Spoken
from rag.support.text import fold
from rag.support.timing import time_marks
from rag.support.words import Token

_WH = frozenset("what when where who whose why how which".split())
_PRESUPPOSING = frozenset("when since after before because cos while which who where until till".split())


@dataclass(frozen=True)
class Reading:
    """The ideas of one text; ``denials`` are the clauses with a denial, by number."""

    ideas: tuple[Signed, ...]
    by_clause: tuple[frozenset[str], ...]
    denials: frozenset[int]


def _is_tag(words: Sequence[Token]) -> bool:
    said = [t.word for t in words]
    return (len(said) in (2, 3) and said[0] in AUXILIARIES and said[-1] in PRONOUNS) or said in (
        ["innit"],
        ["right"],
        ["eh"],
    )


@lru_cache(maxsize=4096)
def _read(text: str, answer: int, turn: int) -> Reading:
    parts = clauses(text)
    folded = fold(text)
    ideas: list[Signed] = []
    by_clause: list[frozenset[str]] = []
    extra: list[frozenset[str]] = []
    denials: set[int] = set()
    for number, part in enumerate(parts):
        found, denied = read_clause(part.tokens, number, turn, part.opener)
        marks = time_marks(folded[part.start : part.end])
        own = frozenset(s.idea for s in found) | marks
        by_clause.append(own)
        asked = _question_answer(text, parts, number, answer)
        if asked == ONLY_BEFORE:
            ideas += [replace(s, sign=-1) for s in found]
            by_clause[-1] = own | {"<now>"}
            ideas += [replace(s, sign=1, clause=len(parts) + len(extra)) for s in found]
            extra.append(own | {"<past>"})
            denied = True
        elif asked is not None and part.opener in _PRESUPPOSING:
            ideas += found  # "…when she went down?" takes for granted that she did
        elif asked is not None:
            ideas += [replace(s, sign=s.sign if asked > 0 else asked, asked=True) for s in found]
            denied = asked < 0
        elif denied and number + 1 < len(parts) and parts[number + 1].opener in ("until", "till"):
            ideas += [replace(s, sign=0) for s in found]  # "does not come until eleven" comes at eleven
        else:
            ideas += found
        if denied:
            denials.add(number)
    return Reading(tuple(ideas), tuple(by_clause + extra), frozenset(denials))


def _question_answer(text: str, parts: Sequence[Clause], number: int, answer: int) -> int | None:
    """Return None when the clause is no question, else how it was answered (+1, -1, 0 = left open)."""
    sentence = [c for c in parts if c.sentence == parts[number].sentence]
    if sentence[-1].mark != "?" or _is_tag(sentence[-1].tokens):
        return None
    first = next(
        (
            t.word
            for t in sentence[0].tokens
            if t.word not in ("and", "so", "but", "or", "okay", "ok", "right", "um", "er", "well")
        ),
        "",
    )
    if first in _WH and not (first == "what" and sentence[0].tokens[-1].word == "about"):
        return 0
    rest = [c for c in parts if c.sentence > parts[number].sentence]
    if rest and text[rest[0].start :].strip():
        return answer_sign(text[rest[0].start :]) if rest[-1].mark != "?" or len(rest) > 2 else 0
    return answer


def read(text: str) -> Reading:
    """Return what a single text affirms and denies."""
    return _read(text, 0, 0)


_WHICH = re.compile(r"(?:^|[.,!?]\s*)(?:and |so )?(?:is|was) (?:it|that)\b[^.?!]*\?\s*$")
_INSTEAD = re.compile(r"^\W*(?:no|nah|nope)\W+(?:it's|it is|it was|that's|that was)\b")


def _answered(question: str, answer: str) -> int:
    """Return the sign of the answer; "No, it's my sister" to "Is it your mother?" denies only the mother."""
    if _WHICH.search(fold(question)) and _INSTEAD.search(fold(answer)):
        return 0
    return answer_sign(answer)


def read_all(evidence: Sequence[Spoken]) -> list[Reading]:
    """Return what each turn affirms and denies, questions read with the next turn's answer."""
    return [
        _read(turn.text, _answered(turn.text, evidence[at + 1].text) if at + 1 < len(evidence) else 0, at)
        for at, turn in enumerate(evidence)
    ]
