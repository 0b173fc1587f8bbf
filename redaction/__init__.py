"""Redaction: text and transcripts → a pseudonymised twin, a vault, and the reason for every hit.

Importing the package registers it as the model door's pseudonymiser; what is heavy loads on the first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import redaction.codes  # finding codes are known as soon as the package is
import redaction.documents.codes  # noqa: F401
import redaction.door  # noqa: F401  (the model door refuses until a pseudonymiser is registered)

if TYPE_CHECKING:
    from redaction.audio_service import RedactedAudio, redact_audio
    from redaction.case_vault import redact_for_case, restore_for_case
    from redaction.codes import LeakFound
    from redaction.documents import DocumentReport, redact_document
    from redaction.model import Entity, RedactedTranscript, Redaction, Vault
    from redaction.restoring import restore
    from redaction.service import redact_text
    from redaction.transcript import redact_transcript

__all__ = [
    "DocumentReport",
    "Entity",
    "LeakFound",
    "RedactedAudio",
    "RedactedTranscript",
    "Redaction",
    "Vault",
    "redact_audio",
    "redact_document",
    "redact_for_case",
    "redact_text",
    "redact_transcript",
    "restore",
    "restore_for_case",
]

_WHERE = {
    "DocumentReport": "documents",
    "redact_document": "documents",
    "redact_for_case": "case_vault",
    "restore_for_case": "case_vault",
    "Entity": "model",
    "LeakFound": "codes",
    "RedactedAudio": "audio_service",
    "RedactedTranscript": "model",
    "Redaction": "model",
    "Vault": "model",
    "redact_audio": "audio_service",
    "redact_text": "service",
    "redact_transcript": "transcript",
    "restore": "restoring",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"redaction.{_WHERE[name]}"), name)
