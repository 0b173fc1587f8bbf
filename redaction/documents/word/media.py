"""Pictures stay, without their metadata; drawings that hold words as data are replaced by a grey dot."""

from __future__ import annotations

import struct
import zlib

from redaction.documents.pictures import without_metadata
from redaction.documents.word.package import Package


def clean(package: Package) -> None:
    """Scrub every picture and note that nothing has read it."""
    for part in package.parts.values():
        if part.kind != "image":
            continue
        scrubbed = without_metadata(part.data)
        if scrubbed is None:
            part.data, part.content_type = _dot(), "image/png"
            part.name = part.name.rpartition(".")[0] + ".png"
            package.notes.remove("drawing (emf, wmf, svg, tiff or other), replaced by a grey dot")
        else:
            part.data = scrubbed
            package.notes.leave("picture")


def _dot() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\xc8")) + chunk(b"IEND", b"")
