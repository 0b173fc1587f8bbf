"""Recordings of a case and where they are on their way to a transcript."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, files
from core.access import Action, User, require
from core.clock import now
from core.consent import require_standing
from core.db import checkpoint, new_id, reading, writing
from core.erasure import erase_source
from core.errors import BadInput
from core.rows import case_row, source_row
from core.sealed_stream import SealedReader
from core.settings import Settings
from core.tables import FileRow, SourceRow
from core.vault import seal, unseal

SourceState = Literal["stored", "working", "transcribed", "failed"]


@dataclass(frozen=True)
class Source:
    """A recording."""

    id: str
    case_id: str
    file_id: str
    """empty once the audio was erased and only its transcript is kept"""
    name: str
    """the file's base name as it was uploaded"""
    media_type: str
    sha256: str
    size: int
    """bytes"""
    state: SourceState
    problem: str
    """error code when it failed"""
    created_at: datetime
    created_by: str
    duplicate: bool = False
    """the same content was there already, and this is that recording"""


def add_recording(
    settings: Settings, user: User, case_id: str, stream: BinaryIO, name: str, media_type: str = ""
) -> Source:
    """Encrypt a recording into the case. The same content again gives the first one, marked ``duplicate``.

    Raises ConsentMissing, BadInput (empty or larger than ``max_upload_mb``) and ServiceUnavailable
    (disk); nothing of it is kept then.
    """
    with reading(settings) as session:
        require(user, Action.UPLOAD, case_row(session, case_id))
        require_standing(session, case_id)
    written = files.write(settings, stream, max_bytes=settings.max_upload_mb * 1_000_000)
    try:
        with writing(settings) as session:
            require_standing(session, case_id)  # it may have been withdrawn while the file came in
            stored = files.attach(session, settings, written, case_id, "audio")
            known = session.scalars(select(SourceRow).where(SourceRow.file_id == stored.id)).first()
            if known is not None:
                return replace(_out(session, settings, known), duplicate=True)
            row = SourceRow(
                id=new_id("source"),
                case_id=case_id,
                file_id=stored.id,
                state="stored",
                problem="",
                media_type=media_type[:64],
                created_at=now(),
                created_by=user.id,
            )
            row.sealed = seal(settings, {"name": PurePath(name).name}, f"sources/{row.id}")
            session.add(row)
            audit.append(session, settings, user, "recording_added", row.id, bytes=stored.size)
            return _out(session, settings, row)
    except BaseException:
        files.file_path(settings, written.id).unlink(missing_ok=True)
        raise


def get_source(settings: Settings, user: User, source_id: str) -> Source:
    """Return a recording; BadInput when there is none, AccessDenied for another team's."""
    with reading(settings) as session:
        return _out(session, settings, _allowed(session, user, Action.OPEN_CASE, source_id))


def list_sources(settings: Settings, user: User, case_id: str) -> tuple[Source, ...]:
    """Return the case's recordings, oldest first."""
    query = select(SourceRow).where(SourceRow.case_id == case_id).order_by(SourceRow.created_at, SourceRow.id)
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, case_id))
        return tuple(_out(session, settings, row) for row in session.scalars(query))


def set_state(
    settings: Settings, user: User, source_id: str, state: SourceState, problem: str = ""
) -> Source:
    """Note how far a recording is; ``problem`` is an error code. The same state again changes nothing."""
    with writing(settings) as session:
        row = _allowed(session, user, Action.UPLOAD, source_id)
        if (row.state, row.problem) != (state, problem):
            row.state, row.problem = state, problem
            detail = {"state": state} | ({"problem": problem} if problem else {})
            audit.append(session, settings, user, "recording_state", source_id, **detail)
        return _out(session, settings, row)


def delete_source(settings: Settings, user: User, source_id: str) -> None:
    """Delete a recording with its transcripts and the drafts made from them; again does nothing."""
    with writing(settings) as session:
        if session.get(SourceRow, source_id) is None:
            return
        row = _allowed(session, user, Action.UPLOAD, source_id)
        counts = erase_source(session, settings, row)
        audit.append(session, settings, user, "recording_deleted", source_id, **counts)
    checkpoint(settings)


def open_recording(settings: Settings, user: User, source_id: str) -> SealedReader:
    """Return the recording as a seekable binary file; nothing clear touches the disk."""
    return files.open_file(settings, _file_id(settings, user, source_id))


def recording_path(settings: Settings, user: User, source_id: str) -> AbstractContextManager[Path]:
    """Lend the recording as a file for a library that needs a path; it is gone afterwards."""
    source = get_source(settings, user, source_id)
    suffix = PurePath(source.name).suffix
    return files.as_path(
        settings, _file_id(settings, user, source_id), suffix if suffix[1:].isalnum() else ""
    )


def _file_id(settings: Settings, user: User, source_id: str) -> str:
    source = get_source(settings, user, source_id)
    if not source.file_id:
        raise BadInput("The recording was deleted at the end of its period.", "Only its transcript is kept.")
    return source.file_id


def _allowed(session: Session, user: User, action: Action, source_id: str) -> SourceRow:
    row = source_row(session, source_id)
    require(user, action, case_row(session, row.case_id))
    return row


def _out(session: Session, settings: Settings, row: SourceRow) -> Source:
    stored = session.get(FileRow, row.file_id) if row.file_id else None
    return Source(
        row.id,
        row.case_id,
        row.file_id or "",
        unseal(settings, row.sealed, f"sources/{row.id}")["name"],
        row.media_type,
        stored.sha256 if stored else "",
        stored.size if stored else 0,
        row.state,  # type: ignore[arg-type]
        row.problem,
        row.created_at,
        row.created_by,
    )
