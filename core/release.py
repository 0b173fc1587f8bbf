"""Release: a named approver lets a decided draft go out; exporters can get its text no other way."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action as May
from core.access import User, allowed, require
from core.clock import now
from core.consent import require_standing
from core.db import new_id, reading, writing
from core.drafts import ACTIONS, DraftRecord
from core.errors import BadInput, ReleaseRefused
from core.evidence import Action, Section, Value
from core.review import load
from core.review_state import ReviewState
from core.rows import case_row
from core.settings import Settings
from core.tables import CaseRow, DraftRow, ReleasedRow
from core.vault import mac, seal, unseal


class ReleasedDecision(Value):
    """Who decided what on a section, without the reason."""

    section: str
    decision: str
    author: str
    at: datetime


class ReleasedPayload(Value):
    """The final text and what an export must say about how it came about."""

    released_id: str
    case_id: str
    draft_id: str
    pilot: str
    template: str
    template_version: str
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    omitted: tuple[str, ...]
    """headings a person rejected"""
    writer: str
    models: tuple[str, ...]
    ai_used: Literal[True] = True
    approver: str
    approver_name: str
    approved_at: datetime
    decisions: tuple[ReleasedDecision, ...]
    status: Literal["released"] = "released"


@dataclass(frozen=True)
class ReleasedRecord:
    """A release on record."""

    id: str
    case_id: str
    draft_id: str
    approver: str
    approved_at: datetime
    sha256: str
    """of the payload as JSON"""
    payload: ReleasedPayload


def release(settings: Settings, approver: User, case_id: str, draft_id: str = "") -> ReleasedRecord:
    """Release a draft (the newest when none is named) and return the record; again gives the same one.

    Raises ReleaseRefused when the user is no approver, a section is undecided or escalated or a
    blocking finding is open (each named by heading or code), ConsentMissing, AccessDenied.
    """
    with writing(settings) as session:
        case = case_row(session, case_id)
        _require_approver(approver, case)
        draft_id = draft_id or _newest_draft(session, case_id)
        known = session.scalars(select(ReleasedRow).where(ReleasedRow.draft_id == draft_id)).first()
        if known is not None and known.case_id == case_id:
            return _out(settings, known)
        record, review = load(session, settings, draft_id)
        if record.case_id != case_id:
            raise BadInput("This draft belongs to another case.", "Choose a draft of this case.")
        require_standing(session, case_id)
        _require_ready(review)
        row = ReleasedRow(
            id=new_id("released"), case_id=case_id, draft_id=draft_id, approver=approver.id, approved_at=now()
        )
        payload = _payload(row, record, review, approver)
        row.fingerprint = _fingerprint(settings, payload)
        row.sealed = seal(settings, payload.model_dump(mode="json"), f"released/{row.id}")
        session.add(row)
        audit.append(session, settings, approver, "draft_released", draft_id, sections=len(payload.sections))
        return _out(settings, row)


def get_released(settings: Settings, user: User, released_id: str) -> ReleasedRecord:
    """Return a release on record; ReleaseRefused when there is none under this id."""
    with reading(settings) as session:
        row = session.get(ReleasedRow, released_id)
        if row is None:
            raise ReleaseRefused("This was never released.", "Have an approver release the draft first.")
        require(user, May.OPEN_CASE, case_row(session, row.case_id))
        return _out(settings, row)


def latest_released(settings: Settings, user: User, case_id: str) -> ReleasedRecord | None:
    """Return the case's newest release, or None."""
    query = select(ReleasedRow).where(ReleasedRow.case_id == case_id)
    with reading(settings) as session:
        require(user, May.OPEN_CASE, case_row(session, case_id))
        row = session.scalars(query.order_by(ReleasedRow.approved_at.desc(), ReleasedRow.id).limit(1)).first()
        return _out(settings, row) if row else None


def ensure_released(settings: Settings, user: User, record: ReleasedRecord | str) -> ReleasedPayload:
    """Return the text on record, the only text an exporter of released documents may use.

    Takes a record or its id. A record that was made by hand or differs from the store raises
    ReleaseRefused, so that nothing is exported around a release.
    """
    stored = get_released(settings, user, record if isinstance(record, str) else record.id)
    if not isinstance(record, str) and record != stored:
        raise ReleaseRefused(
            "This is not the text that was released.", "Export the record as it is in the store."
        )
    return stored.payload


def released_payload(settings: Settings, user: User, released_id: str) -> ReleasedPayload:
    """Return the final text of a release."""
    return ensure_released(settings, user, released_id)


def require_stored(settings: Settings, payload: ReleasedPayload) -> None:
    """Raise ReleaseRefused unless this very text is on record as released; exporters call it themselves."""
    with reading(settings) as session:
        row = session.get(ReleasedRow, payload.released_id)
        if row is None or not hmac.compare_digest(row.fingerprint, _fingerprint(settings, payload)):
            raise ReleaseRefused(
                "This text was never released.", "Have an approver release the draft, then export it."
            )


def _require_approver(approver: User, case: CaseRow) -> None:
    if not allowed(approver, May.RELEASE):
        raise ReleaseRefused(
            "Only an approver may release a draft.",
            "Ask an approver of the case's team to release it.",
            code="not_an_approver",
        )
    require(approver, May.RELEASE, case)


def _require_ready(review: ReviewState) -> None:
    if review.ready:
        return
    said = {
        "section_undecided": "Undecided sections",
        "section_escalated": "Escalated sections",
        "finding_open": "Open blocking findings",
    }
    parts = []
    for code, label in said.items():
        places = [item.where for item in review.open_items if item.code == code]
        if places:
            parts.append(f"{label}: {', '.join(dict.fromkeys(places))}.")
    raise ReleaseRefused(
        f"The draft cannot be released yet. {' '.join(parts)}",
        "Decide on each of these sections and resolve each of these findings, then release again.",
    )


def _payload(row: ReleasedRow, record: DraftRecord, review: ReviewState, approver: User) -> ReleasedPayload:
    rejected = {one.key for one in review.sections if one.decision and one.decision.decision == "reject"}
    draft = review.current
    return ReleasedPayload(
        released_id=row.id,
        case_id=row.case_id,
        draft_id=row.draft_id,
        pilot=draft.pilot,
        template=draft.template,
        template_version=draft.template_version,
        sections=tuple(section for section in draft.sections if section.key not in rejected),
        actions=() if ACTIONS in rejected else draft.actions,
        omitted=tuple(one.heading for one in review.sections if one.key in rejected),
        writer=draft.writer,
        models=draft.models,
        approver=approver.id,
        approver_name=approver.display_name,
        approved_at=row.approved_at,
        decisions=tuple(
            ReleasedDecision(
                section=one.key,
                decision=one.decision.decision,
                author=one.decision.author,
                at=one.decision.at,
            )
            for one in review.sections
            if one.decision
        ),
    )


def _newest_draft(session: Session, case_id: str) -> str:
    query = select(DraftRow.id).where(DraftRow.case_id == case_id)
    found = session.scalars(
        query.order_by(DraftRow.created_at.desc(), DraftRow.version.desc()).limit(1)
    ).first()
    if found is None:
        raise ReleaseRefused("The case has no draft.", "Make a draft and decide on its sections first.")
    return found


def _out(settings: Settings, row: ReleasedRow) -> ReleasedRecord:
    payload = ReleasedPayload.model_validate(unseal(settings, row.sealed, f"released/{row.id}"))
    if not hmac.compare_digest(row.fingerprint, _fingerprint(settings, payload)):
        raise ReleaseRefused(
            "The released text was altered in the store.",
            "Run `rapt audit verify` and tell the administrator.",
        )
    sha256 = hashlib.sha256(payload.model_dump_json().encode()).hexdigest()
    return ReleasedRecord(row.id, row.case_id, row.draft_id, row.approver, row.approved_at, sha256, payload)


def _fingerprint(settings: Settings, payload: ReleasedPayload) -> str:
    return mac(settings, "released", payload.model_dump_json().encode())
