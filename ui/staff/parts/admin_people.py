"""Administration: the pilots' kill switches, and staff with their roles and teams."""

from __future__ import annotations

import streamlit as st

from core.access import Action, Role, User, allowed
from core.killswitch import set_pilot, switch_state
from core.users import list_users, save_user
from ui.staff import session
from ui.staff.guard import guarded, say
from ui.staff.look import safe, tags
from ui.staff.words import STAFF_ROLES, plain, when

PILOTS = {"visit_notes": "Visit notes"}


def pilots(user: User) -> None:
    """Draw every pilot with its switch and why it was last switched."""
    st.header("Pilots", anchor=False)
    for pilot, title in PILOTS.items():
        state = switch_state(session.settings(), pilot)
        with guarded(), st.container(border=True):
            st.subheader(title, anchor=False)
            tags(("On", "done") if state.on else ("Switched off", "block"))
            if state.at is not None:
                st.markdown(f"Last switched {when(state.at)} by {safe(state.who)}: {safe(state.why)}")
            if not allowed(user, Action.SWITCH_PILOT):
                st.info(
                    "Your role does not switch pilots. "
                    "What to do: ask an administrator or the Centre of Excellence."
                )
                continue
            word = "off" if state.on else "on"
            with st.form(f"switch-{pilot}", border=False):
                why = st.text_input(f"Why {title.lower()} is switched {word}")
                if st.form_submit_button(f"Switch {title.lower()} {word}"):
                    set_pilot(session.settings(), user, pilot, not state.on, why)
                    say(f"{title} is switched {word}.")
                    st.rerun()
            if state.on:
                st.caption(
                    "Switched off, nothing new is transcribed or drafted; released notes stay readable. "
                    "Write notes by hand."
                )


def staff(user: User) -> None:
    """Draw staff with their roles and teams, and the form that changes one."""
    st.header("People and roles", anchor=False)
    if not allowed(user, Action.MANAGE_USERS):
        st.info("Your role does not manage people. What to do: ask an administrator.")
        return
    known = {one.id: one for one in list_users(session.settings(), user)}
    teams = {team.id: team.name for team in session.profile().teams}
    teams |= {team: plain(team) for one in known.values() for team in one.teams if team not in teams}
    for one in known.values():
        roles = ", ".join(STAFF_ROLES.get(str(role), str(role)) for role in sorted(one.roles)) or "no role"
        of = ", ".join(teams[team] for team in sorted(one.teams)) or "no team"
        off = "" if one.active else " Switched off."
        st.markdown(f"**{safe(one.display_name)}** ({safe(one.id)}): {safe(roles)}; {safe(of)}.{off}")
    st.subheader("Add or change somebody", anchor=False)
    chosen = st.selectbox(
        "Who", ["", *known], format_func=lambda key: known[key].display_name if key else "Somebody new"
    )
    old = known.get(str(chosen))
    with guarded(), st.form(f"user-{chosen}"):
        user_id = old.id if old else st.text_input("User id (letters, digits and . _ @ -)", max_chars=64)
        name = st.text_input("Name", value=old.display_name if old else "", max_chars=80)
        st.markdown("**Roles**")
        roles = {
            role
            for role in STAFF_ROLES
            if st.checkbox(plain(STAFF_ROLES[role]), value=bool(old) and role in old.roles)
        }
        st.markdown("**Teams**")
        of_teams = {team for team in teams if st.checkbox(teams[team], value=bool(old) and team in old.teams)}
        active = st.checkbox("May sign in", value=old.active if old else True)
        if st.form_submit_button("Save", type="primary"):
            fresh = User(
                user_id.strip(),
                " ".join(name.split()),
                frozenset(map(Role, roles)),
                frozenset(of_teams),
                active,
            )
            save_user(session.settings(), user, fresh)
            say("Saved.")
            st.rerun()
