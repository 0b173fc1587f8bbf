"""What the bytes of a string mean in its font: characters, and how far each moves the pen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from redaction.documents.pdf.cmaps import CMap, read_cmap
from redaction.documents.pdf.opening import stream_bytes

UNKNOWN = "\ufffd"
"""stands for a code whose character is not certain"""
_BULLET = "\u2022"
"""readers show unused codes of the Windows encoding as bullets"""
_STANDARD = {"Courier", "Helvetica", "Times"}


@dataclass(slots=True)
class Code:
    """One code of a string."""

    start: int
    end: int
    text: str
    width: float
    """in text space units: 1 = the font size"""
    blank: bool
    """the single byte 32, which word spacing widens"""


class Font:
    """A font of a page; raises nothing: what it cannot tell comes out as ``UNKNOWN``."""

    def __init__(self, font: Any) -> None:
        kind = str(font.get("/Subtype", ""))
        self.composite = kind == "/Type0"
        self.vertical = False
        to_unicode = font.get("/ToUnicode")
        self._unicode = read_cmap(stream_bytes(to_unicode)) if _is_stream(to_unicode) else CMap()
        self._seen: dict[tuple[int, int], tuple[str, float]] = {}
        if self.composite:
            self._open_composite(font)
        else:
            self._open_simple(font, kind)

    def codes(self, data: bytes) -> list[Code]:
        """Return the codes of a string in order; every byte belongs to one."""
        if not self.composite:
            return [Code(at, at + 1, *self._look_up(1, code), code == 32) for at, code in enumerate(data)]
        out, at = [], 0
        while at < len(data):
            length = self._length(data, at)
            code = int.from_bytes(data[at : at + length], "big")
            text, width = self._look_up(length, code)
            out.append(Code(at, min(at + length, len(data)), text, width, length == 1 and code == 32))
            at += length
        return out

    def _look_up(self, length: int, code: int) -> tuple[str, float]:
        known = self._seen.get((length, code))
        if known is None:
            text = self._unicode.characters.get((length, code))
            if text is None and not self.composite:
                text = self._unicode.characters.get((2, code)) or self._encoding.get(code)
            known = (sound(text), self._width(length, code))
            self._seen[length, code] = known
        return known

    def _length(self, data: bytes, at: int) -> int:
        if self._two:
            return 2
        for length, low, high in self._spaces:
            code = data[at : at + length]
            if len(code) == length and all(
                a <= b <= c for a, b, c in zip(low.to_bytes(length), code, high.to_bytes(length), strict=True)
            ):
                return length
        return self._spaces[0][0] if self._spaces else 1

    def _open_composite(self, font: Any) -> None:
        name = font.get("/Encoding")
        self._encoding: dict[int, str] = {}
        self._cids: CMap | None = None
        if _is_stream(name):
            self._cids = read_cmap(stream_bytes(name))
            self._spaces = sorted(self._cids.spaces) or [(2, 0, 0xFFFF)]
            self.vertical = int(name.get("/WMode", 0)) == 1
        else:
            self._spaces = [(2, 0, 0xFFFF)]
            self.vertical = str(name).endswith("-V") or str(name) == "/V"
        self._two = all(length == 2 for length, _, _ in self._spaces)
        inner = font.get("/DescendantFonts")
        below = inner[0] if inner is not None and len(inner) else {}
        self._default = float(below.get("/DW", 1000)) / 1000
        self._widths = _cid_widths(below.get("/W"))

    def _open_simple(self, font: Any, kind: str) -> None:
        self._spaces = [(1, 0, 0xFF)]
        self._two = False
        self._cids = None
        descriptor = font.get("/FontDescriptor")
        name = str(font.get("/BaseFont", "")).lstrip("/").partition("+")
        base = name[2] or name[0]
        scale = 0.001
        if kind == "/Type3":
            matrix = font.get("/FontMatrix")
            scale = float(matrix[0]) if matrix is not None and len(matrix) else 0.001
        first = int(font.get("/FirstChar", 0))
        widths = font.get("/Widths")
        self._widths = {first + n: float(w) * scale for n, w in enumerate(widths)} if widths is not None else {}
        self._default = float(descriptor.get("/MissingWidth", 0)) * scale if descriptor is not None else 0.0
        self._encoding = _encoding(font, base, kind, descriptor)
        if widths is None:
            standard = _standard_widths(base)
            self._widths = {code: standard.get(text, 0.5) for code, text in self._encoding.items()}
            self._default = 0.5

    def _width(self, length: int, code: int) -> float:
        if self._cids is not None:
            code = self._cids.cids.get((length, code), code)
        return self._widths.get(code, self._default)


def sound(text: str | None) -> str:
    """Return a character that a reader can search for, or ``UNKNOWN``."""
    if text is None:
        return UNKNOWN
    return UNKNOWN if any(_unsound(c) for c in text) else text


def _unsound(char: str) -> bool:
    control = (char < " " and char not in "\t\n\r") or "\x7f" <= char <= "\x9f"
    return control or char == UNKNOWN or "\ue000" <= char <= "\uf8ff" or "\ud800" <= char <= "\udfff"


def _is_stream(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)


def _encoding(font: Any, base: str, kind: str, descriptor: Any) -> dict[int, str]:
    """Return code → text of a simple font, as far as its encoding says it."""
    import pikepdf

    named = font.get("/Encoding")
    flags = int(descriptor.get("/Flags", 0)) if descriptor is not None else 0
    symbolic = bool(flags & 4)
    differences = None
    if isinstance(named, pikepdf.Dictionary):
        differences = named.get("/Differences")
        named = named.get("/BaseEncoding")
    table: dict[int, str] = {}
    if named is not None:
        table = dict(_named(str(named)))
    elif base in ("Symbol", "ZapfDingbats"):
        table = dict(_named(f"/{base}"))
    elif descriptor is not None and (own := _built_in(descriptor)):
        table = own
    elif kind != "/Type3" and (not symbolic or base.partition("-")[0].partition(",")[0] in _STANDARD):
        table = dict(_named("/StandardEncoding"))
    if differences is not None:
        code = 0
        for item in differences:
            if isinstance(item, pikepdf.Name):
                text = _glyph(str(item))
                if text is None:
                    table.pop(code, None)
                else:
                    table[code] = text
                code += 1
            else:
                code = int(item)
    return table


def _built_in(descriptor: Any) -> dict[int, str]:
    """Return what the program of an embedded Type 1 font says about its codes."""
    program = descriptor.get("/FontFile")
    if not _is_stream(program):
        return {}
    clear = stream_bytes(program).partition(b"eexec")[0]
    if re.search(rb"/Encoding\s+StandardEncoding\s+def", clear):
        return dict(_named("/StandardEncoding"))
    found: dict[int, str] = {}
    for code, name in re.findall(rb"dup\s+(\d{1,3})\s*/(\S+)\s+put", clear):
        text = _glyph("/" + name.decode("latin-1"))
        if text is not None:
            found[int(code)] = text
    return found


@lru_cache(maxsize=8)
def _named(name: str) -> tuple[tuple[int, str], ...]:
    from pypdf._codecs import charset_encoding

    listed = charset_encoding.get(name, [])
    pairs = ((code, _BULLET if text == "\x7f" else text) for code, text in enumerate(listed))
    return tuple((code, text) for code, text in pairs if text and text >= " ")


def _glyph(name: str) -> str | None:
    """Return what a glyph's name stands for: Adobe's list, uniXXXX and uXXXXX, and parts joined by "_"."""
    from pypdf._codecs import adobe_glyphs

    plain = name.partition(".")[0]
    if plain in adobe_glyphs:
        return adobe_glyphs[plain]
    stem = plain.lstrip("/")
    for start in ("uni", "u"):
        digits = stem[len(start) :]
        if stem.startswith(start) and 4 <= len(digits) <= 6 and all(c in "0123456789ABCDEF" for c in digits):
            return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else None
    if "_" in stem:
        parts = [_glyph("/" + part) for part in stem.split("_")]
        return "".join(p for p in parts if p) if all(parts) else None
    return None


@lru_cache(maxsize=16)
def _standard_widths(base: str) -> dict[str, float]:
    """Return text → width of one of the fonts that every reader has."""
    from pypdf._codecs import adobe_glyphs
    from reportlab.pdfbase import _fontdata  # pyright: ignore[reportAttributeAccessIssue]

    name = base.replace(",", "-").replace("Arial", "Helvetica").replace("CourierNew", "Courier")
    by_glyph = _fontdata.widthsByFontGlyph.get(name) or _fontdata.widthsByFontGlyph["Helvetica"]
    return {adobe_glyphs[f"/{g}"]: width / 1000 for g, width in by_glyph.items() if f"/{g}" in adobe_glyphs}


def _cid_widths(listed: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    items = list(listed) if listed is not None else []
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if hasattr(second, "__iter__"):
            widths.update({first + n: float(w) / 1000 for n, w in enumerate(second)})
            at += 2
        elif at + 2 < len(items):
            last = min(int(second), first + 70_000)
            widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2]) / 1000))
            at += 3
        else:
            break
    return widths
