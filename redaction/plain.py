"""A text as the plain letters and digits it reads as, with a map back to the characters it was written in.

Full-width and styled characters, digits of other scripts, lookalike letters, split accents and characters
nobody sees: the recognisers meet none of them, and what they find is the exact stretch of the input.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from redaction.lookalikes import LATIN, invisible

_ORDINARY = re.compile(
    "[\\t-\\r\x1c-~\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2018-\u201f\u2022\u2026\u20ac]*"
)
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_KNOWN = re.compile(r"[A-Za-z0-9@.,:;_+/()#&'\u00c0-\u024f -]+")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class PlainView:
    """``starts`` and ``ends`` map each character of ``text`` to the input."""

    text: str
    starts: list[int]
    ends: list[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the input that the characters came from."""
        return self.starts[start], self.ends[end - 1]


def plain_view(text: str) -> PlainView | None:
    """Return the plain form of a text, or None when the text is plain already."""
    if _ORDINARY.fullmatch(text):
        return None
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _mark(text[end]):
            end += 1
        made = plain_char(unicodedata.normalize("NFC", text[at:end])[0] if end > at + 1 else text[at])
        out.append(made)
        starts.extend([at] * len(made))
        ends.extend([end] * len(made))
        at = end
    plain = _TOKEN.sub(_latin, "".join(out))
    return None if plain == text else PlainView(plain, starts, ends)


@lru_cache(maxsize=16384)
def _mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


@lru_cache(maxsize=16384)
def plain_char(char: str) -> str:
    """Return what a character reads as: nothing, itself, or a few plain characters."""
    if invisible(char) or _mark(char):
        return ""
    if char in _HYPHENS:
        return "-"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
        return char
    reads = unicodedata.normalize("NFKC", char)
    styled = category[0] in "LN" or 0xFF00 < ord(char) < 0xFF5F
    return reads if styled and _KNOWN.fullmatch(reads) else char


def _latin(found: re.Match[str]) -> str:
    """Return a word with lookalike letters as Latin ones, unless it holds letters that are none."""
    word = found.group()
    if word.isascii() or not all(ord(c) < 0x250 or c in LATIN for c in word):
        return word
    return "".join(LATIN.get(c, c) for c in word)
