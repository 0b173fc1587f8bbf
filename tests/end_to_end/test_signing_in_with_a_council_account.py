"""Signing in at an OpenID provider, in a browser: who comes in, as whom, who does not, and signing out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.access import SYSTEM, Role, User
from core.audit import events
from core.settings import Settings
from core.users import list_users, save_user
from tests.end_to_end.provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ACCOUNTS: dict[str, dict[str, Any]] = {
    "ada": {"name": "Ada Quill", "groups": ["grp-social-work", "grp-north"], "oid": "0a-ada"},
    "lena": {"name": "Lena Marsh", "groups": ["grp-leads", "grp-north"], "oid": "0a-lena"},
    "stranger": {"name": "Sam Nobody", "groups": ["grp-parking"], "oid": "0a-sam"},
    "left": {"name": "Lee Gone", "groups": ["grp-social-work", "grp-north"], "oid": "0a-lee"},
}
BY_GROUPS = """
[rapt.roles]
grp-social-work = "practitioner"
grp-leads = "approver"
[rapt.teams]
grp-north = "adults-north"
"""
BY_LIST = """
[rapt]
user_claim = "oid"
"""
SIGN_IN = "Sign in with your council account"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider(ACCOUNTS)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def served(models: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running ``rapt serve`` that signs people in at the provider."""
    home = tmp_path_factory.mktemp("home")
    _secrets(home, provider, BY_GROUPS)
    running = Served(home, models, RAPT_SIGN_IN="oidc")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def as_it_was(provider: Provider, served: Served) -> Iterator[None]:
    yield
    provider.spoil, provider.lifetime_s = "", 3600
    _secrets(served.home, provider, BY_GROUPS)


@pytest.fixture
def visitor(served: Served, chrome: Any) -> Iterator[Staff]:
    """Somebody at a fresh browser window."""
    staff = Staff(chrome, served.address)
    yield staff
    staff.close()


def _secrets(home: Path, provider: Provider, mapping: str) -> None:
    auth = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "a-secret-of-the-tests-and-of-nothing-else",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": provider.metadata_url,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in auth.items()]
    path = home / "secrets.toml"
    path.touch(0o600)
    path.write_text("\n".join(["[auth]", *lines, mapping]), "utf-8")


def _sign_in(visitor: Staff, account: str) -> None:
    _leave_by(visitor, SIGN_IN)
    visitor.page.get_by_role("heading", name="Choose an account").wait_for()
    visitor.page.get_by_role("link", name=account, exact=True).click()


def _leave_by(visitor: Staff, button: str) -> None:
    """Press a button that leads away from RAPT, where there is nothing to wait for."""
    visitor.page.get_by_role("button", name=button, exact=True).click()


def _is_out(visitor: Staff) -> None:
    """Nobody is signed in: the welcome page, and after a reload too."""
    for _ in range(2):
        visitor.heading("Welcome to RAPT")
        visitor.page.get_by_role("button", name=SIGN_IN).wait_for()
        assert visitor.page.get_by_text("You are ").count() == 0
        assert visitor.page.get_by_text("Who are you?").count() == 0
        visitor.page.reload()


def _settings(served: Served) -> Settings:
    return Settings(home=served.home, min_free_mb=1)


def test_when_an_account_has_a_mapped_group_then_it_works_in_that_role_until_it_signs_out(
    served: Served, provider: Provider, visitor: Staff
) -> None:
    assert visitor.page.get_by_text("Who are you?").count() == 0  # no chooser of the local mode
    assert visitor.violations() == []
    _sign_in(visitor, "ada")
    visitor.heading("Cases")
    visitor.page.get_by_text("You are Ada Quill, practitioner (Adults North)").wait_for()
    asked = provider.exchanged[-1]
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid email profile")

    visitor.open_case("SAMPLE-001")
    visitor.page.reload()  # a new session of the app: the cookie says who it is, and the case stays open
    visitor.heading("Consent and recording")
    visitor.page.get_by_text("SAMPLE-001").first.wait_for()
    assert not visitor.page.get_by_role("button", name="Change user").count()
    visitor.go("4. Release", "Release")
    assert not visitor.has_button("Release the note in my name")

    _leave_by(visitor, "Sign out")
    _is_out(visitor)
    out = provider.signed_out[-1]
    assert out["client_id"] == CLIENT_ID
    assert out["post_logout_redirect_uri"] == f"{served.address}/oauth2callback"
    assert visitor.context.cookies(served.address) == [] or not any(
        one["name"].startswith("_streamlit_user") for one in visitor.context.cookies(served.address)
    )

    _sign_in(visitor, "lena")
    visitor.page.get_by_text("You are Lena Marsh, approver (Adults North)").wait_for()
    noted = [event.action for event in events(_settings(served), SYSTEM)]
    assert noted.count("signed_in") >= 2


def test_when_an_account_has_no_role_then_it_is_refused_in_plain_words_and_can_sign_out(
    served: Served, visitor: Staff
) -> None:
    before = list_users(_settings(served), SYSTEM)
    _sign_in(visitor, "stranger")
    visitor.heading("You cannot use RAPT yet")
    visitor.says("Your account has no role in RAPT.")
    visitor.says("Ask your administrator to add you to one of RAPT’s groups.")
    assert visitor.violations() == []
    for path in ("/cases", "/case", "/note", "/release", "/administration"):
        visitor.page.goto(served.address + path)
        visitor.heading("You cannot use RAPT yet")
        assert visitor.page.get_by_text("SAMPLE-").count() == 0
    assert list_users(_settings(served), SYSTEM) == before
    assert any(event.action == "sign_in_refused" for event in events(_settings(served), SYSTEM))
    _leave_by(visitor, "Sign out")
    _is_out(visitor)


def test_when_somebody_is_switched_off_then_neither_the_session_nor_a_new_one_comes_in(
    served: Served, visitor: Staff
) -> None:
    settings = _settings(served)
    _sign_in(visitor, "left")
    visitor.heading("Cases")
    user = next(one for one in list_users(settings, SYSTEM) if one.display_name == "Lee Gone")
    save_user(settings, SYSTEM, User(user.id, user.display_name, user.roles, user.teams, active=False))
    visitor.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Transcript").click()
    visitor.heading("You cannot use RAPT yet")
    visitor.page.reload()
    visitor.heading("You cannot use RAPT yet")
    visitor.says("Your account is switched off in RAPT.")
    assert not next(one for one in list_users(settings, SYSTEM) if one.id == user.id).active


def test_when_users_are_kept_in_rapt_then_only_those_listed_come_in_with_the_role_listed(
    served: Served, provider: Provider, visitor: Staff
) -> None:
    _secrets(served.home, provider, BY_LIST)
    listed = User("0a-sam", "Sam Somebody", frozenset({Role.PRACTITIONER}), frozenset({"children-east"}))
    save_user(_settings(served), SYSTEM, listed)
    _sign_in(visitor, "stranger")
    visitor.page.get_by_text("You are Sam Somebody, practitioner (Children and Families East)").wait_for()
    visitor.settled()
    _leave_by(visitor, "Sign out")
    _sign_in(visitor, "lena")  # her groups do not count here
    visitor.heading("You cannot use RAPT yet")
    visitor.says("Your account is not known in RAPT.")


@pytest.mark.parametrize("spoil", ["signature", "audience", "issuer", "nonce"])
def test_when_a_token_is_not_what_it_should_be_then_nobody_comes_in(
    provider: Provider, visitor: Staff, spoil: str
) -> None:
    provider.spoil = spoil
    _sign_in(visitor, "ada")
    _is_out(visitor)


def test_when_a_sign_in_has_ended_then_it_must_be_made_again(provider: Provider, visitor: Staff) -> None:
    provider.lifetime_s = 4
    _sign_in(visitor, "ada")
    visitor.heading("Cases")
    visitor.page.wait_for_timeout(4000)
    visitor.page.reload()
    visitor.heading("Sign in again")
    assert visitor.page.get_by_text("SAMPLE-").count() == 0


def test_when_the_details_of_signing_in_are_spoilt_then_nobody_comes_in(served: Served, visitor: Staff) -> None:
    _sign_in(visitor, "ada")
    visitor.heading("Cases")
    (served.home / "secrets.toml").write_text("[auth\nclient_secret = ", "utf-8")
    visitor.page.reload()
    visitor.says("secrets.toml cannot be read.")
    assert visitor.page.get_by_text("SAMPLE-").count() == 0
    (served.home / "secrets.toml").unlink()
    visitor.page.reload()
    visitor.says("there is no secrets.toml in the home folder")
    assert visitor.page.get_by_text("Who are you?").count() == 0
