"""Reads drawing operations as a viewer would, to learn where each character stands and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from redaction.documents.limits import MAX_DEPTH, MAX_OPERATIONS
from redaction.documents.pdf.fonts import UNKNOWN, Font
from redaction.documents.pdf.glyphs import Glyph, Seen, StreamKey
from redaction.documents.pdf.matrix import IDENTITY, Matrix, times
from redaction.documents.pdf.opening import broken, stream_bytes, too_large

_PAINTS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"))


@dataclass(frozen=True)
class _State:
    """The graphics state as far as text needs it."""

    ctm: Matrix
    font: Font | None = None
    size: float = 0.0
    char: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0


class Interpreter:
    """Interprets the streams of one PDF; fonts are read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}
        self._left = MAX_OPERATIONS
        self.forms: set[tuple[int, int]] = set()
        """forms that some page draws"""

    def page(self, page: Any, number: int) -> Seen:
        """Return what a page shows, forms included."""
        self._left = MAX_OPERATIONS
        seen = Seen()
        self._run(page.obj, instructions(page), page.obj.get("/Resources"), ("page", number, 0), IDENTITY, seen, 0)
        return seen

    def stream(self, form: Any) -> Seen:
        """Return what a form, pattern or glyph shows, in its own space."""
        self._left = MAX_OPERATIONS
        seen = Seen()
        self._run(form, instructions(form), form.get("/Resources"), key_of(form), IDENTITY, seen, 0)
        return seen

    def _run(
        self,
        owner: Any,
        program: list[Any],
        resources: Any,
        key: StreamKey,
        base: Matrix,
        seen: Seen,
        depth: int,
        start: _State | None = None,
    ) -> None:
        state = replace(start, ctm=IDENTITY) if start else _State(IDENTITY)
        stack: list[_State] = []
        line = matrix = IDENTITY
        for index, instruction in enumerate(program):
            self._left -= 1
            if self._left < 0:
                raise too_large()
            operator, args = str(instruction.operator), instruction.operands
            try:
                if operator == "q":
                    stack.append(state)
                elif operator == "Q":
                    if stack:
                        state = stack.pop()
                    else:
                        seen.doubts.add("its drawing is not well nested")
                elif operator == "cm":
                    state = replace(state, ctm=times(_matrix(args), state.ctm))
                elif operator == "BT":
                    line = matrix = IDENTITY
                elif operator in ("Td", "TD"):
                    if operator == "TD":
                        state = replace(state, leading=-float(args[1]))
                    line = matrix = times((1, 0, 0, 1, float(args[0]), float(args[1])), line)
                elif operator == "Tm":
                    line = matrix = _matrix(args)
                elif operator == "T*":
                    line = matrix = times((1, 0, 0, 1, 0, -state.leading), line)
                elif operator in ("Tj", "TJ", "'", '"'):
                    if operator == '"':
                        state = replace(state, word=float(args[0]), char=float(args[1]))
                    if operator in ("'", '"'):
                        line = matrix = times((1, 0, 0, 1, 0, -state.leading), line)
                    matrix = self._show(strings(operator, args), state, matrix, base, key, index, seen)
                elif operator == "Do":
                    self._draw(resources, args[0], state, base, seen, depth)
                elif operator == "INLINE IMAGE":
                    seen.images.append(times(state.ctm, base))
                elif operator in _PAINTS:
                    seen.paths += 1
                else:
                    state = self._set(operator, args, state, resources)
            except (IndexError, TypeError, ValueError, KeyError, AttributeError, OverflowError):
                seen.doubts.add("one of its drawing operations cannot be understood")

    def _set(self, operator: str, args: Any, state: _State, resources: Any) -> _State:
        if operator == "Tf":
            return replace(state, font=self._font(resources, args[0]), size=float(args[1]))
        if operator == "Tc":
            return replace(state, char=float(args[0]))
        if operator == "Tw":
            return replace(state, word=float(args[0]))
        if operator == "Tz":
            return replace(state, scale=float(args[0]) / 100)
        if operator == "TL":
            return replace(state, leading=float(args[0]))
        if operator == "Ts":
            return replace(state, rise=float(args[0]))
        if operator == "Tr":
            return replace(state, render=int(args[0]))
        if operator == "gs":
            settings = (resources.get("/ExtGState") or {}).get(str(args[0])) if resources is not None else None
            font = settings.get("/Font") if settings is not None else None
            if font is not None:
                return replace(state, font=self._open(font[0]), size=float(font[1]))
        return state

    def _font(self, resources: Any, name: Any) -> Font | None:
        fonts = resources.get("/Font") if resources is not None else None
        found = fonts.get(str(name)) if fonts is not None else None
        return self._open(found) if found is not None else None

    def _open(self, font: Any) -> Font:
        key = font.objgen
        if key == (0, 0):
            return Font(font)
        if key not in self._fonts:
            self._fonts[key] = Font(font)
        return self._fonts[key]

    def _show(
        self, items: list[Any], state: _State, matrix: Matrix, base: Matrix, key: StreamKey, index: int, seen: Seen
    ) -> Matrix:
        """Note the glyphs of one operation; return where the pen is after it."""
        font, size, scale = state.font, state.size, state.scale
        visible = state.render not in (3, 7)
        if font is None:
            seen.doubts.add("it uses a font that is missing")
            return matrix
        if font.vertical:
            seen.doubts.add("it has text that runs downwards")
        local = times(times((size * scale, 0, 0, size, 0, state.rise), matrix), state.ctm)
        page = times(local, base)
        # moving the pen by x moves a glyph by x times the first row: the rest of its matrix stays
        along = times(matrix, state.ctm)[:2]
        across = times(times(matrix, state.ctm), base)[:2]
        pen = 0.0
        for number, item in enumerate(items):
            if not isinstance(item, bytes):
                pen -= item / 1000 * size * scale
                continue
            for code in font.codes(item):
                advance = code.width * size + state.char + (state.word if code.blank else 0.0)
                seen.glyphs.append(
                    Glyph(
                        code.text,
                        key,
                        index,
                        number,
                        code.start,
                        code.end,
                        1000 * advance / size if size else 0.0,
                        (*page[:4], page[4] + pen * across[0], page[5] + pen * across[1]),
                        (*local[:4], local[4] + pen * along[0], local[5] + pen * along[1]),
                        visible,
                    )
                )
                if code.text == UNKNOWN and visible:
                    seen.doubts.add("it uses a font whose letters cannot be told for certain")
                pen += advance * scale
        return times((1, 0, 0, 1, pen, 0), matrix)

    def _draw(self, resources: Any, name: Any, state: _State, base: Matrix, seen: Seen, depth: int) -> None:
        objects = resources.get("/XObject") if resources is not None else None
        drawn = objects.get(str(name)) if objects is not None else None
        if drawn is None:
            return
        if str(drawn.get("/Subtype")) == "/Image":
            seen.images.append(times(state.ctm, base))
            return
        if str(drawn.get("/Subtype")) != "/Form":
            return
        if depth >= MAX_DEPTH:
            raise too_large()
        self.forms.add(drawn.objgen)
        inner = times(_matrix(drawn.get("/Matrix") or IDENTITY), times(state.ctm, base))
        own = drawn.get("/Resources")
        self._run(drawn, instructions(drawn), own if own is not None else resources, key_of(drawn), inner, seen, depth + 1, state)


def instructions(owner: Any) -> list[Any]:
    """Return the drawing operations of a page or stream; raises BadInput when they are broken."""
    import pikepdf
    from pikepdf import settings

    for stream in _streams(owner):
        stream_bytes(stream)  # refuses what unpacks to too much, before it is parsed
    before = settings.qpdf_limit_errors()
    try:
        program = list(pikepdf.parse_content_stream(owner))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise broken() from None
    if settings.qpdf_limit_errors() != before:
        raise broken()
    return program


def _streams(owner: Any) -> Iterator[Any]:
    import pikepdf

    held = owner.obj.get("/Contents") if isinstance(owner, pikepdf.Page) else owner
    if isinstance(held, pikepdf.Array):
        yield from (one for one in held if isinstance(one, pikepdf.Stream))
    elif isinstance(held, pikepdf.Stream):
        yield held


def key_of(stream: Any) -> StreamKey:
    """Return how a form is known."""
    return ("object", *stream.objgen)


def strings(operator: str, args: Any) -> list[Any]:
    """Return what an operation shows: strings as bytes, moves as numbers."""
    import pikepdf

    shown = list(args[0]) if operator == "TJ" else [args[-1]]
    return [bytes(one) if isinstance(one, pikepdf.String) else float(one) for one in shown]


def _matrix(args: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in args)
    return (a, b, c, d, e, f)
