"""An upload on its way into a case: encrypted as it arrives, in bounded memory, under a key that only this process has.

Streamlit alone keeps an upload clear in a temporary file and then whole in memory until the session ends.
"""

from __future__ import annotations

import atexit
import io
import os
import queue
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from core.errors import BadInput, RaptError, ServiceUnavailable
from core.files import ensure_room
from core.sealed_stream import SealedReader, encrypt
from core.settings import Settings

CHECK_EVERY = 64 << 20
UNCLAIMED_S = 600.0
"""how long an upload waits for its page, which asks for it at once unless it was closed"""
_BELONGS_TO = "upload"
_KEPT: dict[str, tuple[float, Spool]] = {}
_LOCK = threading.Lock()


class Spool(io.RawIOBase):
    """One upload: fed from one side, encrypted to a private file on the other."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.problem: RaptError | None = None
        """why nothing was kept"""
        self._key = secrets.token_bytes(32)
        folder = settings.home / "tmp"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # the process id leads, so that the sweep at the worker's start finds what a killed app left
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(8)}.upload"
        self._queue: queue.Queue[bytes] = queue.Queue(maxsize=4)
        self._rest, self._ended = b"", False
        self._size = self._checked = 0
        self._thread = threading.Thread(target=self._seal, name="upload", daemon=True)
        self._thread.start()

    def feed(self, part: bytes) -> None:
        """Take the next bytes; waits while the disk is slower than the network."""
        if part:
            self._queue.put(part)

    def finish(self) -> None:
        """Wait until everything is sealed; ``problem`` then says whether it was."""
        self._queue.put(b"")
        self._thread.join()

    def drop(self) -> None:
        """Remove what there is; may be called more than once."""
        if self._thread.is_alive():
            self.problem = self.problem or ServiceUnavailable("The upload was broken off.", "Choose the file again.")
            self.finish()
        self.path.unlink(missing_ok=True)

    def reader(self) -> SealedReader:
        """Return the clear content as a seekable file; raises why nothing was kept."""
        if self.problem is not None:
            raise self.problem
        return SealedReader(self.path.open("rb"), self._key, _BELONGS_TO)

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes that were fed, at most ``size``; empty at the end."""
        if self.problem is not None:
            raise self.problem
        part = self._rest or self._next()
        part, self._rest = (part[:size], part[size:]) if size >= 0 else (part, b"")
        self._size += len(part)
        limit = self.settings.max_upload_mb
        if self._size > limit * 1_000_000:
            raise BadInput(f"The file is larger than {limit} MB.", "Cut it into parts and add them one by one.")
        if self._size - self._checked >= CHECK_EVERY:
            self._checked = self._size
            ensure_room(self.settings)
        return part

    def _next(self) -> bytes:
        part = b"" if self._ended else self._queue.get()
        self._ended = not part
        return part

    def _seal(self) -> None:
        try:
            ensure_room(self.settings)
            with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sealed:
                encrypt(cast(BinaryIO, self), sealed, self._key, _BELONGS_TO)
        except RaptError as error:
            self._fail(error)
        except OSError:
            self._fail(ServiceUnavailable("The upload could not be stored.", "Free some space and try again."))

    def _fail(self, error: RaptError) -> None:
        self.problem = error
        self.path.unlink(missing_ok=True)
        while self._next():  # whoever feeds must not wait for ever
            pass


def keep(spool: Spool) -> str:
    """Keep a sealed upload for its page and return the word that asks for it."""
    word = secrets.token_hex(16)
    now = time.monotonic()
    with _LOCK:
        stale = [one for one, (since, _) in _KEPT.items() if now - since > UNCLAIMED_S]
        dropped = [_KEPT.pop(one)[1] for one in stale]
        _KEPT[word] = (now, spool)
    for one in dropped:
        one.drop()
    return word


def forget(word: str) -> None:
    """Remove an upload that nobody will ask for; an unknown word does nothing."""
    with _LOCK:
        found = _KEPT.pop(word, None)
    if found is not None:
        found[1].drop()


@contextmanager
def opened(word: str) -> Iterator[BinaryIO]:
    """Lend the clear content of an upload, once; it is gone afterwards. Raises why it was not kept."""
    with _LOCK:
        found = _KEPT.pop(word, None)
    if found is None:
        raise ServiceUnavailable("The upload is not there any more.", "Choose the file again.")
    spool = found[1]
    try:
        with spool.reader() as clear:
            yield cast(BinaryIO, clear)
    finally:
        spool.drop()


@atexit.register
def _drop_all() -> None:
    for word in list(_KEPT):
        with suppress(OSError):
            forget(word)
