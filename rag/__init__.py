"""Grounded writing: writers that compose from passages, and the mechanical check of what they wrote.

Names are loaded when first used: importing the door costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.chat import AsksModel, ChatWriter, WritingReport
    from rag.embedding import Embedder, default_embedder
    from rag.extractive import ExtractiveWriter
    from rag.support.check import check_statement
    from rag.support.findings import findings_for, spoken_from
    from rag.support.model import Mismatch, Spoken
    from rag.support.risk import RiskHit, risks_in
    from rag.writer import WRITERS, Passage, Writer, WritingTask

_HOMES = {
    "AsksModel": "rag.chat", "ChatWriter": "rag.chat", "WritingReport": "rag.chat",
    "Embedder": "rag.embedding", "default_embedder": "rag.embedding",
    "ExtractiveWriter": "rag.extractive",
    "check_statement": "rag.support.check",
    "findings_for": "rag.support.findings", "spoken_from": "rag.support.findings",
    "Mismatch": "rag.support.model", "Spoken": "rag.support.model",
    "RiskHit": "rag.support.risk", "risks_in": "rag.support.risk",
    "WRITERS": "rag.writer", "Passage": "rag.writer", "Writer": "rag.writer", "WritingTask": "rag.writer",
}  # fmt: skip

__all__ = [
    "WRITERS", "AsksModel", "ChatWriter", "Embedder", "ExtractiveWriter", "Mismatch", "Passage", "RiskHit",
    "Spoken", "Writer", "WritingReport", "WritingTask", "check_statement", "default_embedder", "findings_for",
    "risks_in", "spoken_from",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
