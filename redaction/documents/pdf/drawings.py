"""The streams of a PDF that draw: of pages, forms, patterns and letters; and how they are written back."""

from __future__ import annotations

from typing import Any

from redaction.documents.pdf.rewriting import FONT, Box, boxes_program
from redaction.documents.pdf.tree import streams


def drawings(pdf: Any) -> list[Any]:
    """Return every stream of drawing operations that is not a page's own."""
    return [s for s in streams(pdf) if _is_drawing(s)] + _letters(pdf)


def _is_drawing(stream: Any) -> bool:
    return str(stream.get("/Subtype")) == "/Form" or str(stream.get("/PatternType", "")) == "1"


def _letters(pdf: Any) -> list[Any]:
    """Return the letters of fonts that draw them (Type 3)."""
    import pikepdf

    found: dict[tuple[int, int], Any] = {}
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and str(font.get("/Subtype")) == "/Type3":
            programs = font.get("/CharProcs")
            for program in programs.values() if programs is not None else ():
                if isinstance(program, pikepdf.Stream):
                    found[program.objgen] = program
    return list(found.values())


def set_drawing(pdf: Any, owner: Any, program: list[Any], boxes: list[Box] | None = None) -> None:
    """Make ``program`` the drawing of a page or stream, with boxes over it."""
    import pikepdf

    data = pikepdf.unparse_content_stream(program)
    page = isinstance(owner, pikepdf.Page)
    held = owner.obj if page else owner
    if boxes:
        if "/Resources" not in held:
            held["/Resources"] = pikepdf.Dictionary()
        if "/Font" not in held["/Resources"]:
            held["/Resources"]["/Font"] = pikepdf.Dictionary()
        held["/Resources"]["/Font"][FONT] = pikepdf.Dictionary(
            Type=pikepdf.Name("/Font"),
            Subtype=pikepdf.Name("/Type1"),
            BaseFont=pikepdf.Name("/Helvetica"),
            Encoding=pikepdf.Name("/WinAnsiEncoding"),
        )
        data = b"q\n" + data + b"\nQ\n" + boxes_program(boxes)
    if page:
        held["/Contents"] = pdf.make_stream(data)
        return
    for key in ("/Filter", "/DecodeParms"):
        if key in held:
            del held[key]
    held.write(data)
