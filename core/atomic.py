"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from core.disk import disk_full, is_full
from core.errors import BadInput, ServiceUnavailable


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file in one step; a crash or a full disk leaves the old one (or none).

    Raises BadInput when the folder is missing or closed to us, ServiceUnavailable when the disk is full.
    """
    try:
        handle, temp = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError as error:
        raise _explain(error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temp, 0o600)
        os.replace(temp, path)
    except OSError as error:
        Path(temp).unlink(missing_ok=True)
        raise _explain(error) from None


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file in one step; raises as :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def _explain(error: OSError) -> BadInput | ServiceUnavailable:
    if is_full(error):
        return disk_full()
    return unwritable()


def unwritable() -> BadInput:
    """Return the error of an output that cannot be put where it was wanted."""
    return BadInput(
        "The output file cannot be written there.",
        "Check that the folder exists and that you may write to it.",
        code="unwritable",
    )
