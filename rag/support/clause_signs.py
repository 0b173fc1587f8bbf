"""The ideas of one clause with their signs: what a denial reaches, and what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.support.clauses import AUXILIARIES, PRONOUNS, concept, stop_words
from rag.support.words import Token, lexicon, stem

_OPEN = frozenset("if unless whether".split())
_DETERMINERS = frozenset(["no", "without", "none", "nothing", "nobody", "neither", "nor", "except"])
_CONCORD = frozenset(["no", "nobody", "nothing", "none", "nowhere", "never", "neither", "nor"])
_SAY = ("say", "says", "said", "saying")
_LIGHT = frozenset(
    stem(w)
    for w in ("get go come turn take put give pick look set bring keep move run find break let wake stand sit lie fall").split()
)
_PARTICLES = frozenset("out up off over back away down through along".split())
_LIMITS = frozenset("beyond than due during despite except unless like".split())
_SCOPE = 9
_NO_ADVERBS = frozenset("elderly family friendly unfriendly fortnightly monthly regularly safely unlikely".split())
_LIKERS = frozenset("i you we they he she not to really do does did".split())
_BESIDES = ("apart from", "other than")
_CLEFT = re.compile(
    r"^(?:it|that) (?:is |was )?(?:(?:a|an|the|my|her|his|them|those) )?(?:\w+ ){1,3}"
    r"(?:i|he|she|they|we) (?:will|do|can|would|did|could|am|is) not "
)


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


@lru_cache(maxsize=1)
def deny_stems() -> frozenset[str]:
    """Return the stems of verbs and adjectives that deny what they govern."""
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
    both = [
        r"\b(?:" + "|".join(re.escape(p) for p in sorted(data[k], key=len, reverse=True)) + r")\b"
        for k in ("deny_pairs", "not_denials", "attitudes")
    ]
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
    opposites, stems = _opposites(), deny_stems()
    first_cue, by_verb = len(found), False
    for at, token in enumerate(words):
        word, here = token.word, places[at]
        if any(a <= here < b for a, b in void):
            continue
        if word in _LIMITS and sign < 0:
            soft = True
        if word == "than" and preferred:
            sign, soft = -sign, False
            continue
        if word == "without" and sign < 0 and not by_verb:
            # "cannot wash without help" says neither that she washes nor that she has no help
            found[first_cue:] = [Signed(s.idea, 0, s.at, s.clause, s.turn) for s in found[first_cue:]]
        if word in ("nothing", "nowt") and found and sign > 0 and at < len(words) - 1:
            last = found[-1]  # "has seen nothing" denies the seeing
            found[-1] = Signed(last.idea, -last.sign, last.at, last.clause, last.turn, verb=last.verb)
        if word in ("none", "nothing") and at == len(words) - 1:
            found = [Signed(s.idea, 0, s.at, s.clause, s.turn, verb=s.verb) for s in found]
        if here in cue_at and any(joined.startswith(p, here) for p in _BESIDES):
            soft = True  # "fine apart from the damp" says that there is damp
            continue
        if word in _cues() or here in cue_at:
            if word in ("no", "never") and not _denies(words, at):
                continue
            if sign < 0 and verbal and word in _CONCORD and not (word == "no" and words[at - 1].word in _SAY):
                continue  # "I don't know nobody" denies once
            verbal = verbal or word not in _DETERMINERS
            sign, denied, scope = (-1 if word == "without" and by_verb else -sign), denied or word in _cues(), 0
            by_verb = False
            if word not in _DETERMINERS and here not in cue_at:
                found[first_cue:] = [Signed(s.idea, 0, s.at, s.clause, s.turn) for s in found[first_cue:]]
            first_cue = len(found)
            if word == "nobody" or word == "never":
                continue
            if here not in cue_at:
                continue
        stemmed = stem(word)
        if stemmed in stems and not _is_noun_use(words, at):
            sign = 1 if soft else sign  # "has not had one and missed the other"
            soft = False
            if stemmed in opposites:
                found.append(Signed(opposites[stemmed][0], opposites[stemmed][1] * sign, token.start, number, turn))
            found.append(Signed(stemmed, sign, token.start, number, turn, verb=True))
            sign, denied, scope, by_verb = -sign, denied or stemmed == "deni", 0, True
            first_cue = len(found)
            continue
        if word == "and" and sign < 0:
            soft = True
            continue
        if word in stop_words() and stemmed not in opposites:
            continue
        likes = word == "like" and at > 0 and words[at - 1].word in _LIKERS
        value = 0 if _is_adverb(word) or soft or here >= opinion or (sign < 0 and scope >= _SCOPE) else sign
        if stemmed in opposites and (likes or word not in stop_words()):
            name, side = opposites[stemmed]
            found.append(Signed(name, side * value, token.start, number, turn))
            found.append(Signed(concept(word), value, token.start, number, turn))
        elif word not in stop_words():
            found.append(Signed(concept(word), value, token.start, number, turn))
        scope += 1
    if _CLEFT.match(joined):
        first = next((t.start for t in words if t.word == "not"), 0)
        found = [Signed(s.idea, -1, s.at, s.clause, s.turn) if s.at < first and not s.sign else s for s in found]
    found += _phrasal(words, found, number, turn)
    if opener in _OPEN:
        found = [Signed(s.idea, 0, s.at, s.clause, s.turn) for s in found]
    return found, denied


def _is_adverb(word: str) -> bool:
    """Say whether a word only tells how: "told, officially" and "officially told" are denied alike."""
    return len(word) > 6 and word.endswith("ly") and word not in _NO_ADVERBS


def _phrasal(words: Sequence[Token], found: list[Signed], number: int, turn: int) -> list[Signed]:
    """Return "get out", "turn up" and their like as one idea, signed as the words they stand among."""
    added = []
    for at, token in enumerate(words[:-1]):
        if stem(token.word) not in _LIGHT:
            continue
        particle = next((t.word for t in words[at + 1 : at + 3] if t.word in _PARTICLES), "")
        if particle:
            cues = sum(
                1
                for i, t in enumerate(words[:at])
                if t.word in ("not", "never") or stem(t.word) in deny_stems() or t.word == "nobody"
            )
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
    return not (
        following in PRONOUNS
        or following in ("no", "not", "nothing", "never", "but", "and", "thank", "thanks")
        or (following in ("the", "a", "it") and at == 0)
    )


def _is_noun_use(words: Sequence[Token], at: int) -> bool:
    """Say whether "stop", "miss" or "object" names a thing ("the bus stop") or a person ("Miss Perry")."""
    word = words[at].word
    after = words[at + 1].word if at + 1 < len(words) else ""
    if word in ("miss", "misses", "missing") and after in ("it", "him", "her", "them", "my", "me"):
        return True  # to long for
    if word == "miss":
        return (
            at == 0
            or at + 1 < len(words)
            and at > 0
            and words[at - 1].word
            not in (
                "i",
                "you",
                "we",
                "they",
                "not",
                "to",
                "never",
                "will",
                "would",
                "might",
                "and",
                "did",
                "do",
            )
        )
    before = words[at - 1].word if at else ""
    if word in ("stop", "stops", "stopped", "stopping") and after in ("at", "with", "here", "there", "over", "on", "in"):
        return True  # "stop at Nana's" is to stay there
    if word in ("stop", "object", "doubt", "decline", "lack", "stops", "objects", "ban"):
        return before in ("the", "a", "bus", "an", "no", "of", "this", "that", "in") and word != "lack"
    return False
