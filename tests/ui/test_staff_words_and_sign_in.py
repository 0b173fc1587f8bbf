"""Words, times and sign-in of the staff app, without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from core import clock
from core.access import Role
from core.consent import Capacity, ConsentState
from core.errors import AccessDenied, BadInput
from core.evidence import Origin, Severity, Turn, Word
from core.evidence import Role as Speaker
from core.review import OpenItem
from core.review_state import DecisionKind
from ui.oidc import SignIn
from ui.staff import words
from ui.staff.identity import user_of_token
from ui.staff.look import html, safe, tag
from ui.staff.parts.consent_form import parse_time
from ui.staff.parts.turns import unsure_words


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (Speaker, words.ROLES),
        (ConsentState, words.CONSENT),
        (Capacity, words.CAPACITY),
        (Severity, words.SEVERITY),
        (Origin, words.ORIGIN),
        (DecisionKind, words.DECISIONS),
        (OpenItem.__annotations__["code"], words.OPEN_ITEMS),
    ],
)
def test_when_the_core_has_a_code_then_the_pages_have_words_for_it(
    codes: object, table: dict[str, str]
) -> None:
    if isinstance(codes, str):
        codes = eval(codes, {"Literal": __import__("typing").Literal})  # noqa: S307
    assert set(get_args(codes)) == set(table)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3599, "59:59"), (3661, "1:01:01")]
)
def test_when_a_time_is_shown_then_it_reads_as_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert words.clock(seconds) == shown


@pytest.mark.parametrize(
    "text",
    [
        "**bold**",
        "<script>alert(1)</script>",
        "[a](http://x)",
        ":red[x]",
        "$x$",
        "# h",
        "`code`",
        "a_b_c",
        "![i](u)",
    ],
)
def test_when_people_write_markup_then_none_of_it_acts(text: str) -> None:
    assert all(f"\\{mark}" in safe(text) for mark in set(text) & set("*<>[]`$#_!"))
    assert "<script" not in html(text)
    assert "<script" not in tag(text)


def test_when_a_time_of_asking_is_read_then_it_is_london_time() -> None:
    with clock.fixed(datetime(2026, 8, 1, tzinfo=UTC)):
        moment = parse_time(" 14/07/2026   10:30 ")
        assert moment is not None
        assert moment.astimezone(UTC) == datetime(2026, 7, 14, 9, 30, tzinfo=UTC)
        assert parse_time("  ") is None


@pytest.mark.parametrize("text", ["yesterday", "2026-07-14 10:30", "31/02/2026 10:00", "01/08/2026 09:00"])
def test_when_a_time_of_asking_cannot_be_then_it_is_refused(text: str) -> None:
    with clock.fixed(datetime(2026, 7, 31, tzinfo=UTC)), pytest.raises(BadInput):
        parse_time(text)


MAPPING = SignIn(
    "127.0.0.1",
    roles={"grp-social-work": "practitioner", "grp-leads": "approver"},
    teams={"grp-north": "adults-north"},
)


def test_when_a_token_has_mapped_groups_then_the_user_has_those_roles_and_teams_only() -> None:
    token = {
        "iss": "https://id.example",
        "sub": "42",
        "name": "A B",
        "groups": ["grp-leads", "grp-north", "other"],
    }
    user = user_of_token(token, MAPPING)
    assert user.roles == {Role.APPROVER}
    assert user.teams == {"adults-north"}
    assert user.display_name == "A B"
    assert user == user_of_token(token, MAPPING)
    assert user.id != user_of_token({**token, "sub": "43"}, MAPPING).id
    assert "42" not in user.id.removeprefix("oidc-")[:2]


@pytest.mark.parametrize(
    "token",
    [
        {},
        {"groups": ["unknown"]},
        {"roles": ["administrator"]},
        {"groups": None},
        {"groups": "grp-leads-of-another"},
        {"groups": {"grp-leads": True}},
        {"groups": ["grp-leads"], "sub": ""},
    ],
)
def test_when_a_token_has_no_mapped_group_then_nobody_comes_in(token: dict[str, object]) -> None:
    with pytest.raises(AccessDenied):
        user_of_token({"sub": "1", **token}, MAPPING)


def test_when_many_words_are_unsure_then_only_the_three_that_matter_most_are_named() -> None:
    heard = [
        ("the", 0.1),
        ("morphine", 0.2),
        ("40", 0.3),
        ("not", 0.25),
        ("Thursday,", 0.35),
        ("kitchen", 0.9),
    ]
    timed = tuple(Word(text=text, start=0, end=1, probability=p) for text, p in heard)
    turn = Turn(speaker="S1", start=0, end=1, text=" ".join(text for text, _ in heard), words=timed)
    assert unsure_words(turn) == ["morphine", "not", "40"]
