"""Bookmarks keep their places but lose their names; references to them follow."""

from __future__ import annotations

import re

from redaction.documents.word.package import Package
from redaction.documents.word.xml import drop, elements, find_all, get, put, tag

_OWN = re.compile(r"_(?:Toc|Ref|Hlk|Hlt)\d+|_GoBack")
"""names that Word makes itself"""


def clean(package: Package) -> None:
    """Number the bookmarks; a link to a name that is no bookmark loses its target."""
    names: dict[str, str] = {}
    for part in package.xml():
        for mark in find_all(part.root, "w:bookmarkStart"):
            name = get(mark, "w:name") or ""
            if not _OWN.fullmatch(name):
                put(mark, "w:name", names.setdefault(name, f"mark{len(names) + 1}"))
    for part in package.xml():
        for element in elements(part.root):
            if tag(element) != "w:hyperlink":
                continue
            for key in list(element.attrib):
                if key.endswith("}anchor"):
                    name = element.attrib[key]
                    if name in names:
                        element.attrib[key] = names[name]
                    elif not _OWN.fullmatch(name):
                        del element.attrib[key]
        for mark in find_all(part.root, "w:permStart", "w:permEnd"):
            drop(mark)  # who may edit: addresses of people
