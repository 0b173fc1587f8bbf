"""A zip archive read into memory within limits, whatever its own directory claims."""

from __future__ import annotations

import io
import zipfile
import zlib

from core.errors import BadInput
from redaction.documents.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FROM

_CHUNK = 1 << 20


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return name → content of every file in the archive.

    Raises BadInput for what is no zip, is broken, encrypted, holds a name twice, or unpacks to too much.
    """
    if not data.startswith(b"PK\x03\x04"):
        raise BadInput(
            "The file is not a Word document (.docx).",
            "Open it in Word and save it as .docx.",
            code="not_docx",
        )
    members: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_MEMBERS:
                raise _bomb()
            for entry in entries:
                if entry.is_dir():
                    continue
                _vet(entry, seen)
                content = _unpack(archive, entry, MAX_UNPACKED - total)
                total += len(content)
                members[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise BadInput(
            "The Word document is broken: its package cannot be read.",
            "Open it in Word, let it repair the file, and save it again as .docx.",
            code="broken_docx",
        ) from None
    return members


def _vet(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename.lower()
    if entry.flag_bits & 1:
        raise BadInput("The Word document is encrypted.", "Open it with its password and save it without.", code="encrypted")
    if name in seen or ".." in name.split("/") or "\\" in name or "\x00" in name:
        # two files of one name: a reader takes the first, another the last, and one of them is not looked at
        raise BadInput(
            "The Word document is broken: its package holds a name twice, or a name that is not allowed.",
            "Open it in Word and save it again as .docx.",
            code="broken_docx",
        )
    seen.add(name)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room or (size > RATIO_FROM and size > MAX_RATIO * max(1, entry.compress_size)):
                raise _bomb()
            parts.append(chunk)
    return b"".join(parts)


def _bomb() -> BadInput:
    return BadInput(
        "The Word document unpacks to far more than a document holds.",
        "Do not open it. If you trust its sender, ask for a copy that Word has saved again.",
        code="zip_bomb",
    )
