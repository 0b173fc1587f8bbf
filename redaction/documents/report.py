"""What a caller learns about a redacted document; it holds no text of it but the vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.evidence import Finding
from core.findings import finding
from redaction.documents.codes import RASTERISED, REMOVED, UNREAD
from redaction.documents.notes import Notes
from redaction.model import Vault


@dataclass(frozen=True)
class DocumentReport:
    """The outcome of one redaction; the leak test on the written file has passed."""

    kind: str
    """file type: docx or pdf"""
    out: Path
    sha256: str
    """hash of the written file"""
    types: dict[str, int]
    """type of identifier → how many were masked"""
    places: dict[str, int]
    """place in the document → how many were masked there"""
    removed: dict[str, int]
    """what was taken out altogether"""
    unread: dict[str, int]
    """what stays and was not read: pictures"""
    rasterised: dict[int, str]
    """pages that became pictures, and why"""
    vault: Vault = field(repr=False)
    findings: tuple[Finding, ...] = ()


def findings_of(notes: Notes) -> tuple[Finding, ...]:
    """Return one finding for each kind of thing removed, left unread or turned into a picture."""
    found = [finding(RASTERISED, f"Page {page} became a picture: {why}.") for page, why in sorted(notes.rasterised.items())]
    found += [finding(UNREAD, f"Not read, still in the copy: {n} × {what}.") for what, n in notes.unread.items()]
    found += [finding(REMOVED, f"Taken out: {n} × {what}.") for what, n in notes.removed.items()]
    return tuple(found)
