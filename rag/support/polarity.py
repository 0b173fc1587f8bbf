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

from rag.support.clauses import AUXILIARIES, PRONOUNS, Clause, clauses, concept, stop_words
from rag.support.model import Spoken
from rag.support.text import fold
from rag.support.timing import time_marks
from rag.support.words import Token, lexicon, stem

_WH = frozenset("what when where who whose why how which".split())
_PRESUPPOSING = frozenset("when since after before because cos while which who where until till".split())
_OPEN = frozenset("if unless whether".split())
_DETERMINERS = frozenset(["no", "without", "none", "nothing", "nobody", "neither", "nor", "except"])
_CONCORD = frozenset(["no", "nobody", "nothing", "none", "nowhere", "never", "neither", "nor"])
_SAY = ("say", "says", "said", "saying")
_LIGHT = frozenset(stem(w) for w in "get go come turn take put give pick look set bring keep move run find break let wake stand sit lie fall".split())
_PARTICLES = frozenset("out up off over back away down through along".split())
_LIMITS = frozenset("beyond than due during despite except unless like".split())
_SCOPE = 9


@dataclass(frozen=True)
class Signed:
    """One idea and whether it is affirmed, denied or left open; ``at`` is its place in the text."""

    idea: str
    sign: int
    at: int
    clause: int
    turn: int = 0
    asked: bool = False
    """from a question, signed by its answer"""
    verb: bool = False
    """a verb of denial itself ("missed", "refused")"""


@dataclass(frozen=True)
class Reading:
    """The ideas of one text; ``denials`` are the clauses with a denial, by number."""

    ideas: tuple[Signed, ...]
    by_clause: tuple[frozenset[str], ...]
    denials: frozenset[int]


@lru_cache(maxsize=1)
def _deny_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in lexicon()["deny_verbs"])


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for affirm, deny, *_ in lexicon()["opposites"]:
        name = "+" + stem(affirm.split()[0])
        table |= {stem(w): (name, 1) for w in affirm.split()} | {stem(w): (name, -1) for w in deny.split()}
    return table


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon()
    both = [r"\b(?:" + "|".join(re.escape(p) for p in sorted(data[k], key=len, reverse=True)) + r")\b" for k in ("deny_pairs", "not_denials", "attitudes")]
    return re.compile(both[0]), re.compile(both[1]), re.compile(both[2])


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(w for w in lexicon()["deny_forward"] if "_" not in w)


def without_tag(words: Sequence[Token]) -> tuple[Token, ...]:
    """Return the words without a tag question at the end ("isn't it", "don't you")."""
    tail = [t.word for t in words[-3:]]
    if len(words) > 3 and len(tail) == 3 and tail[0] in AUXILIARIES and tail[1] == "not" and tail[2] in PRONOUNS:
        return tuple(words[:-3])
    if words and words[-1].word in ("innit", "eh"):
        return tuple(words[:-1])
    return tuple(words)


def _is_tag(words: Sequence[Token]) -> bool:
    said = [t.word for t in words]
    return (len(said) in (2, 3) and said[0] in AUXILIARIES and said[-1] in PRONOUNS) or said in (["innit"], ["right"], ["eh"])


def read_clause(words: Sequence[Token], number: int, turn: int = 0, opener: str = "") -> tuple[list[Signed], bool]:
    """Return the signed ideas of one clause and whether anything in it is denied."""
    words = without_tag(words)
    joined, places = "", []
    for token in words:
        places.append(len(joined))
        joined += token.word + " "
    pairs, harmless, attitudes = _phrases()
    cue_at = {m.start() for m in pairs.finditer(joined)}
    void = [(m.start(), m.end()) for m in harmless.finditer(joined)]
    opinion = next((m.end() for m in attitudes.finditer(joined)), len(joined) + 1)
    sign, denied, scope, soft, verbal, found = 1, False, 0, False, False, []
    preferred = re.search(r"\b(?:rather|prefer\w*|better|sooner|happier)\b.*\bthan\b", joined)
    opposites, stems = _opposites(), _deny_stems()
    first_cue = len(found)
    for at, token in enumerate(words):
        word, here = token.word, places[at]
        if any(a <= here < b for a, b in void):
            continue
        if word in _LIMITS and sign < 0:
            soft = True
        if word == "than" and preferred:
            sign, soft = -sign, False
            continue
        if word in _cues() or here in cue_at:
            if word in ("no", "never") and not _denies(words, at):
                continue
            if sign < 0 and verbal and word in _CONCORD and not (word == "no" and words[at - 1].word in _SAY):
                continue  # "I don't know nobody" denies once
            verbal = verbal or word not in _DETERMINERS
            sign, denied, scope = -sign, denied or word in _cues(), 0
            if word not in _DETERMINERS and here not in cue_at:
                found[first_cue:] = [Signed(s.idea, 0, s.at, s.clause, s.turn) for s in found[first_cue:]]
            first_cue = len(found)
            if word == "nobody" or word == "never":
                continue
            if here not in cue_at:
                continue
        stemmed = stem(word)
        if stemmed in stems and not _is_noun_use(words, at):
            if stemmed in opposites:
                found.append(Signed(opposites[stemmed][0], opposites[stemmed][1] * sign, token.start, number, turn))
            found.append(Signed(stemmed, sign, token.start, number, turn, verb=True))
            sign, denied, scope = -sign, denied or stemmed == "deni", 0
            first_cue = len(found)
            continue
        if word == "and" and sign < 0:
            soft = True
            continue
        if word in stop_words() and stemmed not in opposites:
            continue
        value = 0 if soft or here >= opinion or (sign < 0 and scope >= _SCOPE) else sign
        if stemmed in opposites and word not in stop_words():
            name, side = opposites[stemmed]
            found.append(Signed(name, side * value, token.start, number, turn))
            found.append(Signed(concept(word), value, token.start, number, turn))
        elif word not in stop_words():
            found.append(Signed(concept(word), value, token.start, number, turn))
        scope += 1
    found += _phrasal(words, found, number, turn)
    if opener in _OPEN:
        found = [Signed(s.idea, 0, s.at, s.clause, s.turn) for s in found]
    return found, denied


def _phrasal(words: Sequence[Token], found: list[Signed], number: int, turn: int) -> list[Signed]:
    """Return "get out", "turn up" and their like as one idea, signed as the words they stand among."""
    added = []
    for at, token in enumerate(words[:-1]):
        if stem(token.word) not in _LIGHT:
            continue
        particle = next((t.word for t in words[at + 1 : at + 3] if t.word in _PARTICLES), "")
        if particle:
            cues = sum(1 for i, t in enumerate(words[:at]) if t.word in ("not", "never") or stem(t.word) in _deny_stems() or t.word == "nobody")
            added.append(Signed(f"{stem(token.word)}_{particle}", -1 if cues % 2 else 1, token.start, number, turn))
    return added


def _denies(words: Sequence[Token], at: int) -> bool:
    """Say whether "no" is a denial and not a word of conversation ("No, he came", "no I do")."""
    if words[at].word == "never":
        return at + 1 < len(words)
    if at + 1 >= len(words):
        return at > 0 and words[at - 1].word in (*_SAY, "is", "was")
    following = words[at + 1].word
    if at > 0 and words[at - 1].word in _SAY and following == "to":
        return True
    return not (following in PRONOUNS or following in ("no", "not", "nothing", "never", "but", "and", "thank", "thanks") or (following in ("the", "a", "it") and at == 0))


def _is_noun_use(words: Sequence[Token], at: int) -> bool:
    """Say whether "stop", "miss" or "object" names a thing ("the bus stop") or a person ("Miss Perry")."""
    word = words[at].word
    if word == "miss":
        return at == 0 or at + 1 < len(words) and at > 0 and words[at - 1].word not in ("i", "you", "we", "they", "not", "to", "never", "will", "would", "might", "and", "did", "do")
    before = words[at - 1].word if at else ""
    if word in ("stop", "object", "doubt", "decline", "lack", "stops", "objects", "ban"):
        return before in ("the", "a", "bus", "an", "no", "of", "this", "that", "in") and word != "lack"
    return False


_OBJECTS = frozenset("it them him her me us that one any either though really so".split())
_ONLY_BEFORE = 2
"""answered "I was before. Not now": true once, denied now"""
_NOT_AT_ALL = frozenset("really at now yet that since anymore any in for me him her so lately recently these as once much often always usually here to particularly especially".split())


def _answer(text: str) -> int:
    """Return +1 for an answer that says yes, -1 for no, 0 when it says neither at once."""
    parts = clauses(text)
    if not parts:
        return 0
    data = lexicon()
    first = [c for c in parts if c.sentence == parts[0].sentence]
    words = [t.word for c in first for t in c.tokens]
    run = 0
    seen = 0
    while run < len(words) and run < 6:
        word = words[run]
        if word in ("heck", "hell") or words[run : run + 2] in (["not", "really"],):
            return -1
        if word in data["answer_yes"]:
            seen = 1
        elif word in data["answer_no"] and not (word == "never" and words[run + 1 : run + 2] == ["mind"]):
            if word == "not" and run + 1 < len(words) and words[run + 1] not in _NOT_AT_ALL:
                break
            seen = -1
        elif word not in data["filler"]:
            break
        run += 1
    if seen < 0 and re.match(r"[^.?]{0,18}[.?!,] *(?:never[.,!] *)?(?:well |but |i mean |actually )*(?:once|twice|sometimes|occasionally|a (?:bit|few|couple|little)|yes|yeah|only|just the)\b", fold(text)):
        return 0  # "No. Never. Once."
    if seen:
        return seen
    if re.search(r"\bnot (?:now|any ?more|these days|for (?:a long time|years|ages|months|a while))\b", " ".join(t.word for c in parts[:4] for t in c.tokens)):
        return _ONLY_BEFORE
    body = words[run:]
    if len(body) <= 5 and any(w in ("heck", "hell") for w in body):
        return -1
    short = len(body) <= 5
    if short and body[:1] and (body[0] in PRONOUNS or body[0] in AUXILIARIES):
        denied = read_clause(first[0].tokens, 0)[1] and (body[-1] == "not" or body[-1] in PRONOUNS or body[-1] in _OBJECTS)
        if not denied and body[-1] in _OBJECTS and any(stem(w) in _deny_stems() for w in body):
            return -1
        return -1 if denied else (1 if len(body) <= 3 and body[-1] in AUXILIARIES else 0)
    return 0


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
        if asked == _ONLY_BEFORE:
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
    first = next((t.word for t in sentence[0].tokens if t.word not in ("and", "so", "but", "or", "okay", "ok", "right", "um", "er", "well")), "")
    if first in _WH and not (first == "what" and sentence[0].tokens[-1].word == "about"):
        return 0
    rest = [c for c in parts if c.sentence > parts[number].sentence]
    if rest and text[rest[0].start :].strip():
        return _answer(text[rest[0].start :]) if rest[-1].mark != "?" or len(rest) > 2 else 0
    return answer


def read(text: str) -> Reading:
    """Return what a single text affirms and denies."""
    return _read(text, 0, 0)


def read_all(evidence: Sequence[Spoken]) -> list[Reading]:
    """Return what each turn affirms and denies, questions read with the next turn's answer."""
    return [_read(turn.text, _answer(evidence[at + 1].text) if at + 1 < len(evidence) else 0, at) for at, turn in enumerate(evidence)]
