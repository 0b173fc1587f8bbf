"""Transcripts by version: the first is the machine's and stays; every correction adds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.consent import require_standing
from core.corrections import corrected
from core.db import new_id, reading, writing
from core.errors import BadInput
from core.evidence import Role, Transcript
from core.rows import case_row, source_row, transcript_row
from core.settings import Settings
from core.tables import TranscriptRow
from core.vault import seal, unseal


@dataclass(frozen=True)
class TranscriptRecord:
    """One version of a recording's transcript."""

    id: str
    case_id: str
    source_id: str
    version: int
    """1 is the machine's"""
    transcript: Transcript
    created_at: datetime
    created_by: str


def save_transcript(
    settings: Settings, user: User, source_id: str, transcript: Transcript
) -> TranscriptRecord:
    """Keep a machine's transcript as the newest version. The same content again gives the same record.

    Raises ConsentMissing when consent no longer stands: then nothing is kept.
    """
    with writing(settings) as session:
        require(user, Action.DRAFT, case_row(session, source_row(session, source_id).case_id))
        latest = _latest(session, source_id)
        if latest is not None and _transcript(settings, latest) == transcript:
            return _out(settings, latest)
        return _add(session, settings, user, source_id, latest, transcript, "transcript_saved")


def latest_transcript(settings: Settings, user: User, source_id: str) -> TranscriptRecord | None:
    """Return the newest version, or None before there is one."""
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, source_row(session, source_id).case_id))
        row = _latest(session, source_id)
        return _out(settings, row) if row else None


def original_transcript(settings: Settings, user: User, source_id: str) -> TranscriptRecord | None:
    """Return what the machine first heard, or None before there is a transcript."""
    query = (
        select(TranscriptRow)
        .where(TranscriptRow.source_id == source_id)
        .order_by(TranscriptRow.version)
        .limit(1)
    )
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, source_row(session, source_id).case_id))
        row = session.scalars(query).first()
        return _out(settings, row) if row else None


def get_transcript(settings: Settings, user: User, transcript_id: str) -> TranscriptRecord:
    """Return one version by its id; BadInput when it is not there any more."""
    with reading(settings) as session:
        row = transcript_row(session, transcript_id)
        require(user, Action.OPEN_CASE, case_row(session, row.case_id))
        return _out(settings, row)


def correct_turn(
    settings: Settings, user: User, source_id: str, turn: int, text: str, *, based_on: int
) -> TranscriptRecord:
    """Correct the text of one turn; ``based_on`` is the version the person was looking at.

    Raises BadInput for an empty text, a turn that is not there, or a version that is not the
    newest any more (somebody else corrected meanwhile).
    """
    if not text.strip():
        raise BadInput("The corrected text is empty.", "Type what was said, or leave the turn as it is.")
    with writing(settings) as session:
        latest = _newest(session, user, source_id, based_on)
        old = _transcript(settings, latest)
        if not 0 <= turn < len(old.turns):
            raise BadInput("There is no such turn.", "Load the transcript again.")
        turns = (*old.turns[:turn], corrected(old.turns[turn], text), *old.turns[turn + 1 :])
        new = old.model_copy(update={"turns": turns})
        return _add(session, settings, user, source_id, latest, new, "transcript_corrected")


def name_speaker(
    settings: Settings, user: User, source_id: str, label: str, role: Role, name: str = "", *, based_on: int
) -> TranscriptRecord:
    """Say who a speaker is; raises BadInput as ``correct_turn`` does."""
    with writing(settings) as session:
        latest = _newest(session, user, source_id, based_on)
        old = _transcript(settings, latest)
        if label not in {turn.speaker for turn in old.turns}:
            raise BadInput("There is no such speaker.", "Load the transcript again.")
        names = {key: value for key, value in old.names.items() if key != label}
        names |= {label: name.strip()} if name.strip() else {}
        speakers = {**old.speakers, label: role}
        new = Transcript.model_validate(old.model_dump() | {"speakers": speakers, "names": names})
        return _add(session, settings, user, source_id, latest, new, "speaker_named")


def _newest(session: Session, user: User, source_id: str, based_on: int) -> TranscriptRow:
    require(user, Action.EDIT_TRANSCRIPT, case_row(session, source_row(session, source_id).case_id))
    latest = _latest(session, source_id)
    if latest is None or latest.version != based_on:
        raise BadInput(
            "The transcript was changed meanwhile.",
            "Load it again and make the correction there.",
            code="stale_version",
        )
    return latest


def _add(
    session: Session,
    settings: Settings,
    user: User,
    source_id: str,
    latest: TranscriptRow | None,
    transcript: Transcript,
    action: str,
) -> TranscriptRecord:
    source = source_row(session, source_id)
    require_standing(session, source.case_id)
    row = TranscriptRow(
        id=new_id("transcript"),
        case_id=source.case_id,
        source_id=source_id,
        version=latest.version + 1 if latest else 1,
        created_at=now(),
        created_by=user.id,
    )
    row.sealed = seal(settings, transcript.model_dump(mode="json"), f"transcripts/{row.id}")
    session.add(row)
    audit.append(session, settings, user, action, row.id, version=row.version)
    return _out(settings, row)


def _latest(session: Session, source_id: str) -> TranscriptRow | None:
    query = select(TranscriptRow).where(TranscriptRow.source_id == source_id)
    return session.scalars(query.order_by(TranscriptRow.version.desc()).limit(1)).first()


def _transcript(settings: Settings, row: TranscriptRow) -> Transcript:
    return Transcript.model_validate(unseal(settings, row.sealed, f"transcripts/{row.id}"))


def _out(settings: Settings, row: TranscriptRow) -> TranscriptRecord:
    return TranscriptRecord(
        row.id,
        row.case_id,
        row.source_id,
        row.version,
        _transcript(settings, row),
        row.created_at,
        row.created_by,
    )
