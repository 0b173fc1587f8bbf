"""Link targets: an address stays only when nothing in it could name a person; tool tips go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from redaction.documents.needles import Needles
from redaction.documents.notes import Notes
from redaction.documents.slots import Span
from redaction.documents.word.package import Package, Relation
from redaction.documents.word.xml import elements, local

NOWHERE = "about:blank"


class LinkSlot:
    """The target of one external link."""

    place = "link target"
    before = "\n"

    def __init__(self, relation: Relation, notes: Notes) -> None:
        self._relation = relation
        self._notes = notes
        self.text = unquote(relation.target)

    def mask(self, spans: Sequence[Span]) -> None:
        """Drop the whole target: part of an address leads nowhere."""
        self._relation.target = NOWHERE
        self._notes.remove("link target")


def read(package: Package) -> Iterator[LinkSlot]:
    """Return the links to web pages without question and fragment; other links lose their target at once."""
    for part in package.xml():
        for element in elements(part.root):
            for key in list(element.attrib):
                if local(key) in ("tooltip", "docLocation", "tgtFrame", "invalidUrl"):
                    del element.attrib[key]
        for relation in part.relations.values():
            if not relation.external:
                continue
            slot = LinkSlot(relation, package.notes)
            if not _is_page(relation.target):
                relation.target = NOWHERE
                package.notes.remove("link target")
            else:
                relation.target = relation.target.partition("#")[0].partition("?")[0]
            yield slot


def finish(package: Package, needles: Needles) -> None:
    """Drop the targets that spell a masked name without spaces."""
    for part in package.xml():
        for relation in part.relations.values():
            if relation.external and needles.mention(unquote(relation.target)):
                relation.target = NOWHERE
                package.notes.remove("link target")


def _is_page(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "@" not in parts.netloc
