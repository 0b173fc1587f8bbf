"""Encrypted files in chunks: bounded memory at any size, and a cut or swapped chunk is noticed.

Each file has its own key, so the nonce may simply count: eleven bytes of chunk number and one
byte that marks the last chunk (the STREAM construction). Reading can start anywhere.
"""

from __future__ import annotations

import hashlib
import io
from typing import BinaryIO

from core.errors import ServiceUnavailable

CHUNK = 1 << 20
TAG = 16
MAGIC = b"RAPTF1\n\x00"


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def encrypt(clear: BinaryIO, sealed: BinaryIO, key: bytes, belongs_to: str) -> tuple[str, int]:
    """Copy ``clear`` into ``sealed``, encrypted; return the clear content's sha256 and size in bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, digest, size, number = AESGCM(key), hashlib.sha256(), 0, 0
    sealed.write(MAGIC)
    chunk = _exactly(clear)
    while True:
        following = _exactly(clear)
        digest.update(chunk)
        size += len(chunk)
        sealed.write(cipher.encrypt(_nonce(number, not following), chunk, belongs_to.encode()))
        if not following:
            return digest.hexdigest(), size
        chunk, number = following, number + 1


def _exactly(stream: BinaryIO) -> bytes:
    """Return a full chunk unless the stream ends: a short read in the middle is not the end."""
    parts, missing = [], CHUNK
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


class SealedReader(io.RawIOBase):
    """The clear content of an encrypted file as a seekable binary file; nothing clear touches the disk.

    Raises ServiceUnavailable when the file was altered, cut or belongs elsewhere.
    """

    def __init__(self, sealed: BinaryIO, key: bytes, belongs_to: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._sealed = sealed
        self._cipher = AESGCM(key)
        self._belongs_to = belongs_to.encode()
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")
        body = sealed.seek(0, io.SEEK_END) - len(MAGIC)
        sealed.seek(0)
        if body < TAG or sealed.read(len(MAGIC)) != MAGIC:
            sealed.close()
            raise _broken()
        self._chunks = -(-body // (CHUNK + TAG))
        self.size = body - self._chunks * TAG
        """clear bytes"""
        # The last chunk first: a file whose end is missing must not be read as a shorter one.
        self._chunk(self._chunks - 1)

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._held[0] != number:
            self._sealed.seek(len(MAGIC) + number * (CHUNK + TAG))
            try:
                nonce = _nonce(number, number == self._chunks - 1)
                clear = self._cipher.decrypt(nonce, self._sealed.read(CHUNK + TAG), self._belongs_to)
            except InvalidTag:
                raise _broken() from None
            self._held = (number, clear)
        return self._held[1]

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in clear bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in clear bytes and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the current position and return how many bytes came."""
        view = memoryview(buffer).cast("B")
        number, offset = divmod(self._position, CHUNK)
        if self._position >= self.size or not len(view):
            return 0
        part = self._chunk(number)[offset : offset + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Close the encrypted file below and forget the held chunk."""
        if not self.closed:
            self._held = (-1, b"")
            self._sealed.close()
        super().close()


def _broken() -> ServiceUnavailable:
    return ServiceUnavailable(
        "A stored file does not open: it was altered or cut, or the key is not the one it was stored with.",
        "Put the right key back and run `rapt doctor`; otherwise restore the file or upload it again.",
        code="seal_broken",
    )
