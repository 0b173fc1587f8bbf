"""Text made comparable without moving a single offset: case, accents and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARK = "\x01"
"""stands for a combining mark or an invisible character, so that offsets stay those of the input"""

_WORD = re.compile(r"[^\W_]+(?:\x01+[^\W_]+)*\x01*")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in "\u2018\u2019\u02bc\u0060":
        return "'"
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return MARK
    base = unicodedata.normalize("NFKD", char)[:1] or char
    return base.casefold()[:1] or base


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents, exactly as long as the input."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_char, text))


def words(folded: str) -> list[tuple[str, int, int]]:
    """Return (word, start, end) of every word of a folded text, without invisible characters."""
    return [(m.group().replace(MARK, ""), m.start(), m.end()) for m in _WORD.finditer(folded)]


def word_key(text: str) -> tuple[str, ...]:
    """Return the folded words of a value: what two spellings of the same value share."""
    return tuple(word for word, _, _ in words(fold(text)))
