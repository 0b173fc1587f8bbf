"""Errors on words that carry the meaning: names, numbers, negation, risk."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evaluation.scorer import Tally
from evaluation.speech.wer import Aligned

CLASSES = ("names", "numbers", "negation", "risk")
_TITLES = {"mr", "mrs", "ms", "miss", "dr", "doctor", "mister", "missus", "nurse"}


def critical(
    aligned: Aligned, reference: Sequence[str], names: Sequence[str], normalise: Callable[[str], str]
) -> dict[str, Tally]:
    """Return, for each class, how many of its words in the reference were misheard or lost.

    Names are the people of the case and words with a capital inside a sentence; a reference without
    capitals or people has none, so nothing is measured there.
    """
    known = _names(reference, names, normalise)
    found: dict[str, list] = {c: [0, 0, []] for c in CLASSES}
    for turn in aligned.turns:
        for kind, places in _places(turn.tokens, known).items():
            missed = sorted(places & set(turn.wrong))
            row = found[kind]
            row[0] += len(missed)
            row[1] += len(places)
            row[2] += [{"word": turn.tokens[i], "said": " ".join(turn.tokens[max(0, i - 4) : i + 4])} for i in missed]
    return {kind: Tally(hits, n, tuple(examples)) for kind, (hits, n, examples) in found.items()}


def _places(tokens: Sequence[str], names: set[str]) -> dict[str, set[int]]:
    from rag import risks_in

    text = " ".join(tokens)
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    risky = [(hit.start, hit.end) for hit in risks_in(text)]
    deny = _denials()
    return {
        "names": {i for i, t in enumerate(tokens) if t in names},
        "numbers": {i for i, t in enumerate(tokens) if any(c.isdigit() for c in t)},
        "negation": {i for i, t in enumerate(tokens) if t in deny},
        "risk": {i for i, t in enumerate(tokens) if any(s < starts[i] + len(t) and starts[i] < e for s, e in risky)},
    }


def _denials() -> set[str]:
    from rag.support.words import lexicon

    return {str(word) for word in lexicon()["deny_forward"] if " " not in str(word) and "_" not in str(word)}


def _names(reference: Sequence[str], names: Sequence[str], normalise: Callable[[str], str]) -> set[str]:
    found = {word for name in names for word in normalise(name).split()}
    lower = {w for text in reference for w in re.findall(r"\b[a-z]+\b", text)}
    for text in reference:
        for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text):
            if word.lower() not in lower:
                found |= set(normalise(word).split())
    return {w for w in found if len(w) > 2 and w not in _TITLES}
