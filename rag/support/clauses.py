"""Cutting speech into clauses, so that what belongs together is compared together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.support.words import Token, lexicon, stem, tokens

PRONOUNS = frozenset(
    "i you he she it we they there that this who someone somebody everyone everybody nobody".split()
)
AUXILIARIES = frozenset(
    (
        "is are was were am be been has have had do does did will would can could should shall may might must"
    ).split()
)
_BREAKERS = frozenset(
    "but although though because cos cause since when while whereas until till "
    "unless if after before whether which who whom where "
    "so however whenever".split()
)
_MARKS = frozenset(".;:!?…—(),-")
_STRONG_MARKS = frozenset(".;:!?…—()-")
_RELATIVE = frozenset("who whom which".split())


@dataclass(frozen=True)
class Clause:
    """A stretch of words of one text; ``mark`` is what ends it, ``opener`` the word that began it."""

    tokens: tuple[Token, ...]
    sentence: int
    opener: str = ""
    mark: str = ""

    @property
    def start(self) -> int:
        """Place of the first character."""
        return min(t.start for t in self.tokens)

    @property
    def end(self) -> int:
        """Place after the last character."""
        return max(t.end for t in self.tokens)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words that say little about what a sentence is about."""
    return frozenset(lexicon()["stop"].split())


@lru_cache(maxsize=1)
def _same() -> dict[str, str]:
    return {stem(word): stem(group[0]) for group in reversed(lexicon()["same"]) for word in group}


@lru_cache(maxsize=50_000)
def concept(word: str) -> str:
    """Return the stem of a word, the same for words of one idea ("tablet", "medication")."""
    stemmed = stem(word)
    return _same().get(stemmed, stemmed)


def concepts(words: Iterable[Token]) -> frozenset[str]:
    """Return the ideas of the content words."""
    return frozenset(concept(t.word) for t in words if t.is_word and t.word not in stop_words())


@lru_cache(maxsize=4096)
def clauses(text: str, fine: bool = False) -> tuple[Clause, ...]:
    """Cut ``text`` at marks and conjunctions; ``fine`` cuts at every comma and every "and" too."""
    found: list[Clause] = []
    run: list[Token] = []
    topic: list[Token] = []
    sentence, opener = 0, ""

    def close(mark: str, next_opener: str = "") -> None:
        nonlocal run, opener, topic
        if mark == "," and not fine and _is_topic(run, found, sentence):
            topic, run = [*topic, *run], []
            return
        if (
            mark
            and mark in ".?!"
            and found
            and found[-1].sentence == sentence
            and not any(t.is_word for t in run)
            and not topic
        ):
            found[-1] = replace(found[-1], mark=mark)
        if any(t.is_word for t in run) or topic:
            found.append(Clause(tuple(t for t in [*run, *topic] if t.is_word), sentence, opener, mark))
            topic = []
            opener = next_opener
        elif next_opener:
            opener = next_opener
        run = []

    all_tokens = tokens(text)
    for at, token in enumerate(all_tokens):
        word = token.word
        if word in _MARKS:
            hyphen = word == "-" and at and at + 1 < len(all_tokens) and all_tokens[at - 1].end == token.start
            if hyphen and all_tokens[at + 1].start == token.end:
                continue
            dot = word == "." and at + 1 < len(all_tokens) and all_tokens[at + 1].start == token.end
            if dot or (word == "." and run and run[-1].word in ("mr", "mrs", "ms", "dr", "st")):
                continue
            if word == "," and not fine and _list_goes_on(all_tokens, at):
                continue
            close(word)
            if word in ".!?…":
                sentence += 1
                opener = ""
        elif (
            word in _BREAKERS
            and not (word == "so" and _degree(all_tokens, at))
            and not (fine and word in _RELATIVE)
        ):
            close("", word)
            opener = word
        elif word in ("and", "or") and (fine or _starts_clause(all_tokens, at + 1)):
            close("", word)
        else:
            run.append(token)
    close("")
    return tuple(found)


def _is_topic(run: list[Token], found: list[Clause], sentence: int) -> bool:
    """Say whether a comma follows a topic put first ("The drink, I've not had one")."""
    words = [t.word for t in run if t.is_word]
    words = words[1:] if words[:1] in (["and"], ["or"]) else words
    first = not found or found[-1].sentence != sentence
    first = first and all(t.end - t.start == len(t.word) for t in run)  # "the car's gone" is no topic
    return (
        first
        and 2 <= len(words) <= 4
        and words[0] in ("the", "my", "his", "her", "any", "our")
        and not (set(words) & (PRONOUNS - {"that"} | AUXILIARIES))
    )


def _degree(all_tokens: tuple[Token, ...], at: int) -> bool:
    return at + 1 < len(all_tokens) and all_tokens[at + 1].word in (
        "much",
        "many",
        "far",
        "good",
        "bad",
        "well",
        "often",
        "long",
    )


def _starts_clause(all_tokens: tuple[Token, ...], at: int) -> bool:
    words = [t.word for t in all_tokens[at : at + 2]] + ["", ""]
    return (
        words[0] in PRONOUNS
        or words[0] in AUXILIARIES
        or words[0] in ("then", "not", "no", "never")
        or (
            words[0] in ("now", "the", "his", "her", "my", "their")
            and words[1] != ""
            and any(t.word in AUXILIARIES for t in _up_to_mark(all_tokens[at + 1 : at + 5]))
        )
    )


def _up_to_mark(ahead: tuple[Token, ...]) -> tuple[Token, ...]:
    edge = next((i for i, t in enumerate(ahead) if not t.is_word), len(ahead))
    return ahead[:edge]


def _list_goes_on(all_tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a comma separates items of one list ("no drink, drugs or weapons")."""
    ahead = []
    for token in all_tokens[at + 1 : at + 7]:
        if token.word in _STRONG_MARKS:
            break
        ahead.append(token.word)
    if not ahead or ahead[0] in PRONOUNS or ahead[0] in ("and", "but", "or"):
        return bool(ahead) and ahead[0] == "or"
    if "or" not in ahead:
        return False
    before = ahead[: ahead.index("or")]
    return len(before) <= 4 and not any(w in PRONOUNS or w in AUXILIARIES or w in _BREAKERS for w in before)
