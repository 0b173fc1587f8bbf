"""Telling the person at the terminal how far the work is."""

from __future__ import annotations

import time
from collections.abc import Callable

from ui.cli.common import say

EVERY_S = 2.0


def teller(line: Callable[[float, str], str], *, at_once: bool = False) -> Callable[[float, str], None]:
    """Return a progress callback that says ``line(fraction, message)`` at most every two seconds.

    Work shorter than that says nothing, unless the first report is wanted ``at_once``. The line must
    not name a file: names of recordings hold names of people.
    """
    last = [float("-inf") if at_once else time.monotonic()]

    def tell(fraction: float, message: str) -> None:
        if time.monotonic() - last[0] >= EVERY_S:
            last[0] = time.monotonic()
            say(line(fraction, message))

    return tell
