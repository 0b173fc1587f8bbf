from __future__ import annotations

import pytest

from core import users
from core.access import ON_A_CASE, PERMISSIONS, SYSTEM, Action, Role, User, allowed, require
from core.cases import create_case, get_case, list_cases
from core.errors import AccessDenied, BadInput
from core.settings import Settings
from tests.core._sample import PLANTED, a_case

CASEWORK = {
    "open_case", "create_case", "record_consent", "upload", "edit_transcript", "draft", "decide", "withdraw",
    "restore_names",
}  # fmt: skip
SPECIFICATION = {
    "practitioner": CASEWORK,
    "approver": CASEWORK | {"release", "see_scorecards"},
    "coe_reviewer": {"see_scorecards", "verify_audit", "switch_pilot"},
    "administrator": {"manage_users", "run_retention", "verify_audit", "switch_pilot"},
    "system": {"run_retention", "manage_users", "verify_audit"},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_when_a_role_acts_then_exactly_the_table_is_allowed(role: Role, action: Action) -> None:
    user = User("u", "", frozenset({role}))
    assert allowed(user, action) == (action.value in SPECIFICATION[role.value])


def test_when_an_action_is_added_then_somebody_must_decide_who_may_do_it() -> None:
    given = set().union(*PERMISSIONS.values())
    assert given == set(Action)
    assert {action.value for action in ON_A_CASE} == CASEWORK | {"release"}


@pytest.mark.parametrize(
    "user", [User("u", "", frozenset()), User("u", "", frozenset({Role.APPROVER}), active=False)]
)
@pytest.mark.parametrize("action", list(Action))
def test_when_somebody_has_no_role_or_left_then_everything_is_denied(user: User, action: Action) -> None:
    with pytest.raises(AccessDenied) as caught:
        require(user, action)
    assert caught.value.remedy


def test_when_a_case_belongs_to_another_team_then_it_can_be_neither_seen_nor_found(
    store: Settings, practitioner: User
) -> None:
    case, stranger = a_case(store, practitioner), users.get_user(store, "practitioner2")
    for name in (case.id, case.reference):
        with pytest.raises(AccessDenied):
            get_case(store, stranger, name)
    assert list_cases(store, stranger) == ()
    assert [one.id for one in list_cases(store, users.get_user(store, "approver"))] == [case.id]


@pytest.mark.parametrize("user_id", ["coe", "admin"])
def test_when_somebody_only_runs_the_service_then_cases_stay_closed(
    store: Settings, practitioner: User, user_id: str
) -> None:
    case, other = a_case(store, practitioner), users.get_user(store, user_id)
    assert list_cases(store, other) == ()
    with pytest.raises(AccessDenied):
        get_case(store, other, case.id)


def test_when_the_sample_users_are_seeded_twice_then_nothing_changes(store: Settings) -> None:
    before = users.list_users(store, SYSTEM)
    users.seed_sample_users(store)
    assert users.list_users(store, SYSTEM) == before
    assert {user.id for user in before} == {"practitioner", "practitioner2", "approver", "coe", "admin"}


def test_when_somebody_leaves_then_they_can_no_longer_act(store: Settings) -> None:
    admin, gone = users.get_user(store, "admin"), users.get_user(store, "practitioner")
    users.save_user(store, admin, User(gone.id, gone.display_name, gone.roles, gone.teams, active=False))
    with pytest.raises(AccessDenied):
        users.get_user(store, gone.id)
    assert gone.id not in {user.id for user in users.local_users(store)}
    assert gone.id in {user.id for user in users.list_users(store, admin)}


@pytest.mark.parametrize("user_id", ["nobody", "", "system", "' OR 1=1"])
def test_when_a_user_is_unknown_then_nobody_acts(store: Settings, user_id: str) -> None:
    with pytest.raises(AccessDenied):
        users.get_user(store, user_id)


def test_when_a_practitioner_gives_themselves_a_role_then_it_is_denied(
    store: Settings, practitioner: User
) -> None:
    with pytest.raises(AccessDenied):
        users.save_user(store, practitioner, User(practitioner.id, "x", frozenset({Role.APPROVER})))


@pytest.mark.parametrize(
    "user",
    [
        User("has space", "x", frozenset()),
        User("", "x", frozenset()),
        User("system", "x", frozenset()),
        User("u", "x", frozenset({Role.SYSTEM})),
    ],
)
def test_when_a_user_could_not_stand_in_the_ledger_then_it_is_refused(store: Settings, user: User) -> None:
    with pytest.raises(BadInput):
        users.save_user(store, users.get_user(store, "admin"), user)


@pytest.mark.parametrize("reference", ["AN-0001", " an-0001 "])
def test_when_a_reference_is_used_again_then_the_second_case_is_refused(
    store: Settings, practitioner: User, reference: str
) -> None:
    a_case(store, practitioner)
    with pytest.raises(BadInput) as caught:
        create_case(store, practitioner, reference=reference, title="x")
    assert caught.value.code == "case_exists"


@pytest.mark.parametrize(("reference", "title", "team"), [("", "t", ""), ("r", " ", ""), ("r", "t", " ")])
def test_when_a_case_lacks_something_then_it_is_refused(
    store: Settings, practitioner: User, reference: str, title: str, team: str
) -> None:
    with pytest.raises(BadInput):
        create_case(store, practitioner, reference=reference, title=title, team=team)


def test_when_a_case_is_opened_for_another_team_then_it_is_denied(
    store: Settings, practitioner: User
) -> None:
    with pytest.raises(AccessDenied):
        create_case(store, practitioner, reference="r", title=PLANTED, team="children-east")


def test_when_somebody_is_in_two_teams_then_they_must_say_which(store: Settings, approver: User) -> None:
    with pytest.raises(BadInput):
        create_case(store, approver, reference="r", title="t")
    assert (
        create_case(store, approver, reference="r", title="t", team="children-east").team == "children-east"
    )
