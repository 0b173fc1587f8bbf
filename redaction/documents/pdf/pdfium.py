"""The second reader: PDFium, one call at a time, since it is not made for threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redaction.documents.pdf.opening import broken

LOCK = threading.Lock()


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Lend the document as PDFium sees it; raises BadInput when it cannot open it."""
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            raise broken() from None
        try:
            yield document
        finally:
            document.close()


def text(document: Any, number: int) -> str:
    """Return the text of a page (from 0)."""
    page = document[number]
    held = page.get_textpage()
    try:
        return held.get_text_range()
    finally:
        held.close()
        page.close()


def unmapped(document: Any, number: int) -> int:
    """Return how many letters of a page PDFium cannot tell either."""
    from pypdfium2 import raw

    page = document[number]
    held = page.get_textpage()
    try:
        return sum(
            raw.FPDFText_HasUnicodeMapError(held, index) == 1 or raw.FPDFText_GetUnicode(held, index) == 0
            for index in range(held.count_chars())
        )
    finally:
        held.close()
        page.close()


def characters(document: Any, number: int) -> tuple[str, list[tuple[float, float, float, float]]]:
    """Return the characters of a page and the box of each: left, bottom, right, top."""
    from pypdfium2 import raw

    page = document[number]
    held = page.get_textpage()
    try:
        signs, boxes = [], []
        for index in range(held.count_chars()):
            code = raw.FPDFText_GetUnicode(held, index)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else " "
            signs.append("\n" if sign == "\r" else "-" if sign in "\x02\ufffe" else sign)
            boxes.append(held.get_charbox(index, loose=True))
        return "".join(signs), boxes
    finally:
        held.close()
        page.close()
