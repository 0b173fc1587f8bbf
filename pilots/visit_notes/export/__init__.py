"""Exports of released notes (.docx, .pdf, .json, text), and of unreviewed drafts that say so on every page."""

from __future__ import annotations

from core.evidence import Draft
from core.release import ReleasedPayload
from pilots.visit_notes.export.layout import draft_layout, released_layout


def _guard(payload: ReleasedPayload) -> None:
    """Refuse a payload that the store does not know: no export goes around a release."""
    from core.release import require_stored
    from core.settings import get_settings

    require_stored(get_settings(), payload)


def to_docx(payload: ReleasedPayload) -> bytes:
    """Return the released note as a Word document."""
    _guard(payload)
    from pilots.visit_notes.export.word import write_docx

    return write_docx(released_layout(payload))


def to_pdf(payload: ReleasedPayload) -> bytes:
    """Return the released note as PDF."""
    _guard(payload)
    from pilots.visit_notes.export.pdf import write_pdf

    return write_pdf(released_layout(payload))


def to_text(payload: ReleasedPayload) -> str:
    """Return the released note as plain text to paste into the case system."""
    _guard(payload)
    from pilots.visit_notes.export.plain import write_text

    return write_text(released_layout(payload))


def to_json(payload: ReleasedPayload) -> str:
    """Return the released note as JSON, evidence included."""
    _guard(payload)
    return payload.model_dump_json(indent=2)


def draft_docx(draft: Draft) -> bytes:
    """Return an unreviewed draft as a Word document, marked as such in its header and title."""
    from pilots.visit_notes.export.word import write_docx

    return write_docx(draft_layout(draft))


__all__ = ["draft_docx", "to_docx", "to_json", "to_pdf", "to_text"]
