"""Text that people wrote but that stands in an attribute: alternative text, titles, lists of choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redaction.documents.needles import Needles
from redaction.documents.slots import Span, masked
from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, elements, get, local, put, short, tag

_PLACES: dict[tuple[str, str], str] = {
    ("w:tblCaption", "w:val"): "alternative text",
    ("w:tblDescription", "w:val"): "alternative text",
    ("v:textpath", "string"): "watermark",
    ("w:alias", "w:val"): "content control",
    ("w:tag", "w:val"): "content control",
    ("w:listItem", "w:displayText"): "content control",
    ("w:listItem", "w:value"): "content control",
    ("w:lvlText", "w:val"): "numbering",
}
_ANYWHERE = {
    ("docPr", "descr"): "alternative text",
    ("docPr", "title"): "alternative text",
    ("cNvPr", "descr"): "alternative text",
    ("cNvPr", "title"): "alternative text",
}
"""by names without namespace: they stand in several"""


class AttributeSlot:
    """The value of one attribute."""

    before = "\n"

    def __init__(self, element: Element, name: str, place: str) -> None:
        self.place = place
        self.text = get(element, name) or ""
        self._element = element
        self._name = name

    def mask(self, spans: Sequence[Span]) -> None:
        """Replace the stretches in the attribute."""
        put(self._element, self._name, masked(self.text, spans))


def finish(package: Package, needles: Needles) -> None:
    """Empty the attributes that spell a masked name without spaces, as names of files and fields do."""
    for element, name, _ in _found(package):
        if needles.mention(get(element, name) or ""):
            put(element, name, "removed")


def read(package: Package) -> Iterator[AttributeSlot]:
    """Return every attribute of the table above, in every part."""
    for element, name, place in _found(package):
        yield AttributeSlot(element, name, place)


def _found(package: Package) -> Iterator[tuple[Element, str, str]]:
    for part in package.xml():
        for element in elements(part.root):
            name = tag(element)
            for key in list(element.attrib):
                plain = local(key)
                place = _PLACES.get((name, short(key))) or _ANYWHERE.get((local(element.tag), plain))
                if place is None and name.startswith("v:") and plain == "alt":
                    place = "alternative text"
                if place and (place != "numbering" or any(c.isalpha() for c in element.attrib[key])):
                    yield element, short(key), place
