"""The encrypted file store. A file is whole and in place, or it is not there at all.

A file's key needs the salt in its row: when the row is erased the file cannot be opened any more,
even before its bytes are removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.consent import require_standing
from core.db import after_commit, checkpoint, new_id, reading, writing
from core.disk import disk_full, is_full
from core.errors import BadInput, ServiceUnavailable
from core.processes import process_lives
from core.rows import case_row
from core.sealed_stream import SealedReader, encrypt
from core.settings import Settings
from core.tables import FileRow
from core.vault import derive

ArtefactKind = Literal["audio", "transcript", "draft", "final"]
"""How long something is kept goes by its kind."""
_CHECK_EVERY = 64 << 20


@dataclass(frozen=True)
class StoredFile:
    """A file of a case."""

    id: str
    case_id: str
    kind: str
    sha256: str
    size: int
    created_at: datetime
    same_as: str | None = None
    """id of the file of this case with the same content; then nothing new was kept"""


@dataclass(frozen=True)
class Written:
    """An encrypted file that lies in place but has no row yet."""

    id: str
    sha256: str
    size: int
    salt: bytes


def files_dir(settings: Settings) -> Path:
    """Return the folder of the encrypted files."""
    return settings.home / "files"


def file_path(settings: Settings, file_id: str) -> Path:
    """Return where an encrypted file lies."""
    return files_dir(settings) / f"{file_id}.sealed"


def ensure_room(settings: Settings, needed_bytes: int = 0) -> None:
    """Raise ServiceUnavailable when the disk would be fuller than ``min_free_mb`` allows."""
    free = shutil.disk_usage(settings.home).free
    if free - needed_bytes < settings.min_free_mb * 1_000_000:
        raise ServiceUnavailable(
            "There is too little room on the disk.",
            f"Free at least {settings.min_free_mb} MB (or lower `min_free_mb`) and try again.",
            code="disk_full",
        )


def write(settings: Settings, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:
    """Encrypt a stream into the store; the caller then files it with ``attach`` in its transaction.

    Raises BadInput for an empty stream or more than ``max_bytes``, ServiceUnavailable for a full
    disk; nothing of it stays behind then.
    """
    ensure_room(settings)
    files_dir(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    file_id, salt = new_id("file"), secrets.token_bytes(32)
    target = file_path(settings, file_id)
    draft = target.with_suffix(".part")
    guarded = cast(BinaryIO, _Guarded(settings, stream, max_bytes))
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sealed:
            sha256, size = encrypt(guarded, sealed, _key(settings, salt), file_id)
            sealed.flush()
            os.fsync(sealed.fileno())
        if size == 0:
            raise BadInput("The file is empty.", "Choose the recording again; the upload may have failed.")
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        if not is_full(error):
            raise
        raise disk_full() from None
    finally:
        draft.unlink(missing_ok=True)
    return Written(file_id, sha256, size, salt)


def attach(session: Session, settings: Settings, written: Written, case_id: str, kind: str) -> StoredFile:
    """File a written file under a case, inside the caller's ``writing`` transaction.

    Content the case already has is not kept twice: ``same_as`` then names the file that is there.
    """
    query = select(FileRow).where(
        FileRow.case_id == case_id, FileRow.kind == kind, FileRow.sha256 == written.sha256
    )
    known = session.scalars(query).first()
    if known is not None:
        after_commit(session, lambda: file_path(settings, written.id).unlink(missing_ok=True))
        return _out(known, same_as=known.id)
    row = FileRow(
        id=written.id,
        case_id=case_id,
        kind=kind,
        sha256=written.sha256,
        size=written.size,
        salt=written.salt,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    return _out(row)


def put(
    settings: Settings,
    user: User,
    case_id: str,
    stream: BinaryIO,
    kind: ArtefactKind,
    *,
    max_bytes: int | None = None,
) -> StoredFile:
    """Store a file of a case and return it; see ``write`` for what it raises, and ConsentMissing."""
    with reading(settings) as session:
        require(user, Action.UPLOAD, case_row(session, case_id))
        require_standing(session, case_id)
    written = write(settings, stream, max_bytes=max_bytes)
    try:
        with writing(settings) as session:
            require_standing(session, case_id)  # it may have been withdrawn while the file came in
            stored = attach(session, settings, written, case_id, kind)
            if stored.same_as is None:
                audit.append(session, settings, user, "file_stored", stored.id, bytes=stored.size)
    except BaseException:
        file_path(settings, written.id).unlink(missing_ok=True)
        raise
    return stored


def open_file(settings: Settings, file_id: str) -> SealedReader:
    """Return the clear content as a seekable binary file; access is the caller's to check."""
    with reading(settings) as session:
        row = session.get(FileRow, file_id)
    try:
        if row is None:
            raise FileNotFoundError
        sealed = file_path(settings, file_id).open("rb")
    except FileNotFoundError:
        raise BadInput(
            "There is no such file any more.", "It may have been deleted; upload it again."
        ) from None
    return SealedReader(sealed, _key(settings, row.salt), file_id)


def read(settings: Settings, file_id: str) -> bytes:
    """Return the clear content; for small files."""
    with open_file(settings, file_id) as reader:
        return reader.readall()


@contextmanager
def as_path(settings: Settings, file_id: str, suffix: str = "") -> Iterator[Path]:
    """Lend the clear content as a file (0600) for libraries that need a path; it is gone afterwards."""
    folder = settings.home / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{os.getpid()}-{secrets.token_hex(8)}{suffix}"
    try:
        with open_file(settings, file_id) as reader:
            ensure_room(settings, reader.size)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as clear:
                shutil.copyfileobj(reader, clear, 1 << 20)
        yield path
    finally:
        path.unlink(missing_ok=True)


def drop_orphaned_paths(settings: Settings) -> int:
    """Remove clear copies whose process is gone (it was killed while it had one); returns how many."""
    removed = 0
    folder = settings.home / "tmp"
    for path in folder.glob("*-*") if folder.exists() else ():
        owner = path.name.split("-", 1)[0]
        if owner.isdigit() and not process_lives(int(owner)):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def delete(settings: Settings, user: User, file_id: str) -> None:
    """Delete a file for good; deleting it again does nothing."""
    with writing(settings) as session:
        row = session.get(FileRow, file_id)
        if row is None:
            return
        require(user, Action.UPLOAD, case_row(session, row.case_id))
        forget(session, settings, row)
        audit.append(session, settings, user, "file_deleted", file_id)
    checkpoint(settings)


def forget(session: Session, settings: Settings, row: FileRow) -> None:
    """Delete a file's row in the caller's transaction, and its bytes once that is stored."""
    path = file_path(settings, row.id)
    session.delete(row)
    after_commit(session, lambda: path.unlink(missing_ok=True))


def _out(row: FileRow, same_as: str | None = None) -> StoredFile:
    return StoredFile(row.id, row.case_id, row.kind, row.sha256, row.size, row.created_at, same_as)


def _key(settings: Settings, salt: bytes) -> bytes:
    return derive(settings, "files", salt)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Guarded:
    """A stream that stops when it grows too long or the disk too full."""

    def __init__(self, settings: Settings, stream: BinaryIO, max_bytes: int | None) -> None:
        self._settings, self._stream, self._max = settings, stream, max_bytes
        self._size = self._checked = 0

    def read(self, size: int) -> bytes:
        part = self._stream.read(size)
        self._size += len(part)
        if self._max is not None and self._size > self._max:
            raise BadInput(
                f"The file is larger than {self._max // 1_000_000} MB.",
                "Cut it into parts, or raise `max_upload_mb`.",
            )
        if self._size - self._checked >= _CHECK_EVERY:
            self._checked = self._size
            ensure_room(self._settings)
        return part
