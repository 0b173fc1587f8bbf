"""Cases: whom the work is about, which team holds it, and the people around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, allowed, require
from core.clock import now
from core.db import new_id, reading, writing
from core.errors import BadInput
from core.evidence import Role
from core.rows import case_row
from core.settings import Settings
from core.tables import CaseRow
from core.vault import mac, seal, unseal


@dataclass(frozen=True)
class Person:
    """Somebody around the case; their name also helps the speech engine to spell it."""

    name: str
    role: Role


@dataclass(frozen=True)
class Case:
    """A case as a person with access sees it."""

    id: str
    reference: str
    """the council's own number; unique, compared without regard to case and outer spaces"""
    title: str
    team: str
    people: tuple[Person, ...]
    created_at: datetime
    created_by: str


def create_case(
    settings: Settings,
    user: User,
    *,
    reference: str,
    title: str,
    team: str = "",
    people: Sequence[Person] = (),
) -> Case:
    """Open a case; ``team`` may be left out by somebody who is in one team only.

    Raises BadInput when something is missing or the reference is in use, AccessDenied for another
    team's case.
    """
    if not team and len(user.teams) == 1:
        team = next(iter(user.teams))
    for field, value in (("reference", reference), ("title", title), ("team", team)):
        if not value.strip():
            raise BadInput(f"The {field} is missing.", f"Fill in the {field} of the case.")
    case = Case(new_id("case"), reference.strip(), title.strip(), team, tuple(people), now(), user.id)
    require(user, Action.CREATE_CASE, case)
    with writing(settings) as session:
        if _by_reference(session, settings, case.reference) is not None:
            raise BadInput(
                "A case with this reference exists already.",
                "Open that case, or use another reference.",
                code="case_exists",
            )
        session.add(
            CaseRow(
                id=case.id,
                reference_mac=_reference_mac(settings, case.reference),
                team=team,
                sealed=_sealed(settings, case),
                created_at=case.created_at,
                created_by=user.id,
            )
        )
        audit.append(session, settings, user, "case_created", case.id)
    return case


def get_case(settings: Settings, user: User, id_or_reference: str) -> Case:
    """Return a case by its id or reference; BadInput when there is none, AccessDenied for another team's."""
    with reading(settings) as session:
        row = session.get(CaseRow, id_or_reference) or _by_reference(session, settings, id_or_reference)
        row = row or case_row(session, id_or_reference)
        require(user, Action.OPEN_CASE, row)
        return _out(settings, row)


def list_cases(settings: Settings, user: User) -> tuple[Case, ...]:
    """Return the cases of the user's teams, newest first; empty for a role that opens none."""
    if not allowed(user, Action.OPEN_CASE):
        return ()
    query = (
        select(CaseRow).where(CaseRow.team.in_(user.teams)).order_by(CaseRow.created_at.desc(), CaseRow.id)
    )
    with reading(settings) as session:
        return tuple(_out(settings, row) for row in session.scalars(query))


def set_people(settings: Settings, user: User, case_id: str, people: Sequence[Person]) -> Case:
    """Replace the list of people around the case."""
    with writing(settings) as session:
        row = case_row(session, case_id)
        require(user, Action.CREATE_CASE, row)
        old = _out(settings, row)
        case = Case(old.id, old.reference, old.title, old.team, tuple(people), old.created_at, old.created_by)
        row.sealed = _sealed(settings, case)
        audit.append(session, settings, user, "case_people_set", case.id, people=len(people))
    return case


def _reference_mac(settings: Settings, reference: str) -> str:
    return mac(settings, "case reference", reference.strip().casefold().encode())


def _by_reference(session: Session, settings: Settings, reference: str) -> CaseRow | None:
    query = select(CaseRow).where(CaseRow.reference_mac == _reference_mac(settings, reference))
    return session.scalars(query).first()


def _sealed(settings: Settings, case: Case) -> bytes:
    value = {"reference": case.reference, "title": case.title, "people": [asdict(one) for one in case.people]}
    return seal(settings, value, f"cases/{case.id}")


def _out(settings: Settings, row: CaseRow) -> Case:
    value = unseal(settings, row.sealed, f"cases/{row.id}")
    people = tuple(Person(**one) for one in value["people"])
    return Case(row.id, value["reference"], value["title"], row.team, people, row.created_at, row.created_by)
