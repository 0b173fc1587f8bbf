"""Who is what to whom: "her son" is not "her grandson", and "my eldest, Tahmina" is not Tahira."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rag.support.codes import UNSUPPORTED_NAME
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold
from rag.support.words import lexicon, tokens

NAME = r"[A-ZÀ-Þ][a-zà-ÿ'’]*[a-zà-ÿ](?:-[A-Z][a-z]+)?"
_SPELT_OUT = re.compile(r"\b(mother|father|sister|brother|son|daughter|mum|dad) in law\b")


@lru_cache(maxsize=1)
def relation_words() -> dict[str, str]:
    """Return word → class for every relation word."""
    return {word: line.split()[0] for line in lexicon()["relations"] for word in line.split()}


@lru_cache(maxsize=1)
def _bonds() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for first, *others in lexicon()["same_bond"]:
        for other in others:
            table.setdefault(first, set()).add(other)
            table.setdefault(other, set()).add(first)
    return {k: frozenset(v) for k, v in table.items()}


@lru_cache(maxsize=1)
def _pairs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted(map(re.escape, relation_words()), key=len, reverse=True))
    before = (
        rf"\b(?P<r>{words})(?: of (?:his|hers|mine|theirs|ours|yours))?,?\s+"
        rf"(?:(?:is|that's|that’s|it's|called|named|our|Mr|Mrs|Ms|Miss|Dr)\s+)*(?P<n>{NAME})"
    )
    after = (
        rf"\b(?P<n>{NAME})(?:,| is| was|'s|’s)\s+(?:(?:my|his|her|their|our|the)\s+|{NAME}['’]s\s+)"
        rf"(?:own\s+|late\s+|old\s+)?(?P<r>{words})\b(?!['’]s|-)"
    )
    return re.compile(before), re.compile(after)


@lru_cache(maxsize=4096)
def relations_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the relation words of ``text`` as (class, start, end)."""
    folded = _SPELT_OUT.sub(lambda m: m.group().replace(" ", "-"), fold(text))
    table = relation_words()
    return tuple((table[t.word], t.start, t.end) for t in tokens(folded) if t.word in table)


@lru_cache(maxsize=4096)
def pairs_in(text: str) -> frozenset[tuple[str, str]]:
    """Return which name goes with which relation: {("nephew", "roy"), …}."""
    table, found = relation_words(), set()
    for pattern in _pairs():
        for m in pattern.finditer(text):
            name = _bare(re.sub(r"['’]s$", "", m["n"]))
            if not re.match(r"['’]s [a-z]+(?<!ing)\b", text[m.end("n") :]) or m["n"] != name:
                found.add((table[m["r"]], name))
    return frozenset(found)


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))


def bound(one: str, other: str) -> bool:
    """Say whether two relations can be one bond, told from its two ends."""
    return one == other or other in _bonds().get(one, frozenset())


def check_relations(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every relation put in the place of another, or of another's name."""
    heard: set[str] = set()
    paired: set[tuple[str, str]] = set()
    for turn in evidence:
        heard |= {r for r, _, _ in relations_in(turn.text)}
        paired |= pairs_in(turn.text)
    quoted = verbatim_places(statement, evidence)
    stated = [r for r in relations_in(statement) if not any(a <= r[1] < b for a, b in quoted)]
    classes = {r for r, _, _ in relations_in(statement)}
    loose = set(lexicon()["loose_relations"].split())
    found = []
    for relation, start, end in stated:
        words = statement[start:end]
        if words.lower() in loose or any(bound(relation, h) for h in heard):
            continue
        in_law = relation.endswith("-in-law")
        rivals = {h for h in heard if not any(bound(h, c) for c in classes) and h not in loose}
        if rivals and not (in_law and len(heard) >= 2):
            found.append(Mismatch(UNSUPPORTED_NAME, words, f"The evidence speaks of another relation than “{words}”."))
    return found + _wrong_pairs(statement, evidence, paired)


def _wrong_pairs(statement: str, evidence: Sequence[Spoken], paired: set[tuple[str, str]]) -> list[Mismatch]:
    said = fold(" ".join(f"{t.text} {t.speaker}" for t in evidence))
    found, ours = [], pairs_in(statement)
    for relation, name in sorted(ours):
        if any(n == name and bound(relation, r) for r, n in paired):
            continue
        if any(n == name and relation not in (r, "") for r, n in ours if r != relation and (r, n) in paired):
            continue
        other_bond = any(n == name for _, n in paired)
        other_name = any(r == relation and (r, n) not in ours for r, n in paired)
        if other_bond or (other_name and not re.search(rf"{relation}s\b", said)):
            shown = name.title()
            found.append(Mismatch(UNSUPPORTED_NAME, shown, f"The evidence does not call {shown} the {relation}."))
    return found
