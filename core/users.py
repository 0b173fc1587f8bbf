"""The members of staff who may act, with their roles and teams."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import SYSTEM, Action, Role, User, require
from core.db import reading, writing
from core.errors import AccessDenied, BadInput
from core.settings import Settings
from core.tables import UserRow
from core.vault import seal, unseal

_ID = re.compile(r"[A-Za-z0-9._@-]{1,64}")

SAMPLE_USERS = (
    User("practitioner", "Rosa Whitlock", frozenset({Role.PRACTITIONER}), frozenset({"adults-north"})),
    User("practitioner2", "Idris Fenn", frozenset({Role.PRACTITIONER}), frozenset({"children-east"})),
    User(
        "approver",
        "Marian Oyelaran",
        frozenset({Role.APPROVER}),
        frozenset({"adults-north", "children-east"}),
    ),
    User("coe", "Tom Haverhill", frozenset({Role.COE_REVIEWER})),
    User("admin", "Priya Stanway", frozenset({Role.ADMINISTRATOR})),
)
"""The fictional council's staff."""


def get_user(settings: Settings, user_id: str) -> User:
    """Return who acts under this id; AccessDenied when unknown or no longer active."""
    with reading(settings) as session:
        row = session.get(UserRow, user_id)
        if row is not None and row.active:
            return _out(settings, row)
    raise AccessDenied(
        "This user is not known here.", "Choose a user of this installation, or ask an administrator."
    )


def list_users(settings: Settings, by: User) -> tuple[User, ...]:
    """Return everybody, inactive ones too."""
    require(by, Action.MANAGE_USERS)
    with reading(settings) as session:
        return tuple(_out(settings, row) for row in session.scalars(select(UserRow).order_by(UserRow.id)))


def local_users(settings: Settings) -> tuple[User, ...]:
    """Return the active users, for the chooser of the local mode (bound to this machine) only."""
    return tuple(user for user in list_users(settings, SYSTEM) if user.active)


def save_user(settings: Settings, by: User, user: User) -> User:
    """Add or change a user; BadInput for an id that could not stand in the audit chain."""
    require(by, Action.MANAGE_USERS)
    if not _ID.fullmatch(user.id) or user.id == SYSTEM.id or Role.SYSTEM in user.roles:
        raise BadInput("This user id or role cannot be given.", "Use letters, digits and . _ @ - in the id.")
    with writing(settings) as session:
        _save(session, settings, user)
        audit.append(
            session, settings, by, "user_saved", user.id, roles=len(user.roles), teams=len(user.teams)
        )
    return user


def seed_sample_users(settings: Settings) -> tuple[User, ...]:
    """Add the fictional council's staff who are not there yet, and return all of them."""
    with writing(settings) as session:
        missing = [user for user in SAMPLE_USERS if session.get(UserRow, user.id) is None]
        for user in missing:
            _save(session, settings, user)
        if missing:
            audit.append(session, settings, SYSTEM, "sample_users_added", users=len(missing))
    return SAMPLE_USERS


def _save(session: Session, settings: Settings, user: User) -> None:
    session.merge(
        UserRow(
            id=user.id,
            roles=sorted(role.value for role in user.roles),
            teams=sorted(user.teams),
            active=user.active,
            sealed=seal(settings, {"display_name": user.display_name}, f"users/{user.id}"),
        )
    )


def _out(settings: Settings, row: UserRow) -> User:
    sealed = unseal(settings, row.sealed, f"users/{row.id}")
    # An unknown role in the store gives nothing rather than an error: deny is the default.
    roles = frozenset(Role(role) for role in row.roles if role in set(Role) - {Role.SYSTEM})
    return User(row.id, sealed["display_name"], roles, frozenset(row.teams), row.active)
