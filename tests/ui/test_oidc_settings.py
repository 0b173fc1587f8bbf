"""The details of signing in with council accounts: what is wrong is named, and until it is right nobody comes in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.access import SYSTEM, Role, User
from core.audit import events
from core.errors import AccessDenied, UsageError
from core.settings import Settings
from core.users import list_users, save_user
from ui.oidc import SignIn, oidc_on, read_sign_in, secrets_file
from ui.options import streamlit_arguments
from ui.staff.identity import admit, subject_id

SECRET = "not-to-be-seen-anywhere-0123456789"
GOOD = f"""
[auth]
redirect_uri = "https://rapt.example/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "rapt"
client_secret = "{SECRET}"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
[rapt.roles]
leads = "approver"
[rapt.teams]
north = "adults-north"
"""


def _write(settings: Settings, text: str, mode: int = 0o600) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    path = secrets_file(settings)
    path.write_text(text, "utf-8")
    path.chmod(mode)


def test_when_the_details_are_right_then_the_mapping_is_read(settings: Settings) -> None:
    assert not oidc_on(settings)
    _write(settings, GOOD)
    assert oidc_on(settings)
    assert read_sign_in(settings) == SignIn(
        "rapt.example", roles={"leads": "approver"}, teams={"north": "adults-north"}
    )


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[auth]", "[auth", "cannot be read"),
        ("[auth]", "[authentication]", "no section"),
        ('client_id = "rapt"', "", "client_id"),
        (f'client_secret = "{SECRET}"', 'client_secret = ""', "client_secret"),
        (f'cookie_secret = "{SECRET}"', 'cookie_secret = "short"', "cookie_secret"),
        ("https://rapt.example", "http://rapt.example", "redirect_uri"),
        ("https://id.example", "http://id.example", "server_metadata_url"),
        ("https://id.example", "https://[id.example", "server_metadata_url"),
        ("/oauth2callback", "/elsewhere", "oauth2callback"),
        ('"approver"', '"aprover"', "a role there is not"),
        ('"approver"', '"system"', "a role there is not"),
        ('"approver"', '["approver"]', "not text"),
        ('leads = "approver"', "", "either roles or user_claim"),
        ("[rapt.roles]", '[rapt]\nuser_claim = "oid"\n[rapt.roles]', "not both"),
        ("[rapt.roles]", "[rapt]\nteam = 1\n[rapt.roles]", "unknown keys: team"),
    ],
)
def test_when_a_detail_is_wrong_then_it_is_named_without_its_value(
    settings: Settings, old: str, new: str, named: str
) -> None:
    assert old in GOOD
    _write(settings, GOOD.replace(old, new, 1))
    assert oidc_on(settings)
    with pytest.raises(UsageError, match=named) as caught:
        read_sign_in(settings)
    assert caught.value.remedy
    assert SECRET not in f"{caught.value.message} {caught.value.remedy} {caught.value.__cause__}"


def test_when_others_can_read_the_details_then_they_are_not_used(settings: Settings) -> None:
    _write(settings, GOOD, 0o640)
    with pytest.raises(UsageError, match="can read secrets.toml"):
        read_sign_in(settings)


@pytest.mark.parametrize("text", [None, "[auth"])
def test_when_the_details_are_missing_or_broken_then_nothing_is_served(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        _write(Settings(home=tmp_path), text)
    environment = {**os.environ, "RAPT_HOME": str(tmp_path), "RAPT_SIGN_IN": "oidc"}
    ended = subprocess.run(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert "secrets.toml" in ended.stderr
    assert "http://" not in ended.stderr


def test_when_the_app_is_started_then_only_the_home_folder_can_turn_signing_in_on(tmp_path: Path) -> None:
    arguments = streamlit_arguments(8501, 2048, tmp_path / "secrets.toml", "rapt.example")
    assert f"--secrets.files={tmp_path / 'secrets.toml'}" in arguments
    assert "--browser.serverAddress=rapt.example" in arguments


BY_LIST = SignIn("127.0.0.1", user_claim="email")


@pytest.mark.parametrize(
    "token",
    [
        {},
        {"email": ""},
        {"email": "ada@council.example"},
        {"email": "ada@council.example", "email_verified": "true"},
        {"email": "nobody@council.example", "email_verified": True},
        {"email": "gone@council.example", "email_verified": True},
        {"email": "none@council.example", "email_verified": True},
    ],
)
def test_when_an_account_is_not_proven_to_be_a_listed_user_then_it_is_refused_and_noted(
    store: Settings, token: dict[str, object]
) -> None:
    for name, roles, active in (("ada", {Role.APPROVER}, True), ("gone", {Role.APPROVER}, False), ("none", set(), True)):
        save_user(store, SYSTEM, User(f"{name}@council.example", name, frozenset(roles), frozenset(), active))
    with pytest.raises(AccessDenied):
        admit(store, {"iss": "i", "sub": "s", **token}, BY_LIST)
    assert (events(store, SYSTEM)[0].action, events(store, SYSTEM)[0].subject) == (
        "sign_in_refused",
        subject_id({"iss": "i", "sub": "s"}),
    )


def test_when_a_listed_user_signs_in_then_the_role_listed_counts_and_not_the_groups(store: Settings) -> None:
    ada = save_user(store, SYSTEM, User("ada@council.example", "Ada", frozenset({Role.APPROVER}), frozenset({"adults-north"})))
    token = {"email": ada.id, "email_verified": True, "groups": ["administrators"], "name": "Somebody Else"}
    assert admit(store, token, BY_LIST) == ada
    assert (events(store, SYSTEM)[0].action, events(store, SYSTEM)[0].actor) == ("signed_in", ada.id)


def test_when_somebody_was_switched_off_then_their_groups_do_not_switch_them_on_again(store: Settings) -> None:
    by_groups = SignIn("127.0.0.1", roles={"leads": "approver"})
    token = {"iss": "i", "sub": "s", "groups": ["leads"], "name": "Lee"}
    user = admit(store, token, by_groups)
    save_user(store, SYSTEM, User(user.id, user.display_name, user.roles, user.teams, active=False))
    with pytest.raises(AccessDenied, match="switched off"):
        admit(store, token, by_groups)
    assert not next(one for one in list_users(store, SYSTEM) if one.id == user.id).active
