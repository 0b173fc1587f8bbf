"""From an ID token to a member of staff: by the account's groups, or by RAPT's own list of users."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from core import audit
from core.access import SYSTEM, Role, User
from core.errors import AccessDenied
from core.settings import Settings
from core.users import list_users, save_user
from ui.oidc import SignIn


def admit(settings: Settings, token: Mapping[str, Any], sign_in: SignIn) -> User:
    """Return who comes in with this token, and note it in the audit chain.

    Raises AccessDenied, noted too, for an account without a role here or one that was switched off.
    """
    try:
        user = _known(settings, token, sign_in) if sign_in.user_claim else _by_groups(settings, token, sign_in)
    except AccessDenied:
        audit.record(settings, SYSTEM, "sign_in_refused", subject_id(token))
        raise
    audit.record(settings, user, "signed_in", user.id)
    return user


def user_id_of(token: Mapping[str, Any], sign_in: SignIn) -> str:
    """Return the id under which the account of this token acts here."""
    return str(token.get(sign_in.user_claim) or "") if sign_in.user_claim else subject_id(token)


def subject_id(token: Mapping[str, Any]) -> str:
    """Return an id of the account that tells nothing about it."""
    subject = f"{token.get('iss', '')} {token.get('sub', '')}"
    return "oidc-" + hashlib.sha256(subject.encode()).hexdigest()[:16]


def user_of_token(token: Mapping[str, Any], sign_in: SignIn) -> User:
    """Return the user an ID token stands for by its groups; AccessDenied when none is mapped to a role."""
    held = {name for claim in sign_in.claims for name in _names(token.get(claim))}
    roles = frozenset(Role(role) for group, role in sign_in.roles.items() if group in held)
    teams = frozenset(team for group, team in sign_in.teams.items() if group in held)
    if not roles or not token.get("sub"):
        raise AccessDenied(
            "Your account has no role in RAPT.", "Ask your administrator to add you to one of RAPT’s groups."
        )
    name = str(token.get("name") or token.get("preferred_username") or "Signed-in user")
    return User(subject_id(token), " ".join(name.split())[:80], roles, teams)


def _names(claim: Any) -> set[str]:
    if isinstance(claim, str):
        return {claim}
    return set(map(str, claim)) if isinstance(claim, list | tuple) else set()


def _by_groups(settings: Settings, token: Mapping[str, Any], sign_in: SignIn) -> User:
    user = user_of_token(token, sign_in)
    stored = _stored(settings).get(user.id)
    if stored is not None and not stored.active:
        raise _switched_off()
    if stored != user:
        save_user(settings, SYSTEM, user)
    return user


def _known(settings: Settings, token: Mapping[str, Any], sign_in: SignIn) -> User:
    user_id = user_id_of(token, sign_in)
    stored = _stored(settings).get(user_id) if user_id else None
    if sign_in.user_claim == "email" and token.get("email_verified") is not True:
        stored = None  # anybody can claim an address that nobody has checked
    if stored is None or not stored.roles:
        raise AccessDenied(
            "Your account is not known in RAPT.", "Ask your administrator to add you under People and roles."
        )
    if not stored.active:
        raise _switched_off()
    return stored


def _stored(settings: Settings) -> dict[str, User]:
    return {user.id: user for user in list_users(settings, SYSTEM)}


def _switched_off() -> AccessDenied:
    return AccessDenied("Your account is switched off in RAPT.", "Ask your administrator to switch it on again.")
