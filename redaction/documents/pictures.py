"""Pictures without what cameras and programs wrote beside the pixels: place, author, comments, preview."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST")
)
_JPEG_KEPT_APPS = (0xE0, 0xEE)
"""JFIF and Adobe's colour transform; pixels look wrong without them"""


def without_metadata(data: bytes) -> bytes | None:
    """Return a PNG or JPEG with its pixels only; None for another format or a broken file."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return None


def _png(data: bytes) -> bytes | None:
    out, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            return None
        if kind in _PNG_KEPT:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)  # whatever follows the end is dropped
        at = end
    return None


def _jpeg(data: bytes) -> bytes | None:
    out, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data):
            return None
        if marker == 0xE0:
            # a JFIF header may carry a preview picture: keep the header, not the preview
            if data[at + 4 : at + 9] == b"JFIF\x00" and end - at >= 18:
                out.append(b"\xff\xe0\x00\x10" + data[at + 4 : at + 16] + b"\x00\x00")
        elif marker in _JPEG_KEPT_APPS or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out.append(data[at:end])
        at = end
        if marker == 0xDA:
            scan = _to_end(data, at)
            if scan is None:
                return None
            stop, more = scan
            out.append(data[at:stop])
            at = stop
            if not more:
                return b"".join([*out, b"\xff\xd9"])
    return None


def _to_end(data: bytes, at: int) -> tuple[int, bool] | None:
    """Return (where the scan ends, whether another segment follows)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return None
        marker = data[at + 1]
        if marker == 0xD9:
            return at, False
        if marker == 0 or 0xD0 <= marker <= 0xD7 or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        return at, True
