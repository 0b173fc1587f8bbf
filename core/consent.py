"""Consent as data: it gates every step, and its withdrawal erases what was made from the recording."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.db import new_id, reading, writing
from core.errors import BadInput, ConsentMissing
from core.rows import case_row
from core.settings import Settings
from core.tables import ConsentRow
from core.vault import seal, unseal

Capacity = Literal["has", "lacks_best_interests", "not_assessed"]
"""has: the person decided · lacks_best_interests: a best-interests decision is on file ·
not_assessed: nothing gave reason to doubt it (capacity is presumed)."""
ConsentState = Literal["none", "agreed", "refused", "withdrawn"]


@dataclass(frozen=True)
class Told:
    """Somebody who was present and told about the recording."""

    name: str
    role: str


@dataclass(frozen=True)
class ConsentForm:
    """What was asked, how, and the answer."""

    decision: Literal["agreed", "refused"]
    how: str
    """spoken at the start, on paper, by an interpreter, …"""
    script_version: str
    lawful_basis: str
    told: tuple[Told, ...]
    capacity: Capacity
    interpreter: str = ""
    asked_by: str = ""
    """user id; empty means the person who records it"""
    asked_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class ConsentRecord:
    """One asking as it stands on record."""

    id: str
    case_id: str
    form: ConsentForm
    state: ConsentState
    recorded_by: str
    recorded_at: datetime


def record_consent(settings: Settings, user: User, case_id: str, form: ConsentForm) -> ConsentRecord:
    """Put the answer on record; a later answer replaces an earlier one. BadInput names a missing field."""
    _check(form)
    recorded_at = now()
    value = asdict(form) | {
        "asked_by": form.asked_by or user.id,
        "asked_at": (form.asked_at or recorded_at).isoformat(),
    }
    with writing(settings) as session:
        require(user, Action.RECORD_CONSENT, case_row(session, case_id))
        row = ConsentRow(
            id=new_id("consent"),
            case_id=case_id,
            state=form.decision,
            recorded_at=recorded_at,
            recorded_by=user.id,
        )
        row.sealed = seal(settings, value, f"consents/{row.id}")
        session.add(row)
        audit.append(session, settings, user, f"consent_{form.decision}", case_id)
        session.flush()
        return _out(settings, row)


def consent_state(settings: Settings, case_id: str) -> ConsentState:
    """Return what stands for the case; ``none`` until somebody was asked."""
    with reading(settings) as session:
        return standing(session, case_id)


def latest_consent(settings: Settings, user: User, case_id: str) -> ConsentRecord | None:
    """Return the newest record of the case, or None."""
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, case_id))
        row = _latest(session, case_id)
        return _out(settings, row) if row else None


def require_consent(settings: Settings, case_id: str) -> None:
    """Raise ConsentMissing unless consent stands; every step of a pipeline begins with this."""
    with reading(settings) as session:
        require_standing(session, case_id)


def standing(session: Session, case_id: str) -> ConsentState:
    """Return what stands, inside the caller's transaction."""
    row = _latest(session, case_id)
    return row.state if row else "none"  # type: ignore[return-value]


def require_standing(session: Session, case_id: str) -> None:
    """Raise ConsentMissing unless consent stands, inside the caller's transaction."""
    state = standing(session, case_id)
    if state == "agreed":
        return
    message = {
        "none": "No consent is on record for this case.",
        "refused": "The person refused consent.",
        "withdrawn": "Consent was withdrawn.",
    }[state]
    raise ConsentMissing(
        f"{message} Nothing may be recorded or processed.",
        "Ask the person, and record the answer under Consent; without it write the note by hand.",
    )


def _check(form: ConsentForm) -> None:
    if form.decision not in ("agreed", "refused") or form.capacity not in get_args(Capacity):
        raise BadInput("The answer or the capacity is not one of the choices.", "Choose one of the list.")
    if form.asked_at is not None and form.asked_at.tzinfo is None:
        raise BadInput("The time of asking has no time zone.", "Give the time with its zone.")
    needed = {
        "how they were told": form.how,
        "script version": form.script_version,
        "lawful basis": form.lawful_basis,
    }
    for field, value in needed.items():
        if not value.strip():
            raise BadInput(
                f"The consent record lacks: {field}.", f"Fill in: {field}.", code="consent_incomplete"
            )
    if not form.told or not all(one.name.strip() and one.role.strip() for one in form.told):
        raise BadInput(
            "The consent record does not say who was told.",
            "Name everybody who was present and their role.",
            code="consent_incomplete",
        )


def _latest(session: Session, case_id: str) -> ConsentRow | None:
    query = (
        select(ConsentRow).where(ConsentRow.case_id == case_id).order_by(ConsentRow.number.desc()).limit(1)
    )
    return session.scalars(query).first()


def _out(settings: Settings, row: ConsentRow) -> ConsentRecord:
    value = unseal(settings, row.sealed, f"consents/{row.id}")
    value["told"] = tuple(Told(**one) for one in value["told"])
    value["asked_at"] = datetime.fromisoformat(value["asked_at"])
    return ConsentRecord(
        row.id,
        row.case_id,
        ConsentForm(**value),
        row.state,  # type: ignore[arg-type]
        row.recorded_by,
        row.recorded_at,
    )


def mark_withdrawn(session: Session, settings: Settings, user: User, case_id: str) -> None:
    """Let the withdrawal stand from now on, inside the caller's transaction; it writes the ledger line."""
    asked = _latest(session, case_id)
    nobody = ConsentForm("refused", "not asked", "none", "none", (), "not_assessed", asked_by=user.id)
    value = unseal(settings, asked.sealed, f"consents/{asked.id}") if asked else asdict(nobody)
    value["asked_at"] = value["asked_at"] or now().isoformat()
    row = ConsentRow(
        id=new_id("consent"), case_id=case_id, state="withdrawn", recorded_at=now(), recorded_by=user.id
    )
    row.sealed = seal(settings, value, f"consents/{row.id}")
    session.add(row)
    session.flush()
