"""A PDF opened within limits; what cannot be read safely is refused with a remedy."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from core.errors import BadInput
from redaction.documents.limits import MAX_PAGES, MAX_STREAM

Pdf = Any
"""a pikepdf.Pdf; pikepdf is imported when a PDF is opened, not before"""


@lru_cache(maxsize=1)
def _limits() -> None:
    """Bound what qpdf unpacks; the limits are the process's, so they are set once."""
    from pikepdf import settings

    settings.set_qpdf_limits(
        parser_max_nesting=200,
        max_stream_filters=5,
        flate_max_memory=MAX_STREAM,
        png_max_memory=MAX_STREAM,
        run_length_max_memory=MAX_STREAM,
        tiff_max_memory=MAX_STREAM,
        dct_max_memory=4 * MAX_STREAM,
        dct_max_progressive_scans=100,
    )


def open_pdf(data: bytes) -> Pdf:
    """Return the open PDF; raises BadInput when it is none, broken, encrypted or too long."""
    import pikepdf

    _limits()
    if b"%PDF" not in data[:1024]:
        raise BadInput("The file is not a PDF.", "Export the document as PDF again.", code="not_pdf")
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise broken() from None
    try:
        if pdf.is_encrypted:
            raise _encrypted()
        pages = len(pdf.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
        raise broken() from None
    if not pages:
        raise broken()
    if pages > MAX_PAGES:
        raise BadInput(f"The PDF has more than {MAX_PAGES:,} pages.", "Split it and redact each part.", code="too_large")
    return pdf


def stream_bytes(stream: Any) -> bytes:
    """Return a stream unpacked; raises BadInput when it is broken or unpacks to too much."""
    import pikepdf

    if _old_filter(stream) and len(stream.read_raw_bytes()) > MAX_STREAM // 2700:
        # LZW packs up to about 2,700 times and qpdf has no limit of its own for it
        raise too_large()
    try:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        if any(word in str(error).lower() for word in ("unfilterable", "not filterable", "unsupported")):
            return stream.read_raw_bytes()
        raise too_large() if "limit" in str(error).lower() or "memory" in str(error).lower() else broken() from None


def _old_filter(stream: Any) -> bool:
    used = stream.get("/Filter")
    return used is not None and "LZW" in str(used)


def broken() -> BadInput:
    """Return the error for a malformed file."""
    return BadInput(
        "The PDF is broken and cannot be read reliably.",
        "Open it in a PDF reader, print it to a new PDF, and redact that.",
        code="broken_pdf",
    )


def too_large() -> BadInput:
    """Return the error for what unpacks to more than a page holds."""
    return BadInput(
        "The PDF unpacks to far more than its pages can hold.",
        "Do not open it. If you trust its sender, print it to a new PDF and redact that.",
        code="pdf_bomb",
    )


def _encrypted() -> BadInput:
    return BadInput(
        "The PDF is encrypted or protected.",
        "Open it with its password, save or print it without protection, and redact that.",
        code="encrypted",
    )
