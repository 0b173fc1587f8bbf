"""What the support check reads and what it answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """One piece of evidence: who said it, what they are in the conversation, and the words."""

    speaker: str
    role: str
    text: str


@dataclass(frozen=True)
class Mismatch:
    """One thing a statement says that its evidence does not."""

    code: str
    """a code of :mod:`rag.support.codes`"""
    words: str
    """the words of the statement it is about"""
    message: str
    """plain English for the practitioner; it quotes the statement, so it is never logged"""
