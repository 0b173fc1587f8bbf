"""A Word document being redacted: places that are cleaned, places that are read, places finished after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from redaction.documents.needles import Needles
from redaction.documents.notes import Notes
from redaction.documents.slots import Slot
from redaction.documents.word import (
    attributes,
    authors,
    bookmarks,
    cleaning,
    fields,
    links,
    media,
    paragraphs,
    properties,
    removed,
    styles,
    tracked,
)
from redaction.documents.word.package import Package, open_package
from redaction.documents.word.saving import save

CLEANERS: dict[str, Callable[[Package], None]] = {
    "tracked changes": tracked.clean,
    "removed parts": removed.clean,
    "fields": fields.clean,
    "bookmarks": bookmarks.clean,
    "properties": properties.clean,
    "theme": properties.clean_theme,
    "settings": cleaning.clean_settings,
    "controls": cleaning.clean_controls,
    "object names": cleaning.clean_names,
    "style aliases": cleaning.clean_styles,
    "pictures": media.clean,
}
"""places whose content always goes, in this order"""

READERS: dict[str, Callable[[Package], Iterator[Slot]]] = {
    "paragraphs": paragraphs.read,
    "attributes": attributes.read,
    "authors": authors.read,
    "links": links.read,
    "styles": styles.read,
}
"""places whose text stays and is masked"""

FINISHERS: dict[str, Callable[[Package, Needles], None]] = {
    "attributes": attributes.finish,
    "links": links.finish,
    "styles": styles.finish,
}
"""places where a name may be spelled without spaces"""


class WordDocument:
    """A package in memory, cleaned."""

    def __init__(self, data: bytes) -> None:
        self._package = open_package(data)
        for clean in CLEANERS.values():
            clean(self._package)

    @property
    def notes(self) -> Notes:
        """What was removed and what was not read."""
        return self._package.notes

    def slots(self) -> Sequence[Slot]:
        """Return every stretch of text that stays."""
        return [slot for read in READERS.values() for slot in read(self._package)]

    def finish(self, needles: Needles) -> None:
        """Take masked names out of addresses and ids."""
        for done in FINISHERS.values():
            done(self._package, needles)

    def save(self) -> bytes:
        """Return the .docx."""
        return save(self._package)
