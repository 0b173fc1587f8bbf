"""Who wrote comments: the token of the person where it is known, else "Author 1"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redaction.documents.slots import Span
from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, elements, get, put, short


class AuthorSlot:
    """One author's name, wherever it stands as an attribute."""

    place = "comment author"
    before = "\n\nComment written by: "

    def __init__(self, name: str, number: int) -> None:
        self.text = name
        self._number = number
        self._elements: list[Element] = []

    def add(self, element: Element) -> None:
        """Take the name off an element at once; what stands there later is a token or a number."""
        self._elements.append(element)
        put(element, "w:author", f"Author {self._number}")
        if get(element, "w:initials") is not None:
            put(element, "w:initials", f"A{self._number}")

    def mask(self, spans: Sequence[Span]) -> None:
        """Name the author by the token of the same person in the text."""
        longest = max(spans, key=lambda span: span.end - span.start)
        if longest.type == "PERSON":
            for element in self._elements:
                put(element, "w:author", longest.token)


def read(package: Package) -> Iterator[AuthorSlot]:
    """Return one slot per author."""
    authors: dict[str, AuthorSlot] = {}
    for part in package.xml():
        for element in elements(part.root):
            if any(short(key) == "w:author" for key in element.attrib):
                name = get(element, "w:author") or ""
                slot = authors.setdefault(name, AuthorSlot(name, len(authors) + 1))
                slot.add(element)
    yield from authors.values()
