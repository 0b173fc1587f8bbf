"""Drafts as the machine wrote them. People's decisions are kept beside a draft and never change it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.consent import require_standing
from core.db import new_id, reading, writing
from core.evidence import Draft
from core.rows import case_row, draft_row, transcript_row
from core.settings import Settings
from core.tables import DraftRow, ReleasedRow
from core.vault import seal, unseal

ACTIONS = "actions"
"""Key of the list of actions, which people decide on like a section"""
_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True)
class DraftRecord:
    """A stored draft."""

    id: str
    case_id: str
    transcript_id: str
    """the version of the transcript it was written from; empty when from other sources"""
    pilot: str
    template: str
    version: int
    """1, 2, … for this case, pilot and template"""
    draft: Draft
    created_at: datetime
    created_by: str
    released: bool


def save_draft(
    settings: Settings, user: User, case_id: str, draft: Draft, *, transcript_id: str = "", key: str = ""
) -> DraftRecord:
    """Keep a draft as the next version. The same ``key`` (a job's id) again gives the same record.

    Raises ConsentMissing when consent does not stand, ValueError when section keys or statement
    ids are not unique (decisions could not be told apart).
    """
    draft = _told_apart(draft)
    with writing(settings) as session:
        require(user, Action.DRAFT, case_row(session, case_id))
        require_standing(session, case_id)
        known = session.scalars(select(DraftRow).where(DraftRow.key == key)).first() if key else None
        if known is not None:
            return out(session, settings, known)
        if transcript_id:
            transcript_row(session, transcript_id)  # erased while we wrote: nothing of it comes back
        same = (
            DraftRow.case_id == case_id,
            DraftRow.pilot == draft.pilot,
            DraftRow.template == draft.template,
        )
        row = DraftRow(
            id=new_id("draft"),
            case_id=case_id,
            transcript_id=transcript_id,
            pilot=draft.pilot,
            template=draft.template,
            version=(session.scalar(select(func.max(DraftRow.version)).where(*same)) or 0) + 1,
            key=key or None,
            created_at=now(),
            created_by=user.id,
        )
        row.sealed = seal(settings, draft.model_dump(mode="json"), f"drafts/{row.id}")
        session.add(row)
        blocking = sum(finding.severity == "block" for finding in draft.findings)
        audit.append(session, settings, user, "draft_saved", row.id, version=row.version, blocking=blocking)
        return out(session, settings, row)


def draft_by_key(settings: Settings, user: User, case_id: str, key: str) -> DraftRecord | None:
    """Return the case's draft that was saved under this key (a job's id), or None."""
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, case_id))
        row = session.scalars(select(DraftRow).where(DraftRow.key == key, DraftRow.case_id == case_id)).first()
        return out(session, settings, row) if row else None


def get_draft(settings: Settings, user: User, draft_id: str) -> DraftRecord:
    """Return a draft as the machine wrote it; BadInput when it is not there any more."""
    with reading(settings) as session:
        row = draft_row(session, draft_id)
        require(user, Action.OPEN_CASE, case_row(session, row.case_id))
        return out(session, settings, row)


def list_drafts(settings: Settings, user: User, case_id: str) -> tuple[DraftRecord, ...]:
    """Return the case's drafts, newest first."""
    query = select(DraftRow).where(DraftRow.case_id == case_id)
    query = query.order_by(DraftRow.created_at.desc(), DraftRow.version.desc(), DraftRow.id)
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, case_id))
        return tuple(out(session, settings, row) for row in session.scalars(query))


def latest_draft(settings: Settings, user: User, case_id: str, pilot: str = "") -> DraftRecord | None:
    """Return the case's newest draft (of one pilot), or None."""
    found = (record for record in list_drafts(settings, user, case_id) if pilot in ("", record.pilot))
    return next(found, None)


def out(session: Session, settings: Settings, row: DraftRow) -> DraftRecord:
    """Return the row as a value, inside the caller's transaction."""
    draft = Draft.model_validate(unseal(settings, row.sealed, f"drafts/{row.id}"))
    released = (
        session.scalars(select(ReleasedRow.id).where(ReleasedRow.draft_id == row.id)).first() is not None
    )
    return DraftRecord(
        row.id,
        row.case_id,
        row.transcript_id,
        row.pilot,
        row.template,
        row.version,
        draft,
        row.created_at,
        row.created_by,
        released,
    )


def _told_apart(draft: Draft) -> Draft:
    """Return the draft with an id on every action; raise ValueError for keys that are not unique."""
    taken = {action.id for action in draft.actions}
    actions = tuple(
        action if action.id else action.model_copy(update={"id": _free(f"action-{number}", taken)})
        for number, action in enumerate(draft.actions)
    )
    keys = [section.key for section in draft.sections]
    ids = [statement.id for section in draft.sections for statement in section.statements]
    ids += [action.id for action in actions]
    if ACTIONS in keys or len(set(keys)) < len(keys) or not all(_KEY.fullmatch(key) for key in keys):
        raise ValueError("section keys must be unique letters, digits, _ or -, and not 'actions'")
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError("statements and actions must have unique ids")
    return draft.model_copy(update={"actions": actions})


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    return name
