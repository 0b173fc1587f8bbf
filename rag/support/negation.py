"""A statement must affirm what was affirmed and deny what was denied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rag.support.clause_signs import Signed
from rag.support.clauses import Clause, clauses, concept
from rag.support.codes import FLIPPED_NEGATION
from rag.support.dates import dates
from rag.support.frames import frame_end, is_question_asked
from rag.support.model import Mismatch, Spoken
from rag.support.polarity import Reading, read, read_all
from rag.support.quantities import quantities
from rag.support.quotes import quotes, said_verbatim
from rag.support.text import fold
from rag.support.words import lexicon, stem, tokens

_ANY_DENIAL = re.compile(
    r"\b(?:no|nah|nope|not|never|none|nobody|no[- ]one|nothing|nowt|"
    r"nowhere|neither|nor|without|cannot|heck|hell|hardly|barely|"
    r"rarely|seldom|"
    r"un[a-z]{3,}|in(?:ability|capable)|refus\w*|den(?:y|ies|ied)|"
    r"stop\w*|declin\w*|fail\w*|lack\w*|lost|gone|empty|free of|"
    r"except|apart from|other than|last|only|just|instead|rather|"
    r"too|"
    r"fine|all right|alone|different|less|ex)\b|n't\b"
)
_CEASED = re.compile(
    r"\b(?<!not )(?:no longer|stopp(?:ed|ing)|quit|ceased|g[ai]ve(?:n)?(?: \w+)? up|giving(?: \w+)? up|pack(?:ed|s|"
    r"ing)(?: \w+)? in|"
    r"knock(?:ed|ing)(?: \w+)? on the head|c[oa]me off|finished with|kicked(?: \w+)?)\b"
)
_IDIOM = re.compile(
    r"\b(?:g[ai]ven? (?:it|them|that|those|all that) up|(?:pack|jack)(?:ed|s|ing) (?:it|them|that|those|all that) in|"
    r"knock(?:ed|ing) (?:it|them|that) on the head)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|must|should|shall|to be|is to|are to|needs to|need to|"
    r"plans? to|going to|agreed to (?!the|an?|it|this|that|his|her|their)|^to)\b|^[\w’']+ to [a-z]+"
)


def check_negation(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return one mismatch for every clause that turns a denial round, in either direction."""
    said = read_all(evidence)
    stated = read(statement)
    pinned = _quoted_places(statement, evidence)
    mute = _mute_places(statement)
    anyone_denied = any(_ANY_DENIAL.search(fold(turn.text)) for turn in evidence)
    ceased = any(_IDIOM.search(fold(turn.text)) for turn in evidence)
    found = []
    for number, part in enumerate(clauses(statement)):
        words = statement[part.start : part.end]
        if is_question_asked(words):
            continue
        begin = part.start + frame_end(words)
        ideas = [
            replace(s, sign=0) if s.at < begin or s.at in mute and s.at not in pinned else s
            for s in stated.ideas
            if s.clause == number
        ]
        if _same_verb_of_denial(ideas, said, part):
            continue
        if _CEASED.search(fold(words)) and ceased:
            continue
        if _flipped(ideas, stated.by_clause[number], said, pinned, bool(_PLANNED.search(fold(words)))):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence says the opposite of “{words}”."))
        elif number in stated.denials and not anyone_denied and any(i.sign < 0 for i in ideas):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"Nobody denied this in the evidence: “{words}”."))
    return found


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    loose = {"+" + stem(pair[0].split()[0]) for pair in lexicon()["opposites"] if "~" in pair}
    return frozenset(concept(w) for w in lexicon()["weak_verbs"].split()) | loose


@lru_cache(maxsize=1)
def _sharp() -> frozenset[str]:
    """Return the opposites that say the reverse by one word, whatever else the clause shares."""
    return frozenset("+" + stem(pair[0].split()[0]) for pair in lexicon()["opposites"] if "~" not in pair)


def _same_verb_of_denial(ideas: list[Signed], said: list[Reading], part: Clause) -> bool:
    """Say whether both sides use the same verb of denial alike, so that nothing is turned."""
    ours = {(i.idea, i.sign) for i in ideas if i.verb and i.sign}
    return bool(ours) and any((o.idea, o.sign) in ours for r in said for o in r.ideas if o.verb)


def _flipped(
    ideas: list[Signed],
    about: frozenset[str],
    said: list[Reading],
    pinned: dict[int, tuple[int, int]],
    planned: bool,
) -> bool:
    votes: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for idea in ideas:
        if not idea.sign:
            continue
        match = _nearest(idea, about, said, pinned)
        if match is None or idea.verb != match.verb or (planned and match.asked and idea.sign > 0):
            continue
        sharp = 2 if idea.idea in _sharp() else 1
        votes[(match.turn, match.clause)].append((idea.idea, sharp * match.sign * idea.sign))
    groups = [
        g
        for (turn, clause), g in votes.items()
        if any(name not in _weak() for name, _ in g)
        or {i for i in about & said[turn].by_clause[clause] if i[0] != "<"} - _weak() - {n for n, _ in g}
    ]
    pooled = sum(vote for g in groups for _, vote in g)
    return any(sum(v for _, v in g) < 0 and (pooled < 0 or len(g) >= 2) for g in groups)


def _nearest(idea: Signed, about: frozenset[str], said: list[Reading], pinned: dict[int, tuple[int, int]]) -> Signed | None:
    """Return the evidence's use of the idea in the clause most like the statement's; agreement wins a tie."""
    turn, place = pinned.get(idea.at, (-1, -1))
    if turn >= 0:
        for other in said[turn].ideas:
            if other.at == place and other.idea == idea.idea and other.sign:
                return other
    best, best_score = None, (0.0, False)
    for reading in said:
        for other in reading.ideas:
            if other.idea != idea.idea or not other.sign:
                continue
            score = (float(len(about & reading.by_clause[other.clause])), other.sign == idea.sign)
            if score > best_score:
                best, best_score = other, score
    return best


def _mute_places(statement: str) -> frozenset[int]:
    """Return the places of names, days and figures: their own checks judge them, and they affirm nothing."""
    spans = [(i.start, i.end) for i in dates(statement)] + [(q.start, q.end) for q in quantities(statement)]
    spans += [m.span() for m in re.finditer(r"\([a-z ]+\)", statement)]
    return frozenset(
        t.start
        for t in tokens(statement)
        if any(a <= t.start < b for a, b in spans) or (statement[t.start].isupper() and t.start > 0) or t.word[0].isdigit()
    )


def _quoted_places(statement: str, evidence: Sequence[Spoken]) -> dict[int, tuple[int, int]]:
    """Return, for the words of verbatim quotes, where in the evidence they stand: place → (turn, place)."""
    pinned: dict[int, tuple[int, int]] = {}
    for quote in quotes(statement):
        inside = [t for t in tokens(statement) if quote.start <= t.start < quote.end and t.is_word]
        if not inside:
            continue
        for turn in said_verbatim(quote.words, evidence)[:1]:
            heard = [t for t in tokens(evidence[turn].text) if t.is_word]
            sequence = [t.word for t in inside]
            for at in range(len(heard) - len(sequence) + 1):
                if [t.word for t in heard[at : at + len(sequence)]] == sequence:
                    pinned |= {t.start: (turn, heard[at + i].start) for i, t in enumerate(inside)}
                    break
    return pinned
