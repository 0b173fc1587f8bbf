"""Signing in with the council's own accounts (OpenID Connect): whether it is on, and whether it is set up rightly.

The file ``secrets.toml`` in the home folder holds ``[auth]`` for Streamlit's ``st.login`` and ``[rapt]``
for what an account may do. docs/sign-in.md says how. Whatever is wrong with it lets nobody in.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.access import Role
from core.errors import UsageError
from core.settings import Settings

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32
LOOPBACK = ("127.0.0.1", "localhost")
_REMEDY = "See docs/sign-in.md, correct secrets.toml in the home folder and start RAPT again."


@dataclass(frozen=True)
class SignIn:
    """What an account of the council's provider may do here."""

    address: str
    """host name at which people reach RAPT"""
    claims: tuple[str, ...] = ("groups", "roles")
    """claims of the ID token that name the account's groups or roles"""
    roles: Mapping[str, str] = field(default_factory=dict)
    """role by group"""
    teams: Mapping[str, str] = field(default_factory=dict)
    """team by group"""
    user_claim: str = ""
    """when set, this claim is the user id, and role and teams come from RAPT's own list of users"""


def secrets_file(settings: Settings) -> Path:
    """Return where the provider's details lie."""
    return settings.home / "secrets.toml"


def oidc_on(settings: Settings) -> bool:
    """Return whether people sign in at the provider; a file that is there counts, even when it is wrong."""
    return settings.sign_in == "oidc" or secrets_file(settings).exists()


def read_sign_in(settings: Settings) -> SignIn:
    """Return how people sign in; raises UsageError that names what is missing or wrong, never a value."""
    path = secrets_file(settings)
    if not path.is_file():
        raise UsageError("Signing in is set to `oidc`, but there is no secrets.toml in the home folder.", _REMEDY)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageError("Others on this machine can read secrets.toml.", "Run `chmod 600` on it and start RAPT again.")
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # its own text may quote a secret
        raise UsageError("secrets.toml cannot be read.", _REMEDY) from None
    address = _provider(content.get("auth"))
    return _mapping(content.get("rapt"), address)


def _provider(auth: Any) -> str:
    """Check ``[auth]`` and return the host name people use."""
    if not isinstance(auth, dict):
        raise UsageError("secrets.toml has no section [auth].", _REMEDY)
    missing = [key for key in NEEDED if not (isinstance(auth.get(key), str) and auth[key].strip())]
    if missing:
        raise UsageError(f"Section [auth] of secrets.toml lacks: {', '.join(missing)}.", _REMEDY)
    if len(auth["cookie_secret"]) < SHORTEST_SECRET:
        raise UsageError(f"cookie_secret is shorter than {SHORTEST_SECRET} characters.", _REMEDY)
    for key in ("redirect_uri", "server_metadata_url"):
        try:
            parts = urlsplit(auth[key].replace("{port}", "1"))
            host = parts.hostname or ""
        except ValueError:
            raise UsageError(f"{key} is not an address.", _REMEDY) from None
        if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
            raise UsageError(f"{key} must begin with https.", _REMEDY)
    if not auth["redirect_uri"].endswith("/oauth2callback"):
        raise UsageError("redirect_uri must end with /oauth2callback.", _REMEDY)
    return urlsplit(auth["redirect_uri"].replace("{port}", "1")).hostname or ""


def _mapping(rapt: Any, address: str) -> SignIn:
    """Check ``[rapt]``: every role is one, and there is one way in."""
    section = rapt if isinstance(rapt, dict) else {}
    unknown = set(section) - {"claims", "roles", "teams", "user_claim"}
    if unknown:
        raise UsageError(f"Section [rapt] of secrets.toml has unknown keys: {', '.join(sorted(unknown))}.", _REMEDY)
    roles, teams = section.get("roles", {}), section.get("teams", {})
    claims, user_claim = section.get("claims", ["groups", "roles"]), section.get("user_claim", "")
    texts = isinstance(roles, dict) and isinstance(teams, dict) and isinstance(claims, list)
    if not texts or not all(isinstance(one, str) for one in [*roles.values(), *teams.values(), *claims, user_claim]):
        raise UsageError("Section [rapt] of secrets.toml holds something that is not text.", _REMEDY)
    if not set(roles.values()) <= set(Role) - {Role.SYSTEM}:
        known = ", ".join(sorted(set(Role) - {Role.SYSTEM}))
        raise UsageError("Section [rapt] of secrets.toml names a role there is not.", f"The roles are: {known}.")
    if bool(roles) == bool(user_claim):
        raise UsageError("Section [rapt] of secrets.toml needs either roles or user_claim, not both.", _REMEDY)
    return SignIn(address, tuple(claims), roles, teams, user_claim)
