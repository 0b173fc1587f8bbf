"""Visit notes: a recorded visit becomes a reviewed case note.

Names are loaded when first used: importing the door costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pilots.visit_notes.draft import check_statements, draft_note
    from pilots.visit_notes.export import draft_docx, to_docx, to_json, to_pdf, to_text
    from pilots.visit_notes.note_templates import Heading, Template, get_template, templates
    from pilots.visit_notes.record import to_record
    from pilots.visit_notes.start import latest_job, start_draft, start_transcription

_HOMES = {
    "check_statements": "draft", "draft_note": "draft", "draft_docx": "export", "to_docx": "export",
    "to_json": "export", "to_pdf": "export", "to_text": "export", "to_record": "record", "latest_job": "start",
    "start_draft": "start", "start_transcription": "start", "Heading": "templates", "Template": "note_templates",
    "get_template": "note_templates",
}  # fmt: skip

__all__ = [
    "Heading", "Template", "check_statements", "draft_docx", "draft_note", "get_template", "latest_job", "start_draft",
    "start_transcription", "templates", "to_docx", "to_json", "to_pdf", "to_record", "to_text",
]  # fmt: skip


def templates() -> tuple[Template, ...]:
    """Return every note template, the contract's six first."""
    from pilots.visit_notes.note_templates import templates as load

    return load()


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pilots.visit_notes' has no attribute {name!r}")
    return getattr(import_module(f"pilots.visit_notes.{_HOMES[name]}"), name)
