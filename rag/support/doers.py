"""Who did it: a deed told of one person must not be given to another who was also mentioned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.support.clauses import AUXILIARIES, concept, stop_words
from rag.support.codes import UNSUPPORTED_NAME
from rag.support.model import Mismatch, Spoken
from rag.support.names import name_items
from rag.support.quotes import verbatim_places
from rag.support.relations import bound, pairs_in, relation_words
from rag.support.words import Token, lexicon, tokens

_BEFORE = frozenset("to with for of at from about than like on in near over off".split())
_SOMEBODY = frozenset(["*"])
"""a "he" nobody named before; it can be anybody"""
_PRONOUNS = frozenset("he she they it there you we i".split())
_EXCLUDED = re.compile(r"\b(?:not|isn['’]t|wasn['’]t|never|no,? not)\s+(?:my |our |his |her )?(?P<n>[A-Z][a-z]+)\b(?!['’]s)")


@dataclass(frozen=True)
class Deed:
    """Somebody (names and relation classes) and what they do, with the words that follow the verb."""

    who: frozenset[str]
    verb: str
    things: frozenset[str]
    start: int
    end: int
    at: int
    """place of the verb"""


@dataclass(frozen=True)
class _Person:
    who: frozenset[str]
    first: int
    last: int
    owner: bool
    agent: bool


def _people(text: str, words: Sequence[Token], speaker: frozenset[str]) -> list[_Person]:
    names = {i.start: str(i.key) for i in name_items(text, starts_count=not speaker)}
    table, found, at = relation_words(), [], 0
    while at < len(words):
        word, here = words[at], at
        who: set[str] = set()
        while at < len(words) and (words[at].start in names or (who and words[at].word in table)):
            who.add(names.get(words[at].start) or table.get(words[at].word, ""))
            at += 1
            if _owns(text, words, at - 1):
                break
        if not who and word.word in table:
            who, at = {table[word.word]}, at + 1
            while at < len(words) and words[at].start in names and not _owns(text, words, at - 1):
                who.add(names[words[at].start])
                at += 1
        if not who and word.word in ("i", "we") and speaker:
            who, at = set(speaker), at + 1
        if not who:
            if word.word in ("he", "she") and speaker:
                # either of the last two it can stand for: a doubt must not block
                near = [p.who for p in found if p.who != speaker][-2:] or [_SOMEBODY]
                found.append(_Person(frozenset().union(*near), at, at, False, False))
            at += 1
            continue
        before = words[here - 1].word if here else ""
        if before in ("my", "his", "her", "our", "their", "the") and here > 1:
            before = words[here - 2].word
        if before in _BEFORE and not any(w.word == "who" for w in words[at : at + 2]):
            found.append(_Person(frozenset(who), here, at - 1, True, False))
        else:
            found.append(_Person(frozenset(who), here, at - 1, _owns(text, words, at - 1), before == "by"))
    return found


def _owns(text: str, words: Sequence[Token], at: int) -> bool:
    """Say whether the word ends in a possessive ("Graham's wife") and not in "is" ("Graham's bringing")."""
    if not re.search(r"['’]s?$", text[words[at].start : words[at].end]):
        return False
    following = words[at + 1].word if at + 1 < len(words) else ""
    return not (following.endswith("ing") or following in ("the", "a", "an", "been", "got", "gone", "not", "done", "my"))


@lru_cache(maxsize=1024)
def deeds(text: str, speaker: str = "") -> tuple[Deed, ...]:
    """Return who does what in ``text``; "I" is the speaker, "she" whoever was named last."""
    words = [t for t in tokens(text)]
    me = frozenset(p.lower() for p in re.findall(r"[A-Za-z][a-z'-]+", speaker)) - {"mr", "mrs", "ms", "miss", "dr"}
    people = _people(text, words, me)
    starts = {p.first: p for p in people}
    found: list[Deed] = []
    for person in people:
        if person.agent:
            verb = next((w for w in reversed(words[max(0, person.first - 4) : person.first]) if _telling(w)), None)
            if verb is not None:
                things = _things(words, max(0, person.first - 9), person.first, starts)
                found.append(_deed(person, verb, things, words))
            continue
        if person.owner:
            continue
        found += _acts(person, person.last + 1, words, starts)
    return tuple(found)


def _acts(person: _Person, at: int, words: Sequence[Token], starts: dict[int, _Person]) -> list[Deed]:
    found: list[Deed] = []
    steps = 0
    while at < len(words) and steps < 9:
        word = words[at]
        if (at in starts and not found) or word.word in _PRONOUNS:
            break
        if not word.is_word:
            if word.word != "," or (steps == 0 and words[at + 1 : at + 2] and words[at + 1].word != "who"):
                break
        elif _telling(word):
            end = _edge(words, at)
            found.append(_deed(person, word, _things(words, at + 1, end, starts), words))
            leads = person.first == 0 or words[person.first - 1].word in ("that", "and", ",", ".", "nephew")
            if leads and end + 1 < len(words) and words[end].word == "and" and _verbal(words[end + 1]):
                at, steps = end + 1, 0
                if end + 1 in starts:
                    break
                continue
            break
        elif word.word in ("and", "but", "or") and found:
            break
        at, steps = at + 1, steps + 1
    return found


def _verbal(word: Token) -> bool:
    return word.is_word and (word.word.endswith(("ed", "ing", "s")) or word.word in AUXILIARIES) and _telling(word)


def _edge(words: Sequence[Token], at: int) -> int:
    return next(
        (i for i in range(at + 1, len(words)) if not words[i].is_word or words[i].word in ("and", "but", "who")),
        len(words),
    )


def _telling(word: Token) -> bool:
    return (
        word.is_word
        and word.word not in stop_words()
        and word.word not in AUXILIARIES
        and not word.word.endswith("ly")
        and not word.word[0].isdigit()
    )


def _things(words: Sequence[Token], start: int, end: int, starts: dict[int, _Person]) -> frozenset[str]:
    ideas = {concept(w.word) for w in words[start:end] if _telling(w)}
    for at in range(start, min(end, len(words))):
        if at in starts:
            ideas |= starts[at].who
    return frozenset(ideas)


def _deed(person: _Person, verb: Token, things: frozenset[str], words: Sequence[Token]) -> Deed:
    return Deed(person.who, concept(verb.word), things, words[person.first].start, words[person.last].end, verb.start)


def check_doers(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every deed that the evidence tells of another person it names."""
    told = [d for turn in evidence for d in deeds(turn.text, turn.speaker)]
    aliases = frozenset(p for turn in evidence for p in pairs_in(turn.text))
    mentioned = frozenset(w for d in told for w in d.who) | frozenset(
        str(i.key) for t in evidence for i in name_items(t.text, starts_count=False)
    )
    quoted = verbatim_places(statement, evidence)
    weak = frozenset(concept(w) for w in lexicon()["weak_verbs"].split())
    found = []
    for deed in deeds(statement):
        if (
            any(a <= p < b for a, b in quoted for p in (deed.start, deed.at))
            or is_open(deed, weak)
            or not _any_known(deed.who, mentioned)
        ):
            continue
        same = [d for d in told if d.verb == deed.verb]
        best = max((len(d.things & deed.things) for d in same), default=0)
        nearest = [d for d in same if len(d.things & deed.things) == best]
        if not nearest or (deed.verb in weak and not best):
            continue
        if not any(_same_person(deed.who, d.who, aliases) for d in nearest):
            words = statement[deed.start : deed.end]
            found.append(Mismatch(UNSUPPORTED_NAME, words, f"The evidence tells this of another than “{words}”."))
    return found + _excluded(statement, evidence)


def is_open(deed: Deed, weak: frozenset[str]) -> bool:
    """Say whether the deed is an opinion or a state that several people may share ("thinks", "is fine")."""
    return deed.verb in weak and len(deed.things) < 1


def _any_known(who: frozenset[str], mentioned: frozenset[str]) -> bool:
    return any(w in mentioned or any(bound(w, m) for m in mentioned) for w in who)


def _same_person(one: frozenset[str], other: frozenset[str], aliases: frozenset[tuple[str, str]]) -> bool:
    if one & other or "*" in other:
        return True
    names = one - set(relation_words().values())
    if names and not (other - set(relation_words().values())) and not any(n in names for _, n in aliases):
        return True  # "his sister dropped it": she may be the one named
    return any(
        (a, b) in aliases
        or (b, a) in aliases
        or any(bound(a, r) and b == n for r, n in aliases)
        or any(bound(b, r) and a == n for r, n in aliases)
        for a in one
        for b in other
    )


def _excluded(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return the people the evidence names only to say it is not they ("It's not my Alan who takes it")."""
    out = {m["n"].lower() for turn in evidence for m in _EXCLUDED.finditer(turn.text)}
    found = []
    for deed in deeds(statement) if out else ():
        if not deed.who & out or re.search(r"\b(?:not|never|no|nor)\b|n['’]t\b", statement):
            continue
        told = [d for turn in evidence for d in deeds(turn.text, turn.speaker) if d.who & deed.who]
        if any(d.verb == deed.verb and "not" not in d.things for d in told) and not any(
            _EXCLUDED.search(t.text) for t in evidence
        ):
            continue
        ideas = {deed.verb} | deed.things
        near = {
            concept(t.word) for e in evidence for m in _EXCLUDED.finditer(e.text) for t in tokens(e.text[m.end() : m.end() + 40])
        }
        asked = {concept(t.word) for e in evidence if e.text.rstrip().endswith("?") for t in tokens(e.text)}
        if ideas & (near | asked):
            words = statement[deed.start : deed.end]
            found.append(Mismatch(UNSUPPORTED_NAME, words, f"The evidence says that it is not “{words}”."))
    return found
