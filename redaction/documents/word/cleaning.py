"""What a document carries for machines: variables, data sources, bindings, object names."""

from __future__ import annotations

import re

from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, drop, elements, find_all, get, local, tag, unwrap

_SETTINGS = frozenset(
    (
        "docVars mailMerge attachedTemplate attachedSchema schemaLibrary smartTagType docId saveThroughXslt "
        "captions writeProtection documentType activeWritingStyle linkStyles"
    ).split()
)
_CONTROLS = frozenset("dataBinding placeholder webExtensionLinked webExtensionCreated".split())
_WORDS_OWN = re.compile(r"_x0000_[a-z]+\d+")
_FRAMES = frozenset({"customXmlPr", "smartTagPr"})


def clean_settings(package: Package) -> None:
    """Take document variables, mail merge, templates and identities out of the settings."""
    for part in package.xml("settings"):
        for child in list(part.root):
            if local(child.tag) in _SETTINGS:
                package.notes.remove("document variables" if local(child.tag) == "docVars" else "setting with a source")
                drop(child)


def clean_controls(package: Package) -> None:
    """Take bindings, placeholders, dates and last values out of content controls and data marks."""
    for part in package.xml():
        for element in [e for e in elements(part.root) if local(e.tag) in _CONTROLS | _FRAMES]:
            drop(element)
        for element in find_all(part.root, "w:date", "w:comboBox", "w:dropDownList"):
            for key in [k for k in element.attrib if local(k) in ("fullDate", "lastValue")]:
                del element.attrib[key]
        for element in find_all(part.root, "w:smartTag", "w:customXml"):
            unwrap(element)
            package.notes.remove("data mark")


def clean_names(package: Package) -> None:
    """Number the names of drawn objects: a picture's name is often that of its file."""
    number = 0
    for part in package.xml():
        for element in elements(part.root):
            if local(element.tag) in ("docPr", "cNvPr") and "name" in element.attrib:
                number += 1
                element.attrib["name"] = f"Object {number}"
            if tag(element).startswith(("v:", "o:")):
                for key in [k for k in element.attrib if local(k) in ("title", "href", "src", "gfxdata", "spt_name")]:
                    del element.attrib[key]
                if (element.get("id") or "").strip() and tag(element).startswith("v:"):
                    _number_shape(element, part.root)


def _number_shape(element: Element, root: Element) -> None:
    """Leave ids that Word makes; other ids are taken off where nothing refers to them."""
    value = element.get("id")
    if not _WORDS_OWN.fullmatch(value) and not any(e.get("type") == f"#{value}" for e in elements(root)):
        del element.attrib["id"]


def clean_styles(package: Package) -> None:
    """Take the second names of styles away; their first names are read as text."""
    for part in package.xml("styles", "numbering", "fontTable"):
        for element in find_all(part.root, "w:aliases"):
            drop(element)
    for part in package.xml("numbering"):
        for element in find_all(part.root, "w:name"):
            if tag(element.getparent()) == "w:abstractNum" and get(element, "w:val"):
                drop(element)
