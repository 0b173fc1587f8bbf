"""Text made comparable without moving a single offset: case, accents, lookalikes and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from redaction.lookalikes import LATIN, invisible

MARK = "\x01"
"""stands for a combining mark or an invisible character, so that offsets stay those of the input"""

_WORD = re.compile(r"[^\W_]+(?:\x01+[^\W_]+)*\x01*")
_CONTROL = re.compile(r"[\x00\x02-\x08\x0e-\x1b\x7f]")


def _fold_char(char: str) -> str:
    if char in "\u2018\u2019\u02bc\u0060":
        return "'"
    if invisible(char) or unicodedata.category(char) in ("Mn", "Me"):
        return MARK
    char = LATIN.get(char, char)
    base = unicodedata.normalize("NFKD", char)[:1] or char
    return base.casefold()[:1] or base


class _Folded(dict[int, str]):
    """Character → its folded form, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _fold_char(chr(code))
        return made


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents, exactly as long as the input."""
    if text.isascii() and not _CONTROL.search(text):
        return text.lower()
    return text.translate(_FOLDED)


def each_word(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) of every word of a folded text, without invisible characters."""
    for found in _WORD.finditer(folded):
        yield found.group().replace(MARK, ""), found.start(), found.end()


def words(folded: str) -> list[tuple[str, int, int]]:
    """Return what :func:`each_word` yields."""
    return list(each_word(folded))


def word_key(text: str) -> tuple[str, ...]:
    """Return the folded words of a value: what two spellings of the same value share."""
    return tuple(word for word, _, _ in each_word(fold(text)))
