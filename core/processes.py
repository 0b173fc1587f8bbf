"""Whether a process of this machine still lives."""

from __future__ import annotations

import os


def process_lives(pid: int) -> bool:
    """Return True when the process is there, also when it is somebody else's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
