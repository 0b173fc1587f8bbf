"""Text folding that keeps every offset, so that what is found can be pointed at."""

from __future__ import annotations

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)


def fold(text: str) -> str:
    """Return ``text`` in lower case with straight quotes and plain dashes, of the same length."""
    folded = text.translate(_SAME_LENGTH)
    lowered = folded.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    )
