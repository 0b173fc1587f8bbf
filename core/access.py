"""Who may do what: roles, a closed list of actions, teams. Whatever is not allowed here is denied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from core.errors import AccessDenied

if TYPE_CHECKING:
    from core.tables import CaseRow


class Role(StrEnum):
    """What somebody is in the service."""

    PRACTITIONER = "practitioner"
    APPROVER = "approver"
    COE_REVIEWER = "coe_reviewer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    """the program itself: retention and start-up; nobody can be given it"""


class Action(StrEnum):
    """Everything that needs permission."""

    OPEN_CASE = "open_case"
    CREATE_CASE = "create_case"
    RECORD_CONSENT = "record_consent"
    UPLOAD = "upload"
    EDIT_TRANSCRIPT = "edit_transcript"
    DRAFT = "draft"
    DECIDE = "decide"
    RESTORE_NAMES = "restore_names"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    MANAGE_USERS = "manage_users"
    SEE_SCORECARDS = "see_scorecards"
    RUN_RETENTION = "run_retention"
    VERIFY_AUDIT = "verify_audit"
    SWITCH_PILOT = "switch_pilot"


_CASEWORK = frozenset(
    {
        Action.OPEN_CASE,
        Action.CREATE_CASE,
        Action.RECORD_CONSENT,
        Action.UPLOAD,
        Action.EDIT_TRANSCRIPT,
        Action.DRAFT,
        Action.DECIDE,
        Action.RESTORE_NAMES,
        Action.WITHDRAW,
    }
)
ON_A_CASE = _CASEWORK | {Action.RELEASE}
"""Actions that also need the case's team, whatever the role."""

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.PRACTITIONER: _CASEWORK,
    Role.APPROVER: _CASEWORK | {Action.RELEASE, Action.SEE_SCORECARDS},
    # Reviewers and administrators run the service; that alone is no reason to read a case.
    Role.COE_REVIEWER: frozenset({Action.SEE_SCORECARDS, Action.VERIFY_AUDIT, Action.SWITCH_PILOT}),
    Role.ADMINISTRATOR: frozenset(
        {Action.MANAGE_USERS, Action.RUN_RETENTION, Action.VERIFY_AUDIT, Action.SWITCH_PILOT}
    ),
    Role.SYSTEM: frozenset({Action.RUN_RETENTION, Action.MANAGE_USERS, Action.VERIFY_AUDIT}),
}


class HasTeam(Protocol):
    """Whatever belongs to a team: a case."""

    @property
    def team(self) -> str:
        """Return the team's name."""
        ...


@dataclass(frozen=True)
class User:
    """The acting person."""

    id: str
    display_name: str
    roles: frozenset[Role]
    teams: frozenset[str] = frozenset()
    active: bool = True


SYSTEM = User("system", "RAPT", frozenset({Role.SYSTEM}))


def allowed(user: User, action: Action, case: HasTeam | CaseRow | None = None) -> bool:
    """Say whether the user may do this, for case work only within the user's teams."""
    if not user.active or not any(action in PERMISSIONS.get(role, frozenset()) for role in user.roles):
        return False
    return case is None or action not in ON_A_CASE or case.team in user.teams


def require(user: User, action: Action, case: HasTeam | CaseRow | None = None) -> None:
    """Raise AccessDenied unless the user may do this."""
    if allowed(user, action, case):
        return
    if case is not None and allowed(user, action):
        raise AccessDenied(
            "This case belongs to another team.", "Ask an administrator to add you to the team."
        )
    raise AccessDenied(
        f"Your role does not allow this ({action.value}).", "Ask somebody with the role, or an administrator."
    )
