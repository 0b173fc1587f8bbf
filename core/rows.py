"""Look-ups that several services share: a row by its id, or an error that says what to do."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from core.db import Base
from core.errors import BadInput
from core.tables import CaseRow, DraftRow, SourceRow, TranscriptRow

T = TypeVar("T", bound=Base)


def case_row(session: Session, case_id: str) -> CaseRow:
    """Return the case's row; BadInput when there is none."""
    return _row(session, CaseRow, case_id, "case")


def source_row(session: Session, source_id: str) -> SourceRow:
    """Return the recording's row; BadInput when there is none (any more)."""
    return _row(session, SourceRow, source_id, "recording")


def transcript_row(session: Session, transcript_id: str) -> TranscriptRow:
    """Return the transcript's row; BadInput when there is none (any more)."""
    return _row(session, TranscriptRow, transcript_id, "transcript")


def draft_row(session: Session, draft_id: str) -> DraftRow:
    """Return the draft's row; BadInput when there is none (any more)."""
    return _row(session, DraftRow, draft_id, "draft")


def _row(session: Session, table: type[T], row_id: str, name: str) -> T:
    row = session.get(table, row_id)
    if row is None:
        raise BadInput(
            f"There is no such {name}.",
            "It may have been deleted; choose one from the list.",
            code=f"no_such_{name}",
        )
    return row
