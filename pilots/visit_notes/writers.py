"""The writer the settings ask for, ready to compose this pilot's sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UsageError
from core.evidence import Statement
from core.settings import Settings
from rag.writer import Writer, WritingTask


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
    """Return the extractive writer, or the chat writer behind the model door; raises UsageError otherwise."""
    if name == "extractive":
        from rag.extractive import ExtractiveWriter

        return Pen(ExtractiveWriter())
    if name == "chat":
        from core.model_door import ModelDoor
        from rag.chat import ChatWriter

        return Pen(ChatWriter(ModelDoor(settings)), (f"chat {settings.chat_model}",))
    raise UsageError(f"There is no writer called {name!r}.", "Choose extractive or chat.")
