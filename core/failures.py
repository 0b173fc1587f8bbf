"""What may be said about an error nobody foresaw: its type and place, never its text.

The text of a library's exception can quote the input (a name, a note), so it is neither shown
nor logged nor stored.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from core.disk import disk_full, is_full
from core.errors import RaptError

_ROOT = Path(__file__).resolve().parent.parent
_REMEDY = (
    "This is a fault in RAPT, not in your work; nothing was lost. "
    "Try again, and report the place if it stays."
)


def place(error: BaseException) -> str:
    """Return "TypeName at file:line" of the innermost frame of ours, or of the last frame."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if _inside(f.filename)]
    frame = (ours or list(frames) or [None])[-1]
    name = type(error).__name__
    if frame is None:
        return name
    path = Path(frame.filename)
    shown = path.relative_to(_ROOT) if _inside(frame.filename) else Path(path.name)
    return f"{name} at {shown.as_posix()}:{frame.lineno}"


def error_record(error: BaseException) -> dict[str, str]:
    """Return the ``error`` object of a record: code, message, remedy."""
    if isinstance(error, RaptError):
        return error.as_record()
    if isinstance(error, MemoryError):
        return {
            "code": "no_memory",
            "message": "There was not enough memory.",
            "remedy": "Close other programs.",
        }
    if is_full(error):
        return disk_full().as_record()
    return {
        "code": "unforeseen",
        "message": f"Something unforeseen happened ({place(error)}).",
        "remedy": _REMEDY,
    }


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error's class (CONTRACT)."""
    if isinstance(error, RaptError):
        return error.exit_code
    return 5 if error_record(error)["code"] in ("no_memory", "disk_full") else 1


def _inside(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_ROOT) and ".venv" not in path.parts and "site-packages" not in path.parts
