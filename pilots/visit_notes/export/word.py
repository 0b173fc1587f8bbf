"""The note as a Word document with real headings, a real table header and a document language."""

from __future__ import annotations

import io
from typing import Any

from core.clock import now
from pilots.visit_notes.export.layout import Layout, Line

_GREY = "555555"


def write_docx(layout: Layout) -> bytes:
    """Return the bytes of a .docx file."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    document.core_properties.title = f"{layout.banner + ': ' if layout.banner else ''}{layout.title}"
    document.core_properties.author = "RAPT"
    document.core_properties.language = "en-GB"
    document.core_properties.created = document.core_properties.modified = now().replace(tzinfo=None)
    if layout.banner:
        document.sections[0].header.paragraphs[0].text = layout.banner
        document.add_paragraph().add_run(layout.banner).bold = True
    document.add_heading(layout.title, level=1)
    for label, value in layout.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    for part in layout.parts:
        document.add_heading(part.title, level=2)
        for line in part.lines:
            _add_line(document, line)
        if part.note:
            document.add_paragraph().add_run(part.note).italic = True
    document.add_heading("Actions", level=2)
    _add_actions(document, layout)
    document.add_heading("How this note was made", level=2)
    for text in layout.footer:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_line(document: Any, line: Line) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(line.text)
    tail = f"  [{line.moments}]" if line.moments else ("  [added by the reviewer]" if line.human else "")
    if tail:
        run = paragraph.add_run(tail)
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_GREY)


def _add_actions(document: Any, layout: Layout) -> None:
    if not layout.actions:
        document.add_paragraph("None recorded.")
        return
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("What", "Who", "By when"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    _repeat_header(table.rows[0])
    for row in layout.actions:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _repeat_header(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
