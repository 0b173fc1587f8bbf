"""Who are you: a chooser in local single-user mode, or the council's own sign-in (OIDC, see docs/sign-in.md)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access import Action, User, allowed
from core.clock import now
from core.errors import AccessDenied
from core.users import get_user, local_users
from ui import oidc
from ui.staff.guard import show
from ui.staff.identity import admit, user_id_of
from ui.staff.look import safe
from ui.staff.session import profile, settings, sign_in, sign_out
from ui.staff.words import STAFF_ROLES

CAN = {
    "practitioner": "records consent, uploads a recording, reads and decides the note",
    "approver": "does the same, decides what was escalated, and releases",
    "coe_reviewer": "sees scorecards, never a case",
    "administrator": "looks after users, retention, audit and the pilot switch, never a case",
}


def ensure_signed_in() -> bool:
    """Return True when somebody is signed in; otherwise draw the page that asks and return False."""
    if oidc.oidc_on(settings()):
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


def leave() -> None:
    """Sign out here and at the provider."""
    sign_out()
    st.logout()


def _oidc() -> bool:
    # read anew each time, so that a change that closes the door closes it at once
    chosen = oidc.read_sign_in(settings())
    if not st.user.get("is_logged_in"):
        st.title("Welcome to RAPT", anchor=False)
        st.write("Recorded visit to reviewed case note, on your council’s own machine.")
        if st.button("Sign in with your council account", type="primary"):
            st.login()
        return False
    token = st.user.to_dict()
    # the cookie outlives the token by weeks, so the token's own end is what counts
    if float(str(token.get("exp") or 0)) <= now().timestamp():
        st.title("Sign in again", anchor=False)
        st.write("Your sign-in has ended. What you saved is kept.")
        if st.button("Sign in again", type="primary"):
            leave()
        return False
    try:
        if st.session_state.get("user_id") != user_id_of(token, chosen):
            # a reload is a new session of the same account: it stays on its case, whose team is checked anyway
            sign_in(admit(settings(), token, chosen).id, stay=not st.session_state.get("user_id"))
        get_user(settings(), st.session_state["user_id"])  # switched off meanwhile
    except AccessDenied as error:
        st.session_state.pop("user_id", None)
        st.title("You cannot use RAPT yet", anchor=False)
        show(error)
        if st.button("Sign out"):
            leave()
        return False
    return True
