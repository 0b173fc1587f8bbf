"""Who are you: a chooser in local single-user mode, or the council's sign-in (OIDC) when configured.

OIDC is on when Streamlit's secrets hold ``[auth]`` (see Streamlit's ``st.login``) and ``[rapt]``::

    [rapt]
    roles = {"<group or role in the ID token>" = "practitioner", ...}
    teams = {"<group or role in the ID token>" = "<team id of the profile>", ...}
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.access import SYSTEM, Action, Role, User, allowed
from core.clock import now
from core.errors import AccessDenied
from core.users import local_users, save_user
from ui.staff.look import safe
from ui.staff.session import profile, settings, sign_in, sign_out
from ui.staff.words import STAFF_ROLES

CAN = {
    "practitioner": "records consent, uploads a recording, reads and decides the note",
    "approver": "does the same, decides what was escalated, and releases",
    "coe_reviewer": "sees scorecards, never a case",
    "administrator": "looks after users, retention, audit and the pilot switch, never a case",
}


def oidc_configured() -> bool:
    """Return whether the council's own sign-in is configured."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def ensure_signed_in() -> bool:
    """Return True when somebody is signed in; otherwise draw the page that asks and return False."""
    if oidc_configured():
        return _oidc()
    if st.session_state.get("user_id"):
        return True
    _chooser()
    return False


def _chooser() -> None:
    st.title("Welcome to RAPT", anchor=False)
    st.write("Recorded visit to reviewed case note, on your own machine. Say who you are to begin.")
    # those who do case work first: they are who opens this page most
    users = sorted(
        local_users(settings()),
        key=lambda user: (not allowed(user, Action.OPEN_CASE), allowed(user, Action.RELEASE)),
    )
    if not users:
        st.warning("There are no users yet. What to do: run `rapt sample load`, then reload this page.")
        return
    st.header("Who are you?", anchor=False)
    teams = {team.id: team.name for team in profile().teams}
    by_id = {user.id: user for user in users}
    with st.form("who", border=True):
        chosen = st.radio(
            "User",
            list(by_id),
            format_func=lambda key: safe(describe(by_id[key], teams)),
            captions=[_can(user) for user in users],
        )
        if st.form_submit_button("Start", type="primary"):
            sign_in(str(chosen))
            st.rerun()
    st.caption(
        "Local mode for one person at this machine: it asks no password, so it answers on 127.0.0.1 only."
    )


def describe(user: User, teams: Mapping[str, str]) -> str:
    """Return a user as "Name, roles (teams)"."""
    roles = ", ".join(STAFF_ROLES.get(str(role), str(role)) for role in sorted(user.roles))
    of = ", ".join(teams.get(team, team) for team in sorted(user.teams))
    return f"{user.display_name}, {roles}" + (f" ({of})" if of else "")


def _can(user: User) -> str:
    words = "; ".join(CAN[str(role)] for role in sorted(user.roles) if str(role) in CAN)
    return words[:1].upper() + words[1:]


def _oidc() -> bool:
    if not st.user.is_logged_in:
        st.title("Welcome to RAPT", anchor=False)
        if st.button("Sign in with your council account", type="primary"):
            st.login()
        return False
    token = st.user.to_dict()
    # the cookie outlives the token by weeks, so the token's own end is what counts
    if float(str(token.get("exp") or 0)) <= now().timestamp():
        st.title("Sign in again", anchor=False)
        st.write("Your sign-in has ended.")
        if st.button("Sign in again", type="primary"):
            sign_out()
            st.logout()
        return False
    user = user_of_token(token, st.secrets.get("rapt", {}))
    if st.session_state.get("user_id") != user.id:
        save_user(settings(), SYSTEM, user)
        sign_in(user.id)
    return True


def user_of_token(token: Mapping[str, Any], mapping: Mapping[str, Any]) -> User:
    """Return the user an ID token stands for; AccessDenied when nothing in it is mapped to a role."""
    held = {*map(str, token.get("groups") or ()), *map(str, token.get("roles") or ())}
    roles = frozenset(Role(role) for group, role in dict(mapping.get("roles", {})).items() if group in held)
    teams = frozenset(str(team) for group, team in dict(mapping.get("teams", {})).items() if group in held)
    if not roles:
        raise AccessDenied(
            "Your account has no role in RAPT.", "Ask your administrator to add you to one of RAPT's groups."
        )
    subject = f"{token.get('iss', '')} {token.get('sub', '')}"
    return User(
        id="oidc-" + hashlib.sha256(subject.encode()).hexdigest()[:16],
        display_name=str(token.get("name") or token.get("preferred_username") or "Signed-in user"),
        roles=roles,
        teams=teams,
    )
