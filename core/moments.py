"""Moments of a recording as people read them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return seconds from the start as m:ss, or h:mm:ss from one hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
