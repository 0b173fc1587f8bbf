"""What a writer is: passages with their evidence go in, statements with evidence come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, runtime_checkable

from core.evidence import Evidence, Statement
from core.registry import Registry
from core.settings import Settings


@dataclass(frozen=True)
class Passage:
    """A piece of the source worth writing about."""

    id: str
    speaker_name: str
    role: str
    text: str
    evidence: tuple[Evidence, ...]
    asked: str = ""
    """the question it answers, verbatim; empty when it answers none"""
    score: float = 0.0
    """how well it fits the heading; larger is better"""


@dataclass(frozen=True)
class WritingTask:
    """One section to write."""

    section_key: str
    heading: str
    instructions: str
    passages: tuple[Passage, ...]
    people: tuple[tuple[str, str], ...] = ()
    """(name, role) of everybody who may be named"""


@runtime_checkable
class Writer(Protocol):
    """Composes the statements of one section from its passages, and from nothing else."""

    @property
    def name(self) -> str:
        """Name shown in the draft."""
        ...

    @property
    def models(self) -> tuple[str, ...]:
        """Model files behind it, shown in the draft; empty when there are none."""
        ...

    def write(self, task: WritingTask) -> list[Statement]:
        """Return the statements in order, with empty ids; the caller numbers them.

        Raises ServiceUnavailable when a model behind the writer does not answer usefully.
        """
        ...


WriterFactory = Callable[[Settings], Writer]
WRITERS: Registry[WriterFactory] = Registry("writer")


def _lazy(module: str, name: str) -> WriterFactory:
    def make(settings: Settings) -> Writer:
        return getattr(import_module(module), name)(settings)

    return make


WRITERS.add("extractive", _lazy("rag.extractive", "from_settings"))
WRITERS.add("chat", _lazy("rag.chat", "from_settings"))
