"""The note as PDF, with title and language set; the Word file is the more accessible of the two."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from pilots.visit_notes.export.layout import Layout, Line


def write_pdf(layout: Layout) -> bytes:
    """Return the bytes of a .pdf file."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    font = _fonts()
    body = ParagraphStyle("body", fontName=font, fontSize=10.5, leading=14.5, spaceAfter=4)
    bullet = ParagraphStyle("bullet", parent=body, leftIndent=12, bulletIndent=2)
    h1 = ParagraphStyle("h1", parent=body, fontSize=17, leading=21, spaceAfter=8)
    h2 = ParagraphStyle("h2", parent=body, fontSize=12.5, leading=16, spaceBefore=9, keepWithNext=1)
    story: list = []
    if layout.banner:
        story.append(Paragraph(f"<b>{escape(layout.banner)}</b>", body))
    story.append(Paragraph(escape(layout.title), h1))
    story += [Paragraph(f"<b>{escape(label)}:</b> {escape(value)}", body) for label, value in layout.facts]
    for part in layout.parts:
        story.append(Paragraph(escape(part.title), h2))
        story += [Paragraph(_markup(line), bullet, bulletText="•") for line in part.lines]
        if part.note:
            story.append(Paragraph(f"<i>{escape(part.note)}</i>", body))
    story.append(Paragraph("Actions", h2))
    if layout.actions:
        cells = [[Paragraph(f"<b>{t}</b>", body) for t in ("What", "Who", "By when")]]
        cells += [[Paragraph(escape(t), body) for t in row] for row in layout.actions]
        table = Table(cells, colWidths=[95 * mm, 38 * mm, 37 * mm], repeatRows=1)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        story.append(table)
    else:
        story.append(Paragraph("None recorded.", body))
    story.append(Spacer(1, 8))
    story.append(Paragraph("How this note was made", h2))
    story += [Paragraph(escape(text), body) for text in layout.footer]
    stream = io.BytesIO()
    title = f"{layout.banner + ': ' if layout.banner else ''}{layout.title}"
    document = SimpleDocTemplate(
        stream, pagesize=A4, title=title, author="RAPT", lang="en-GB",
        leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
    )

    def every_page(canvas, doc) -> None:
        canvas.setFont(font, 8.5)
        canvas.drawRightString(190 * mm, 10 * mm, f"Page {doc.page}")
        if layout.banner:
            canvas.drawString(20 * mm, 287 * mm, layout.banner)

    document.build(story, onFirstPage=every_page, onLaterPages=every_page)
    return stream.getvalue()


def _markup(line: Line) -> str:
    tail = f" [{line.moments}]" if line.moments else (" [added by the reviewer]" if line.human else "")
    return escape(line.text) + (f'<font size="8.5" color="#555555">{escape(tail)}</font>' if tail else "")


@lru_cache(maxsize=1)
def _fonts() -> str:
    """Register Noto Sans (OFL): the built-in PDF fonts lack letters of many people's names.

    Headings are told apart by size: the family comes as one variable file, of which PDF gets the regular weight.
    """
    import fontpkg_noto_sans
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(str(fontpkg_noto_sans.__file__)).parent / "files"
    pdfmetrics.registerFont(TTFont("Noto", str(folder / "NotoSans[wdth,wght].ttf")))
    pdfmetrics.registerFont(TTFont("Noto-Italic", str(folder / "NotoSans-Italic[wdth,wght].ttf")))
    for bold in (0, 1):
        addMapping("Noto", bold, 0, "Noto")
        addMapping("Noto", bold, 1, "Noto-Italic")
    return "Noto"
