"""The leak test on a finished file: opened anew, every part read, nothing taken on trust."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from core.evidence import Finding
from core.findings import finding
from redaction.codes import LEAK, LeakFound
from redaction.documents.kinds import Piece
from redaction.documents.needles import Needles
from redaction.leak import leaks
from redaction.model import Vault

_AT_A_TIME = 4_000_000
"""characters that are tested together"""


def check(pieces: Iterable[Piece], vault: Vault, people: Sequence[Mapping[str, str]], wanted: Needles) -> None:
    """Raise LeakFound when anything in the file still identifies somebody; findings name type and place."""
    found: dict[tuple[str, str, str], None] = {}
    batch: list[Piece] = []
    size = 0

    def flush() -> None:
        for kind, place, reason in _in_text(batch, vault, people):
            found[kind, place, reason] = None
        batch.clear()

    for piece in pieces:
        if piece.sort == "raw":
            kind = wanted.in_bytes(piece.data)
            if kind:
                found[kind, piece.place, "a masked value in the raw bytes"] = None
            continue
        if piece.sort == "name" and (kind := wanted.mention(piece.text)):
            found[kind, piece.place, "a masked value inside a name"] = None
        batch.append(piece)
        size += len(piece.text) + 1
        if size > _AT_A_TIME:
            flush()
            size = 0
    flush()
    if found:
        raise LeakFound([_finding(*one) for one in found], [kind for kind, _, _ in found])


def _in_text(batch: Sequence[Piece], vault: Vault, people: Sequence[Mapping[str, str]]) -> Iterable[tuple[str, str, str]]:
    starts, parts, at = [], [], 0
    for piece in batch:
        starts.append(at)
        parts.append(piece.text)
        at += len(piece.text) + 1
    for leak in leaks("\n".join(parts), vault, people):
        yield leak.type, batch[bisect_right(starts, leak.start) - 1].place, leak.reason


def _finding(kind: str, place: str, reason: str) -> Finding:
    return finding(LEAK, f"{kind} left in the document: {place} ({reason}).")
