"""A disk that takes no more: no space, a quota, or a file grown past its limit, told as one error."""

from __future__ import annotations

import errno
from typing import Any

from core.errors import ServiceUnavailable

MESSAGE = "The disk is full, or a quota or a limit on file size was reached."
REMEDY = "Free some space (or raise the limit), then try again; nothing was half-written."
_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SQLITE = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE")
"""without room SQLite reports a failed write, or that it cannot grow its shared memory, more often than "full\""""
_POSTGRES = "53100"


def is_full(error: BaseException) -> bool:
    """Return whether an error of the system, of a database driver or of SQLAlchemy says that the disk takes no more."""
    if isinstance(error, OSError):
        return error.errno in _ERRNOS
    driver: Any = getattr(error, "orig", None) or error
    return getattr(driver, "sqlstate", None) == _POSTGRES or getattr(driver, "sqlite_errorname", "") in _SQLITE


def disk_full() -> ServiceUnavailable:
    """Return the error to raise; its code is ``disk_full``."""
    return ServiceUnavailable(MESSAGE, REMEDY, code="disk_full")
