"""The people of the case: shown as a line, changed in a small form."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.cases import Person, set_people
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say
from ui.staff.look import safe
from ui.staff.parts.new_case import CASE_ROLES
from ui.staff.words import PERSON_ROLES, plain


def people(user: User, state: CaseState) -> None:
    """Draw who is in the case, and the form to change it."""
    known = state.case.people
    line = ", ".join(f"{one.name} ({PERSON_ROLES[one.role]})" for one in known)
    st.markdown(f"**People:** {safe(line) or 'nobody named yet'}")
    with guarded(), st.expander("Change the people of this case"):
        with st.form("people"):
            rows = [
                _row(f"{state.case.id}-{index}", index, known[index] if index < len(known) else None)
                for index in range(len(known) + 2)
            ]
            st.caption("Empty a name to take that person off the list.")
            if st.form_submit_button("Save the people"):
                set_people(session.settings(), user, state.case.id, [row for row in rows if row is not None])
                say("The people of the case are saved.")
                st.rerun()


def _row(key: str, index: int, person: Person | None) -> Person | None:
    left, right = st.columns([3, 2])
    name = left.text_input(
        f"Name {index + 1}", value=person.name if person else "", max_chars=80, key=f"name-{key}"
    )
    role = right.selectbox(
        f"Role {index + 1}",
        CASE_ROLES,
        index=CASE_ROLES.index(person.role)
        if person and person.role in CASE_ROLES
        else CASE_ROLES.index("family"),
        format_func=lambda key: plain(PERSON_ROLES[key]),
        key=f"role-{key}",
    )
    return Person(" ".join(name.split()), role) if name.strip() and role else None
