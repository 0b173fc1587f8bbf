"""The file types that can be redacted: one small Protocol, one registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from core.registry import Registry
from redaction.documents.needles import Needles
from redaction.documents.notes import Notes
from redaction.documents.slots import Slot

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points (1/72 inch) from the page's top left corner, as it is shown"""


@dataclass(frozen=True)
class Options:
    """What the caller asked for."""

    rasterise: bool = False
    boxes: Mapping[int, Sequence[Box]] = field(default_factory=dict)
    """page number (from 1) → what a person marked on it; an empty list: looked at, nothing to hide"""


@dataclass(frozen=True)
class Piece:
    """Something that stands in a finished file.

    ``text``: words people read · ``name``: attribute values, properties, file names · ``raw``: bytes.
    """

    sort: Literal["text", "name", "raw"]
    place: str
    text: str = ""
    data: bytes = b""


class OpenDocument(Protocol):
    """A document in memory, cleaned of what is always removed."""

    @property
    def notes(self) -> Notes:
        """What was removed and what was not read."""
        ...

    def slots(self) -> Sequence[Slot]:
        """Every stretch of text that stays, in reading order."""
        ...

    def finish(self, needles: Needles) -> None:
        """Take out names inside identifiers, now that it is known what was masked."""
        ...

    def save(self) -> bytes:
        """Return the finished file."""
        ...


class DocumentKind(Protocol):
    """A file type."""

    suffix: str

    def recognises(self, data: bytes) -> bool:
        """Return whether the first bytes are those of this type."""
        ...

    def open(self, data: bytes, options: Options) -> OpenDocument:
        """Return the document; raises BadInput for one that cannot be read or may not be."""
        ...

    def everything(self, data: bytes) -> Iterator[Piece]:
        """Return all that stands in a finished file, read anew by other code than ``slots``."""
        ...


KINDS: Registry[DocumentKind] = Registry("document type")


def load_kinds() -> Registry[DocumentKind]:
    """Return the registry with every type in it; imports their libraries."""
    import redaction.documents.pdf.kind
    import redaction.documents.word.kind  # noqa: F401

    return KINDS
