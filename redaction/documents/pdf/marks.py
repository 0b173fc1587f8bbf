"""Drawing operations without what only machines read: alternative texts, comments, unknown words."""

from __future__ import annotations

from typing import Any

from redaction.documents.notes import Notes
from redaction.documents.pdf.drawings import drawings, set_drawing
from redaction.documents.pdf.interpreter import instructions

_KNOWN = frozenset(
    (
        "b B b* B* BDC BI BMC BT c cm CS cs d d0 d1 Do EMC ET f F f* G g gs h i INLINE_IMAGE j J K k l m M n q Q re RG "
        "rg ri s S sc SC scn SCN sh T* Tc Td TD Tf TJ Tj TL Tm Tr Ts Tw Tz v w W W* y ' \""
    ).split()
) | {"INLINE IMAGE"}
_MARKS = ("/MCID", "/Lang")


def clean_marks(pdf: Any, notes: Notes) -> None:
    """Write every drawing anew without them; viewers would read the alternative text in place of the letters."""
    for page in pdf.pages:
        set_drawing(pdf, page, scrub(instructions(page)))
    for stream in drawings(pdf):
        set_drawing(pdf, stream, scrub(instructions(stream)))


def scrub(program: list[Any]) -> list[Any]:
    """Return the operations; marks keep their number only, unknown operations go."""
    import pikepdf

    out: list[Any] = []
    for instruction in program:
        operator = str(instruction.operator)
        if operator not in _KNOWN:
            continue
        if operator == "BDC":
            tag, held = instruction.operands
            if isinstance(held, pikepdf.Dictionary):
                held = pikepdf.Dictionary({k: held[k] for k in _MARKS if k in held})
            instruction = pikepdf.ContentStreamInstruction([tag, held], pikepdf.Operator("BDC"))
        out.append(instruction)
    return out
