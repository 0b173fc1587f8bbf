"""Every name of the statement must be in the evidence, as a word said or as a speaker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rag.support.binding import Item, place, question_of
from rag.support.case_people import case_names, takes_a_place
from rag.support.codes import UNSUPPORTED_NAME
from rag.support.frames import frame_end
from rag.support.misplaced import misplaced
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold
from rag.support.words import lexicon, sentences, stem

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’\-][A-Za-zÀ-ÖØ-öø-ÿ]+)*|\d+")
_TITLES = frozenset(
    (
        "mr mrs ms miss dr doctor prof professor sir rev reverend father sister brother "
        "nurse pc sgt dc inspector cllr councillor lord lady dame judge imam rabbi"
    ).split()
)
_KIN = frozenset(
    "mum mam mom mummy mother dad daddy father nan nana nanny gran granny grandma "
    "grandmother grandad grandpa grandfather auntie aunt uncle sis bro "
    "son daughter baby appa amma dada dadi mama papa".split()
)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    data = lexicon()
    days = (
        "monday tuesday wednesday thursday friday saturday sunday january february "
        "march april may june july august september october november december mon tue "
        "wed thu fri sat sun jan feb apr jun jul aug sept sep oct nov dec"
    )
    return (
        frozenset(data["stop"].split()) | frozenset(data["ordinary_capitals"].split()) | frozenset(days.split()) | _TITLES | _KIN
    )


def _bare(word: str) -> str:
    folded = fold(word)
    folded = re.sub(r"'s$|'$", "", folded)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def name_items(text: str, starts_count: bool = True) -> list[Item]:
    """Return the words of ``text`` that look like names; the key is the bare lower-case word.

    With ``starts_count`` a word that opens a sentence must show by what follows that it is a name.
    """
    firsts = _first_words(text)
    found = []
    for m in _WORD.finditer(text):
        word = m.group()
        if not word[0].isupper():
            continue
        bare = _bare(word)
        if bare in _ordinary() or re.fullmatch(r"i(?:'\w+)?", bare) or re.search(r"n't$", fold(word)):
            continue
        if re.sub(r"'(?:m|re|ve|ll|d)$", "", bare) in _ordinary():
            continue
        if m.start() in firsts and starts_count and not _named_at_start(text, m):
            continue
        if len(bare) == 1 and not re.match(r"\.|\s+[A-Z]", text[m.end() :]):
            continue
        found.append(Item("name", bare, m.start(), m.end()))
    return found


def _first_words(text: str) -> set[int]:
    firsts = set()
    for start, end in sentences(text):
        m = _WORD.search(text, start, end)
        if m:
            firsts.add(m.start())
    for m in re.finditer(r"(?:[“\"‘(:?!]|…|\.\.\.|[.!?][”\"]?\s)\s*([A-Z])", text):
        firsts.add(m.start(1))
    return firsts


def _named_at_start(text: str, m: re.Match[str]) -> bool:
    """Say whether a word that opens a sentence is a name: another name, "'s" or a verb of saying follows."""
    word, after = m.group(), text[m.end() : m.end() + 30]
    bare = _bare(word)
    if re.search(r"(?:ing|ly|ed)$", bare) and not re.match(r"\s+[A-Z]", after):
        return False
    if re.search(r"['’]s$", word) or re.match(r"\s+[A-Z][a-z]", after) or "-" in word and re.search(r"-[A-Z]", word):
        return True
    following = re.match(r"\s*,?\s*\(?([a-z]+)", after)
    return bool(following) and following.group(1) in lexicon()["reporting"]  # type: ignore[union-attr]


def _heard(evidence: Sequence[Spoken]) -> tuple[set[str], set[str]]:
    words: set[str] = set()
    initials: set[str] = set()
    for turn in evidence:
        for source in (turn.text, turn.speaker):
            run = []
            for m in _WORD.finditer(source):
                bare = _bare(m.group())
                words |= {bare, *re.split(r"[-']", bare), bare.replace("-", "").replace("'", "")}
                run.append(bare)
                if m.group()[0].isupper():
                    initials.add(bare[0])
            words |= {a + b for a, b in zip(run, run[1:], strict=False)}
            words |= {"".join(w[0] for w in run[i : i + n]) for n in (2, 3, 4, 5) for i in range(len(run) - n + 1)}
    return words, initials


def check_names(statement: str, evidence: Sequence[Spoken], known_people: Sequence[str] = ()) -> list[Mismatch]:
    """Return a mismatch for every name that is not in the evidence, or is said of somebody else."""
    words, initials = _heard(evidence)
    short = short_forms(evidence)
    case = case_names(known_people)
    synonyms = {key: set(values) for key, values in lexicon()["name_synonyms"].items()}
    stated = name_items(statement)
    placed, said = place(stated, statement), _said_names(evidence, frozenset(), frozenset(case)) if case else []
    found, known = [], []
    for item in placed:
        if _spells_out(item, placed, statement, short):
            known.append(item)
        elif not _known(str(item.key), words, initials, synonyms):
            shown = statement[item.start : item.end]
            if _known(str(item.key), case, set(), synonyms) and not takes_a_place(item, placed, said, statement, evidence, case):
                continue
            found.append(Mismatch(UNSUPPORTED_NAME, shown, f"The name “{shown}” is not in the evidence."))
        else:
            known.append(item)
    return found + _swapped(statement, known, evidence)


def short_forms(evidence: Sequence[Spoken]) -> set[str]:
    """Return the abbreviations of the evidence in lower case ("ot", "uc")."""
    return {m.lower() for turn in evidence for m in re.findall(r"\b[A-Z]{2,5}\b", turn.text)}


def _spells_out(item: Item, stated: Sequence[Item], statement: str, short: set[str]) -> bool:
    """Say whether the name is part of a run of capitals said by its initials ("Universal Credit" for "UC")."""
    run = [item]
    for step in (-1, 1):
        at = stated.index(item) + step
        while 0 <= at < len(stated):
            near, far = sorted((stated[at], run[-1] if step > 0 else run[0]), key=lambda i: i.start)
            if statement[near.end : far.start].strip() not in ("", "of", "for", "and"):
                break
            run = [*run, stated[at]] if step > 0 else [stated[at], *run]
            at += step
    return len(run) > 1 and "".join(str(i.key)[0] for i in run) in short


def _known(name: str, words: set[str], initials: set[str], synonyms: dict[str, set[str]]) -> bool:
    if name in words or (len(name) == 1 and name in initials):
        return True
    if name.endswith("s") and name[:-1] in words or name.endswith("es") and name[:-2] in words or name + "s" in words:
        return True
    if synonyms.get(name, set()) & words:
        return True
    parts = re.split(r"[-']", name)
    if len(parts) > 1 and all(p in words or len(p) == 1 for p in parts):
        return True
    return stem(name) in {stem(w) for w in words if w[:3] == name[:3]}


def _shown(text: str, ours: frozenset[str]) -> list[Item]:
    sure = {i.start for i in name_items(text)}
    return [i for i in name_items(text, starts_count=False) if i.start in sure or i.key in ours]


def _said_names(evidence: Sequence[Spoken], without: frozenset[str], ours: frozenset[str]) -> list[Item]:
    return [
        item
        for at, turn in enumerate(evidence)
        for item in place(
            [i for i in _shown(turn.text, ours) if i.key not in without],
            turn.text,
            at,
            question_of(evidence, at),
        )
    ]


def _swapped(statement: str, known: list[Item], evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return the names that the evidence puts to something else ("from Keppra to Epilim")."""
    verbatim = verbatim_places(statement, evidence)
    speakers = {_bare(p) for turn in evidence for p in turn.speaker.split()}
    stated = [i for i in place(known, statement) if i.key not in speakers]
    said = _said_names(evidence, frozenset(speakers), frozenset(str(i.key) for i in known))
    said_by = frame_end(statement)
    return [
        Mismatch(
            UNSUPPORTED_NAME,
            statement[i.start : i.end],
            f"“{statement[i.start : i.end]}” was said of something else.",
        )
        for i in stated
        if not i.taken_back and i.end > said_by and not any(a <= i.start < b for a, b in verbatim) and misplaced(i, stated, said)
    ]
