"""Words as the support check compares them: tokens with places, contractions opened, and stems."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rag.support.text import fold

_TOKEN = re.compile(r"[a-z0-9à-öø-ÿ]+(?:['\-][a-z0-9à-öø-ÿ]+)*'?|[.,;:!?…—()/-]")
_NT = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is", "cannot": "can"}
_CLITIC = re.compile(r"^(.+?)'(s|m|re|ve|ll|d)$")


@dataclass(frozen=True)
class Token:
    """One word or mark, lower case; ``start`` and ``end`` are places in the text it came from."""

    word: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether this is a word and not a mark."""
        return self.word[0].isalnum()


def plain(text: str) -> str:
    """Return ``text`` after NFKC, with straight quotes, single spaces and no case."""
    return " ".join(fold(unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of ``text``; "don't" becomes "do" and "not", "she's" becomes "she"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        word, start, end = match.group().rstrip("'") or match.group(), match.start(), match.end()
        if word in _NT or (word.endswith("n't") and len(word) > 3):
            found.append(Token(_NT.get(word, word[:-3]), start, end))
            found.append(Token("not", start, end))
            continue
        clitic = _CLITIC.match(word)
        found.append(Token(clitic.group(1) if clitic else word, start, end))
        if clitic and clitic.group(2) in ("ll", "d", "m", "re", "ve"):
            found.append(
                Token(
                    {"ll": "will", "d": "would", "m": "am", "re": "are", "ve": "have"}[clitic.group(2)],
                    start,
                    end,
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """Return the word classes of ``lexicon.yaml``."""
    import yaml

    return yaml.safe_load(files("rag.support").joinpath("lexicon.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {form: line.split()[0] for line in lexicon()["irregular"] for form in line.split()[1:]}


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word; irregular past forms count as their verb."""
    return _stemmer().stemWord(_irregular().get(word, word))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the places of the sentences of ``text``; titles, initials and decimals do not end one."""
    marks = [
        m.end()
        for m in re.finditer(r"[.!?…]+[\"'”’)]*(?=\s|$)", text)
        if not re.search(r"\b(Mr|Mrs|Ms|Dr|St|Rev|Prof|vs|etc|e\.g|i\.e|approx|No|[A-Z])\.$", text[: m.end()])
    ]
    edges = [0, *marks] if marks and marks[-1] >= len(text.rstrip()) else [0, *marks, len(text)]
    return [(a, b) for a, b in zip(edges, edges[1:], strict=False) if text[a:b].strip()]
