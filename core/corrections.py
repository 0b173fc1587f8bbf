"""Correcting what was heard: the words that stay keep their times, new ones share those they replace."""

from __future__ import annotations

from difflib import SequenceMatcher

from core.evidence import Turn, Word


def corrected(turn: Turn, text: str) -> Turn:
    """Return the turn with another text; a word a person typed has probability 1."""
    new = text.split()
    old = list(turn.words)
    if not old:
        return turn.model_copy(update={"text": " ".join(new)})
    words: list[Word] = []
    matcher = SequenceMatcher(None, [word.text.strip() for word in old], new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            words += old[i1:i2]
        elif i1 < i2:
            words += _spread(new[j1:j2], old[i1].start, old[i2 - 1].end)
        else:
            at = old[i1 - 1].end if i1 else turn.start
            until = old[i1].start if i1 < len(old) else turn.end
            words += _spread(new[j1:j2], at, max(at, until))
    return turn.model_copy(update={"text": " ".join(new), "words": tuple(words)})


def _spread(texts: list[str], start: float, end: float) -> list[Word]:
    step = (end - start) / max(len(texts), 1)
    return [
        Word(text=text, start=round(start + step * at, 3), end=round(start + step * (at + 1), 3))
        for at, text in enumerate(texts)
    ]
