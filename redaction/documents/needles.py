"""Masked values as they hide in identifiers: without spaces, in file names, in raw bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redaction.fold import word_key
from redaction.words import keep_terms, ordinary_words

_TITLES = frozenset("mr mrs ms miss mx dr prof professor cllr rev sir lady dame lord the of and".split())
_NAMES = ("PERSON", "ADDRESS")


@dataclass(frozen=True)
class Needles:
    """What is looked for, by type."""

    squeezed: Mapping[str, str]
    """folded letters and digits without anything between them (seven and more) → type"""
    words: Mapping[str, str]
    """single folded words of people's names that are no ordinary words (five letters and more) → type"""
    raw: tuple[tuple[bytes, str], ...]
    """values in the encodings files use, small ASCII letters"""

    def mention(self, value: str) -> str:
        """Return the type of a masked value that hides in an identifier, a path or a name; else ""."""
        parts = word_key(re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+|(?<=\D)(?=\d)|(?<=\d)(?=\D)", " ", value))
        for part in parts:
            if part in self.words:
                return self.words[part]
        flat = "".join(word_key(value.replace("_", " ")))
        return next((kind for squeezed, kind in self.squeezed.items() if squeezed in flat), "")

    def in_bytes(self, data: bytes) -> str:
        """Return the type of a masked value that stands in these bytes as it is; else ""."""
        lower = data.lower()
        return next((kind for value, kind in self.raw if value in lower), "")


def needles(masked: Iterable[tuple[str, str]], people: Sequence[Mapping[str, str]]) -> Needles:
    """Return what must not stand anywhere in an output; ``masked``: (value, type) of what was masked."""
    squeezed: dict[str, str] = {}
    words: dict[str, str] = {}
    raw: dict[bytes, str] = {}
    pairs = {*masked, *((person.get("name", ""), "PERSON") for person in people)}
    for surface, kind in sorted(pairs):
        parts = [w for w in word_key(surface) if w not in _TITLES]
        if kind == "PERSON":
            for word in parts:
                if len(word) >= 5 and word not in ordinary_words() and (word,) not in keep_terms():
                    words[word] = kind
        digits = sum(c.isdigit() for c in surface)
        telling = (
            (kind in _NAMES and len(parts) > 1 and not all(w in ordinary_words() for w in parts)) or digits >= 5 or "@" in surface
        )
        flat = "".join(parts)
        if telling and len(flat) >= 7:
            squeezed[flat] = kind
            for form in (surface.strip(), flat if len(flat) >= 9 else surface.strip()):
                raw.update(dict.fromkeys(_encoded(form), kind))
    return Needles(squeezed, words, tuple(raw.items()))


def _encoded(value: str) -> Iterable[bytes]:
    for form in {value, " ".join(value.split())}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            try:
                data = form.encode(encoding).lower()
            except UnicodeEncodeError:
                continue
            if len(data) >= 7:
                yield data
