"""The file type .pdf."""

from __future__ import annotations

from collections.abc import Iterator

from redaction.documents.kinds import KINDS, OpenDocument, Options, Piece
from redaction.documents.pdf.document import PdfDocument
from redaction.documents.pdf.everything import everything


class PdfKind:
    """PDF files without protection."""

    suffix = ".pdf"

    def recognises(self, data: bytes) -> bool:
        """Return whether this may be a PDF."""
        return b"%PDF" in data[:1024]

    def open(self, data: bytes, options: Options) -> OpenDocument:
        """Return the document; raises BadInput."""
        return PdfDocument(data, options)

    def everything(self, data: bytes) -> Iterator[Piece]:
        """Return all that stands in a finished PDF."""
        return everything(data)


KINDS.add("pdf", PdfKind())
