"""Redaction of whole files: a .docx or .pdf in, its twin without what identifies people out.

Everything heavy loads on the first call; ``redact_document`` is the only door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import redaction.documents.codes  # noqa: F401  (finding codes are known as soon as the package is)

if TYPE_CHECKING:
    from redaction.documents.report import DocumentReport
    from redaction.documents.service import redact_document

__all__ = ["DocumentReport", "redact_document"]

_WHERE = {"DocumentReport": "report", "redact_document": "service"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"redaction.documents.{_WHERE[name]}"), name)
