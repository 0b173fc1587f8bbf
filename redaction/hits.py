"""One candidate stretch of text, before it becomes an entity."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Hit:
    """What a recogniser, the people table or propagation found; offsets of the input."""

    start: int
    end: int
    type: str
    score: float
    recogniser: str
    pattern: str = ""
    valid: bool = False
    """its checksum holds"""

    def at(self, start: int, end: int) -> Hit:
        """Return the hit with other bounds."""
        return replace(self, start=start, end=end)
