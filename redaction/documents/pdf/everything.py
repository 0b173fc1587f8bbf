"""Everything in a finished .pdf, read anew: by PDFium, by our own reader, every string, every unpacked stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redaction.documents.kinds import Piece
from redaction.documents.pdf import pdfium
from redaction.documents.pdf.interpreter import Interpreter
from redaction.documents.pdf.lines import by_position, text_of
from redaction.documents.pdf.opening import open_pdf, stream_bytes
from redaction.documents.pdf.tree import arrays, dictionaries, streams

_VOCABULARY = frozenset({"/BaseFont", "/FontName", "/FontFamily", "/Registry", "/Ordering", "/Lang"})
_PICTURES = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")


def everything(data: bytes) -> Iterator[Piece]:
    """Return all that stands in the file."""
    yield Piece("raw", "bytes of the file", data=data)
    with pdfium.opened(data) as document:
        for number in range(len(document)):
            yield Piece("text", f"page {number + 1}", text=pdfium.text(document, number))
    pdf = open_pdf(data)
    reader = Interpreter()
    for number, page in enumerate(pdf.pages):
        seen = reader.page(page, number)
        yield Piece("text", f"page {number + 1}, as it is drawn", text=text_of(seen.glyphs)[0])
        order = by_position(seen.glyphs)
        yield Piece("text", f"page {number + 1}, line by line", text=text_of([seen.glyphs[n] for n in order])[0])
    for held in dictionaries(pdf):
        yield from _strings(held)
    for number, stream in enumerate(streams(pdf), start=1):
        place = f"stream {number}"
        filters = str(stream.get("/Filter", ""))
        if any(one in filters for one in _PICTURES):
            yield Piece("raw", place, data=stream.read_raw_bytes())
            continue
        yield Piece("raw", place, data=stream_bytes(stream))
        if str(stream.get("/Subtype")) == "/Form" or str(stream.get("/PatternType", "")) == "1":
            yield Piece("text", place, text=text_of(reader.stream(stream).glyphs)[0])


def _strings(held: Any) -> Iterator[Piece]:
    import pikepdf

    for key in list(held.keys()):
        value = held.get(key)
        if isinstance(value, pikepdf.String) and key not in _VOCABULARY:
            yield Piece("name", f"entry {key}" if len(key) < 20 else "entry", text=_plain(str(value)))
            yield Piece("raw", "entry", data=bytes(value))
        elif isinstance(value, pikepdf.Name) and key not in _VOCABULARY and len(str(value)) > 9:
            yield Piece("raw", "entry", data=str(value).encode())
        if len(key) > 9:
            yield Piece("raw", "name of an entry", data=str(key).encode())
    for array in arrays(held):
        for value in array:
            if isinstance(value, pikepdf.String):
                yield Piece("name", "entry of a list", text=_plain(str(value)))


def _plain(text: str) -> str:
    return text.replace("\x00", " ")
