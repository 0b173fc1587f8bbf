"""Texts outside the pages: bookmarks, alternative text, layers, page labels, addresses. Other strings go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from redaction.documents.needles import Needles
from redaction.documents.pdf.tree import arrays, dictionaries
from redaction.documents.slots import Span, masked

_KEPT = frozenset({"/Lang", "/Registry", "/Ordering", "/Panose"})
"""keys whose strings are technical"""


class StringSlot:
    """One string in a dictionary."""

    before = "\n"

    def __init__(self, held: Any, key: str, place: str) -> None:
        self.place = place
        self._held = held
        self._key = key
        self.text = unquote(str(held[key])) if key == "/URI" else str(held[key])

    def mask(self, spans: Sequence[Span]) -> None:
        """Replace the stretches; an address goes as a whole."""
        self.put("about:blank" if self._key == "/URI" else masked(self.text, spans))

    def finish(self, needles: Needles) -> None:
        """Empty the string when it spells a masked name without spaces."""
        if needles.mention(str(self._held[self._key])):
            self.put("about:blank" if self._key == "/URI" else "removed")

    def put(self, text: str) -> None:
        """Write another text."""
        import pikepdf

        self._held[self._key] = pikepdf.String(text)


def read(pdf: Any) -> list[StringSlot]:
    """Return the strings that people read, and take out those that nobody needs."""
    return list(_walk(pdf))


def _walk(pdf: Any) -> Iterator[StringSlot]:
    import pikepdf

    for held in dictionaries(pdf):
        trailer = "/Root" in held
        for key in list(held.keys()):
            if isinstance(held.get(key), pikepdf.String) and key not in _KEPT:
                place = _place(held, key)
                if place:
                    yield StringSlot(held, key, place)
                else:
                    del held[key]
        if not trailer:
            for array in arrays(held):
                _empty(array)


def _place(held: Any, key: str) -> str:
    kind = str(held.get("/Type", ""))
    if key in ("/Alt", "/ActualText", "/E", "/T") and (kind == "/StructElem" or "/S" in held):
        return "alternative text"
    if key == "/Title" and ("/Parent" in held or "/Dest" in held):
        return "bookmark"
    if key == "/Name" and kind == "/OCG":
        return "layer"
    if key == "/P" and ("/S" in held or "/St" in held or len(held) == 1):
        return "page label"
    if key == "/URI":
        return "link target"
    return ""


def _empty(array: Any) -> None:
    """Empty the strings of an array, unless they are the colours of a palette."""
    import pikepdf

    palette = len(array) == 4 and str(array[0]) in ("/Indexed", "/I")
    for index, value in enumerate(array):
        if isinstance(value, pikepdf.String) and not palette:
            array[index] = pikepdf.String("")
