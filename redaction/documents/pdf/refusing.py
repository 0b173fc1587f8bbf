"""Pages that cannot be redacted as asked: said together, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import BadInput
from redaction.documents.kinds import Options
from redaction.documents.pdf.reading import Verdict


def refuse(verdicts: Sequence[Verdict], options: Options) -> None:
    """Raise BadInput for pages that need to become pictures, or need a person's boxes, and have no leave to."""
    unread = {n: v for n, v in enumerate(verdicts, 1) if v.way == "marked" and n not in options.boxes}
    if unread:
        page, first = next(iter(unread.items()))
        raise BadInput(
            f"{_pages(list(unread))} cannot be read (page {page}: {first.why}).",
            "Run text recognition (OCR) on the file and redact the result with --rasterise, or mark by hand what "
            "must go on each of these pages and give the boxes (--boxes). No page is passed on unread.",
            code="page_not_readable",
        )
    pictures = {n: v for n, v in enumerate(verdicts, 1) if v.way == "picture" and n not in options.boxes}
    if pictures and not options.rasterise:
        page, first = next(iter(pictures.items()))
        raise BadInput(
            f"{_pages(list(pictures))} cannot be rewritten safely (page {page}: {first.why}).",
            "Allow these pages to become pictures with black boxes (--rasterise); they cannot be searched then. "
            "Or export the PDF again from the program it was written in.",
            code="page_not_rewritable",
        )
    if options.boxes and not options.rasterise:
        raise BadInput("Boxes were given, but pages may not become pictures.", "Add --rasterise.", code="boxes_without_rasterise")
    beyond = [page for page in options.boxes if not 0 < page <= len(verdicts)]
    if beyond:
        raise BadInput("Boxes were given for a page that is not there.", "Count pages from 1.", code="bad_boxes")


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(str(n) for n in numbers[:8]) + (" and more" if len(numbers) > 8 else "")
    return f"Page {shown}" if len(numbers) == 1 else f"Pages {shown}"
