"""The writer the settings ask for, ready to compose this pilot's sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.evidence import Statement
from core.settings import Settings
from rag.writer import WRITERS, Writer, WritingTask


@dataclass(frozen=True)
class Pen:
    """A writer with the names of the model files behind it."""

    writer: Writer
    models: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the writer."""
        return self.writer.name

    def write(self, task: WritingTask) -> list[Statement]:
        """Return the writer's statements."""
        return self.writer.write(task)


def make_writer(name: str, settings: Settings, people: Sequence[tuple[str, str]] = ()) -> Pen:
    """Return the registered writer of that name under these settings; raises UsageError for an unknown one."""
    made = WRITERS.get(name)(settings)
    return Pen(made, made.models)
