"""Stretches of text of a document, joined to one text and masked in their own places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from redaction.model import Entity


@dataclass(frozen=True)
class Span:
    """A stretch of one slot that is masked; ``first``: the entity begins in this slot."""

    start: int
    end: int
    type: str
    token: str
    first: bool = True


class Slot(Protocol):
    """A stretch of text that knows where it stands and how it is masked there."""

    @property
    def place(self) -> str:
        """Where it stands, in words ("header", "page 3"): for reports, so never a value."""
        ...

    @property
    def before(self) -> str:
        """What stands before it in the joined text; it lends context and is written nowhere."""
        ...

    @property
    def text(self) -> str:
        """The text itself."""
        ...

    def mask(self, spans: Sequence[Span]) -> None:
        """Replace these stretches (in order, not overlapping) in the document."""
        ...


@dataclass(frozen=True)
class Joined:
    """All slots as one text; ``starts``: where each slot begins in it."""

    text: str
    slots: tuple[Slot, ...]
    starts: tuple[int, ...]


def join(slots: Iterable[Slot]) -> Joined:
    """Return the slots that hold something as one text, in their order."""
    pieces: list[str] = []
    starts: list[int] = []
    kept: list[Slot] = []
    at = 0
    for slot in slots:
        text = slot.text
        if not text.strip():
            continue
        before = slot.before if kept else ""
        pieces += (before, text)
        starts.append(at + len(before))
        kept.append(slot)
        at += len(before) + len(text)
    return Joined("".join(pieces), tuple(kept), tuple(starts))


def spread(joined: Joined, entities: Iterable[Entity]) -> list[tuple[Slot, list[Span]]]:
    """Return each slot that something is masked in with its spans; an entity over two slots is in both."""
    ordered = sorted(entities, key=lambda e: e.start)
    found: list[tuple[Slot, list[Span]]] = []
    at = 0
    for slot, start in zip(joined.slots, joined.starts, strict=True):
        end = start + len(slot.text)
        while at < len(ordered) and ordered[at].end <= start:
            at += 1
        spans: list[Span] = []
        for entity in ordered[at:]:
            if entity.start >= end:
                break
            low, high = max(entity.start, start), min(entity.end, end)
            if low < high:
                spans.append(Span(low - start, high - start, entity.type, entity.token, entity.start >= start))
        if spans:
            found.append((slot, spans))
    return found


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return ``text`` with each span replaced by its token."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], span.token]
        at = span.end
    return "".join([*parts, text[at:]])
