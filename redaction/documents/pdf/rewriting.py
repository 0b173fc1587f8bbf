"""Taking glyphs out of a drawing: the string loses their bytes, the pen moves on, a box with the token stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redaction.documents.pdf.glyphs import Glyph
from redaction.documents.pdf.interpreter import strings
from redaction.documents.pdf.matrix import Matrix

FONT = "/RaptToken"
_STEP = 500
"""thousandths of the font size to which a gap is rounded, so that its width tells less about the name"""


@dataclass(frozen=True)
class Cut:
    """One glyph to take out."""

    glyph: Glyph
    token: str
    """only at the first glyph of what it stands for"""


@dataclass(frozen=True)
class Box:
    """A black box in the space of its stream."""

    local: Matrix
    width: float
    """in font sizes"""
    token: str


def rewrite(program: list[Any], cuts: dict[int, list[Cut]]) -> tuple[list[Any], list[Box]]:
    """Return the operations without the glyphs of ``cuts`` (by index of the operation), and the boxes to draw."""
    import pikepdf

    out: list[Any] = []
    boxes: list[Box] = []
    for index, instruction in enumerate(program):
        wanted = cuts.get(index)
        if not wanted:
            out.append(instruction)
            continue
        operator, args = str(instruction.operator), instruction.operands
        if operator == '"':
            out.append(_do([args[0]], "Tw"))
            out.append(_do([args[1]], "Tc"))
        if operator in ("'", '"'):
            out.append(_do([], "T*"))
        items = _without(strings(operator, args), wanted, boxes)
        shown = [pikepdf.String(one) if isinstance(one, bytes) else round(one, 3) for one in items]
        out.append(_do([pikepdf.Array(shown)], "TJ"))
    return out, boxes


def _do(args: list[Any], operator: str) -> Any:
    import pikepdf

    return pikepdf.ContentStreamInstruction(args, pikepdf.Operator(operator))


def _without(items: list[Any], cuts: list[Cut], boxes: list[Box]) -> list[Any]:
    """Return the array of strings and moves without the cut glyphs; a run of cuts becomes one move."""
    by_item: dict[int, list[Cut]] = {}
    for cut in sorted(cuts, key=lambda c: (c.glyph.item, c.glyph.start)):
        by_item.setdefault(cut.glyph.item, []).append(cut)
    out: list[Any] = []
    run: list[Cut] = []
    moved = 0.0

    def close() -> None:
        nonlocal moved
        if run:
            width = max(_STEP, round(-moved / _STEP) * _STEP) if moved < 0 else 0
            token = next((c.token for c in run if c.token), "")
            boxes.append(Box(run[0].glyph.local, width / 1000, token))
            out.append(float(-width))
        run.clear()
        moved = 0.0

    for number, item in enumerate(items):
        if not isinstance(item, bytes):
            if run:
                moved += item
            else:
                out.append(item)
            continue
        at = 0
        for cut in by_item.get(number, ()):
            if cut.glyph.start > at:
                close()
                out.append(item[at : cut.glyph.start])
            run.append(cut)
            moved -= cut.glyph.advance
            at = cut.glyph.end
        if at < len(item):
            close()
            out.append(item[at:])
    close()
    return out


def boxes_program(boxes: list[Box]) -> bytes:
    """Return the drawing of the boxes with their tokens in white."""
    parts: list[str] = []
    for box in boxes:
        matrix = " ".join(f"{value:.5f}" for value in box.local)
        width = max(box.width, 0.3)
        label = ""
        if box.token:
            size = min(0.72, width / (0.68 * len(box.token)))
            written = _latin(box.token)
            label = f"BT {FONT} {size:.4f} Tf 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts 1 g 1 0 0 1 0.02 0.12 Tm ({written}) Tj ET "
        parts.append(f"q {matrix} cm 0 g 0 -0.24 {width:.4f} 1.18 re f {label}Q")
    return "\n".join(parts).encode("latin-1")


def _latin(token: str) -> str:
    plain = token.encode("latin-1", "replace").decode("latin-1")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
