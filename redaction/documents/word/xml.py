"""XML of a document, parsed without entities, network or DTD, and its names in short form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from core.errors import BadInput
from redaction.documents.limits import MAX_XML

Element = Any
"""an lxml element; lxml ships no types"""

_PREFIX = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@lru_cache(maxsize=4096)
def short(name: str) -> str:
    """Return "w:p" for the transitional and the strict name of a paragraph alike; others "?:local"."""
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    return f"{_PREFIX.get(space, '?')}:{local}"


def tag(element: Element) -> str:
    """Return the short name of an element."""
    return short(element.tag)


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def parse(data: bytes) -> Element:
    """Return the root of an XML file; raises BadInput when it is broken, has a DTD or is too large."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    if len(data) > MAX_XML:
        raise BadInput(
            f"A part of the Word document is larger than {MAX_XML // 1_000_000} MB.",
            "Split it into documents and redact each.",
            code="too_large",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _broken() from None
    if root.getroottree().docinfo.doctype:
        raise _broken()
    return root


def serialise(root: Element) -> bytes:
    """Return the XML file of a root."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def elements(root: Element) -> Iterator[Element]:
    """Return every element below and including ``root``, in order (entities and comments left aside)."""
    return root.iter("*")


def find_all(root: Element, *names: str) -> list[Element]:
    """Return the elements with one of these short names, as a list, so that the tree may be changed."""
    wanted = frozenset(names)
    return [element for element in elements(root) if tag(element) in wanted]


def get(element: Element, name: str) -> str | None:
    """Return the attribute with this short name."""
    return next((value for key, value in element.attrib.items() if short(key) == name), None)


def put(element: Element, name: str, value: str) -> None:
    """Set the attribute with this short name where it is already there."""
    for key in element.attrib:
        if short(key) == name:
            element.attrib[key] = value
            return


def drop(element: Element) -> None:
    """Remove an element and its content; text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    drop(element)


def _broken() -> BadInput:
    return BadInput(
        "The Word document is broken: a part of it is not valid XML.",
        "Open it in Word, let it repair the file, and save it again as .docx.",
        code="broken_docx",
    )
