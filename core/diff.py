"""What a person changed, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, went or came."""

    op: Literal["same", "removed", "added"]
    text: str


def words(before: str, after: str) -> tuple[Change, ...]:
    """Return the way from ``before`` to ``after`` in runs of words; white space is not compared."""
    old, new = before.split(), after.split()
    changes: list[Change] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(Change("same", " ".join(old[i1:i2])))
            continue
        if i1 < i2:
            changes.append(Change("removed", " ".join(old[i1:i2])))
        if j1 < j2:
            changes.append(Change("added", " ".join(new[j1:j2])))
    return tuple(changes)


def words_changed(changes: tuple[Change, ...]) -> int:
    """Return how many words went or came."""
    return sum(len(change.text.split()) for change in changes if change.op != "same")
