"""The form that opens a case: reference, person, team and the people around it."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from core.access import User
from core.cases import Person, create_case
from core.evidence import Role
from ui.staff import session
from ui.staff.guard import guarded, say
from ui.staff.words import PERSON_ROLES, plain

PEOPLE = 4
"""rows for people on the form; more can be added on the case's page"""

CASE_ROLES = list(get_args(Role))


def new_case(user: User) -> None:
    """Draw the form; on success the case is open and its page shown."""
    teams = {team.id: team.name for team in session.profile().teams}
    with guarded(), st.form("new_case", border=False):
        reference = st.text_input("Reference (your council’s case number)", max_chars=60)
        title = st.text_input(
            "What it is about", max_chars=120, placeholder="For example: home visit after hospital"
        )
        team = st.selectbox("Team", sorted(user.teams), format_func=lambda key: teams.get(key, plain(key)))
        st.markdown(
            "**People in the conversation.** Their names help speech recognition to spell them. "
            "Leave a row empty if not needed."
        )
        people = [_person(index) for index in range(PEOPLE)]
        if st.form_submit_button("Open the case", type="primary"):
            case = create_case(
                session.settings(),
                user,
                reference=reference,
                title=title,
                team=str(team or ""),
                people=[one for one in people if one is not None],
            )
            session.open_case(case.id)
            say(f"Case {case.reference} is open. Next: record consent.")
            st.switch_page(session.PAGES["case"], query_params={"case": case.id})


def _person(index: int) -> Person | None:
    left, right = st.columns([3, 2])
    name = left.text_input(f"Name of person {index + 1}", max_chars=80, key=f"new_name_{index}")
    first = {0: "worker", 1: "person"}.get(index, "family")
    role = right.selectbox(
        f"Role of person {index + 1}",
        CASE_ROLES,
        index=CASE_ROLES.index(first),
        format_func=lambda key: plain(PERSON_ROLES[key]),
        key=f"new_role_{index}",
    )
    return Person(" ".join(name.split()), role) if name.strip() and role else None
