"""Everything in a finished .docx, read by code of its own: words, attributes, file names, raw bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.documents.kinds import Piece
from redaction.documents.safe_zip import read_zip
from redaction.documents.word.xml import Element, local, parse, tag

_FONTS = frozenset("rFonts latin ea cs font sym buFont altName".split())
_BUILT_IN = frozenset("lsdException".split())
_STYLE_USES = frozenset("pStyle rStyle tblStyle basedOn next link style".split())
_USUAL = re.compile(
    r"(?:document|header|footer|footnotes|endnotes|comments|commentsExtended|commentsIds|styles|settings|fontTable|theme"
    r"|numbering|core|app|part|image|font)\d*\.(?:xml|png|jpe?g|odttf)(?:\.rels)?$",
    re.A,
)
"""the file names that every Word document has"""
_VOCABULARY = frozenset("Types Default Override".split())
"""elements whose attributes are fixed words: names of fonts, of Word's own styles, of file types"""


def everything(data: bytes) -> Iterator[Piece]:
    """Return all that stands in the file."""
    members = read_zip(data)
    own = _own_styles(members)
    for number, (name, content) in enumerate(members.items(), start=1):
        place = f"file {number} of the package"
        yield Piece("name", f"{place}: its name", text=_USUAL.sub("", name))
        yield Piece("raw", place, data=content)
        if name.endswith((".xml", ".rels")):
            place = f"{place} ({name.rpartition('/')[2]})" if name.startswith(("word/", "docProps/")) else place
            yield from _of(parse(content), place, own)


def _of(root: Element, place: str, own: frozenset[str]) -> Iterator[Piece]:
    for element in root.iter("*"):
        if tag(element) in ("w:p", "a:p"):
            yield Piece("text", place, text="".join(_words(element)))
        elif (element.text or "").strip() and tag(element) not in ("w:t", "a:t", "m:t"):
            yield Piece("text", place, text=element.text)
        if (element.tail or "").strip():
            yield Piece("text", place, text=element.tail)
        yield from _attributes(element, place, own)


def _words(element: Element) -> Iterator[str]:
    for child in element.iter("*"):
        if tag(child) in ("w:tab", "w:br", "w:cr"):
            yield " "
        elif child is not element and tag(child) in ("w:p", "a:p"):
            yield "\n"
        else:
            yield child.text or ""


def _attributes(element: Element, place: str, own: frozenset[str]) -> Iterator[Piece]:
    name = local(element.tag)
    for key, value in element.attrib.items():
        if name in _FONTS or name in _BUILT_IN or name in _VOCABULARY or not any(c.isalnum() for c in value):
            continue
        if name == "Relationship" and local(key) == "Type":
            continue
        if name == "Relationship" and local(key) == "Target":
            value = _USUAL.sub("", value)
        if name in _STYLE_USES and local(key) in ("val", "styleId") and value not in own:
            continue
        parent = element.getparent()
        if name == "name" and parent is not None and local(parent.tag) == "style":
            if not any(local(k) == "customStyle" for k in parent.attrib):
                continue
        yield Piece("name", f"{place}: attribute {local(key)} of {name}", text=value)


def _own_styles(members: dict[str, bytes]) -> frozenset[str]:
    """Return the ids of styles that people made."""
    found: set[str] = set()
    for name, content in members.items():
        if name.endswith("styles.xml"):
            for style in parse(content).iter("*"):
                keys = {local(key): value for key, value in style.attrib.items()}
                if "customStyle" in keys and "styleId" in keys:
                    found.add(keys["styleId"])
    return frozenset(found)
