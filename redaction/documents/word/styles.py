"""Styles that people made carry names that people gave: they are read like text, and ids follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.documents.needles import Needles
from redaction.documents.slots import Span
from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, elements, find_all, get, put, tag

_USES = frozenset(
    {
        "w:pStyle",
        "w:rStyle",
        "w:tblStyle",
        "w:basedOn",
        "w:next",
        "w:link",
        "w:numStyleLink",
        "w:styleLink",
        "w:clickAndTypeStyle",
        "w:defaultTableStyle",
    }
)
_USUAL = re.compile(
    r"(?:Header|Footer|Heading \d|Title|Subtitle|Body Text(?: \d)?|Macro Text|Quote|Intense Quote|Balloon Text|"
    r"Comment (?:Text|Subject)|Footnote Text|Endnote Text|Plain Text|Signature|Date|Salutation|Closing) Char"
)
"""names that Word gives to the letters of its own paragraph styles"""


class StyleSlot:
    """The name of a style that is not one of Word's own."""

    place = "name of a style"
    before = "\n\nName of a style: "

    def __init__(self, package: Package, style: Element, name: Element, number: int) -> None:
        self.text = get(name, "w:val") or ""
        self._rename = (package, style, name, number)

    def mask(self, spans: Sequence[Span]) -> None:
        """Give the style another name and id."""
        rename(*self._rename)


def read(package: Package) -> Iterator[StyleSlot]:
    """Return the names of people's own styles."""
    for part in package.xml("styles"):
        for number, style in enumerate(find_all(part.root, "w:style"), start=1):
            for name in style:
                if tag(name) == "w:name" and own(style) and not _USUAL.fullmatch(get(name, "w:val") or ""):
                    yield StyleSlot(package, style, name, number)


def own(style: Element) -> bool:
    """Return whether somebody made the style."""
    return (get(style, "w:customStyle") or "") in ("1", "true", "on")


def rename(package: Package, style: Element, name: Element, number: int) -> None:
    """Give a style another name and id, and change every use of it."""
    old, new = get(style, "w:styleId") or "", f"Style{number}own"
    put(name, "w:val", f"Style {number} own")
    put(style, "w:styleId", new)
    for part in package.xml():
        for element in elements(part.root):
            if tag(element) in _USES and get(element, "w:val") == old:
                put(element, "w:val", new)


def finish(package: Package, needles: Needles) -> None:
    """Rename the styles whose id or name spells a masked name without spaces."""
    for part in package.xml("styles"):
        for number, style in enumerate(find_all(part.root, "w:style"), start=1):
            for name in [e for e in style if tag(e) == "w:name"] if own(style) else ():
                said = f"{get(name, 'w:val')} {get(style, 'w:styleId')}"
                if needles.mention(get(name, "w:val") or "") or needles.mention(get(style, "w:styleId") or said):
                    rename(package, style, name, number)
