"""What happened to a document besides masking: parts removed, pictures nobody read, pages made pictures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Notes:
    """Counts by place; places are words of ours, never of the document."""

    removed: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    rasterised: dict[int, str] = field(default_factory=dict)
    """page number → why"""

    def remove(self, what: str, times: int = 1) -> None:
        """Note that something was taken out."""
        if times:
            self.removed[what] += times

    def leave(self, what: str, times: int = 1) -> None:
        """Note that something stays although nothing has read it."""
        if times:
            self.unread[what] += times
