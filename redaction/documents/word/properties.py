"""Properties of the document: title, authors, company, manager and the rest are emptied."""

from __future__ import annotations

from redaction.documents.word.package import Package
from redaction.documents.word.xml import elements, local, tag

_KEPT = frozenset({"Pages", "Words", "Characters", "Lines", "Paragraphs", "CharactersWithSpaces"})


def clean(package: Package) -> None:
    """Empty the core properties; of the others keep the counts."""
    for part in package.xml("core-properties", "extended-properties", "extendedProperties"):
        for child in list(part.root):
            if part.kind != "core-properties" and local(child.tag) in _KEPT and (child.text or "").isdigit():
                continue
            if (child.text or "").strip() or len(child):
                package.notes.remove("document property")
            part.root.remove(child)
        part.root.attrib.clear()


def clean_theme(package: Package) -> None:
    """Give the theme and its schemes a name of ours; an organisation's name stands there often."""
    for part in package.xml("theme"):
        for element in elements(part.root):
            if tag(element) in ("a:theme", "a:clrScheme", "a:fontScheme", "a:fmtScheme") and "name" in element.attrib:
                element.attrib["name"] = "Theme"
            if local(element.tag) == "custClr":
                element.attrib.pop("name", None)
