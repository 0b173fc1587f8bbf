"""Word pieces with their class and the shape of their letters."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from redaction.tagger.shape import shapes
from tools.tagger.labels import class_of
from tools.tagger.vary import Marked

WINDOW = 222


class Window(NamedTuple):
    """One piece of training text, without the frame tokens."""

    ids: list[int]
    shapes: list[int]
    classes: list[int]


def coded(marked: Marked, tokenizer: Any) -> Window:
    """Return a whole text as pieces."""
    text = "".join(run[0] for run in marked.runs)
    of_char = bytearray(len(text))
    at = 0
    for words, kind, _ in marked.runs:
        if kind:
            of_char[at : at + len(words)] = bytes([class_of(kind)]) * len(words)
        at += len(words)
    found = tokenizer.encode(text, add_special_tokens=False)
    classes = [max(of_char[s:e], default=0) for s, e in found.offsets]
    return Window(found.ids, shapes(text, found.offsets), classes)


def windows(whole: Window, rng: random.Random) -> list[Window]:
    """Return stretches of at most ``WINDOW`` pieces, the first of random length so that edges differ."""
    found = []
    at = 0
    size = rng.randint(WINDOW // 3, WINDOW)
    while at < len(whole.ids):
        cut = slice(at, at + size)
        found.append(Window(whole.ids[cut], whole.shapes[cut], whole.classes[cut]))
        at += size
        size = WINDOW
    return found
