"""The file type .docx."""

from __future__ import annotations

from collections.abc import Iterator

from redaction.documents.kinds import KINDS, OpenDocument, Options, Piece
from redaction.documents.word.document import WordDocument
from redaction.documents.word.everything import everything


class Word:
    """Word documents without macros."""

    suffix = ".docx"

    def recognises(self, data: bytes) -> bool:
        """Return whether this may be a Word document."""
        return data.startswith(b"PK\x03\x04") and b"word/" in data[: 1 << 20]

    def open(self, data: bytes, options: Options) -> OpenDocument:
        """Return the document; raises BadInput."""
        return WordDocument(data)

    def everything(self, data: bytes) -> Iterator[Piece]:
        """Return all that stands in a finished document."""
        return everything(data)


KINDS.add("docx", Word())
