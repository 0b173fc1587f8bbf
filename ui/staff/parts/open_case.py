"""The top of every page of a case: which case, where it stands, and links to its steps."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.cases import get_case
from core.errors import RaptError
from ui.staff import session
from ui.staff.case_state import CaseState, case_state, labels
from ui.staff.look import safe, tags
from ui.staff.words import CONSENT

STEPS = {
    "case": "1. Consent and recording",
    "transcript": "2. Transcript",
    "note": "3. Note",
    "release": "4. Release",
}


def open_case(user: User, title: str) -> CaseState | None:
    """Draw title, case and steps; return where the case stands, or None (and say so) when none is open."""
    st.title(title, anchor=False)
    chosen = session.case_id()
    if not chosen:
        st.info("No case is open. What to do: choose one under Cases.")
        st.page_link(session.PAGES["cases"], label="Go to Cases")
        return None
    try:
        case = get_case(session.settings(), user, chosen)
    except RaptError:
        st.session_state.pop("case_id", None)
        st.query_params.clear()
        raise
    state = case_state(session.settings(), user, case)
    st.markdown(f"**{safe(case.reference)}**: {safe(case.title)}")
    tags(*labels(state))
    with st.container(horizontal=True, key="steps"):
        for key, label in STEPS.items():
            st.page_link(session.PAGES[key], label=label, query_params={"case": case.id})
    return state


def needs_consent(state: CaseState) -> bool:
    """Return True (and say why nothing can be done) when consent does not stand."""
    if state.consent == "agreed":
        return False
    why = {
        "none": "Nothing can be recorded, transcribed or drafted until consent is on record.",
        "refused": "The person refused. Nothing may be recorded or processed; write the note by hand.",
        "withdrawn": "Consent was withdrawn. The recording and everything made from it were deleted.",
    }[state.consent]
    st.warning(f"**{CONSENT[state.consent]}.** {why}")
    st.page_link(
        session.PAGES["case"], label="Go to Consent and recording", query_params={"case": state.case.id}
    )
    return True


def go(page: str, case_id: str) -> None:
    """Show another page of the case."""
    st.switch_page(session.PAGES[page], query_params={"case": case_id})
