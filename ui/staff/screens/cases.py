"""The team's cases with where each stands, and opening a new one."""

from __future__ import annotations

import streamlit as st

from core.access import Action, User, allowed
from core.cases import list_cases
from ui.staff import session
from ui.staff.case_state import CaseState, case_state, labels
from ui.staff.look import html, safe, tags
from ui.staff.parts.new_case import new_case
from ui.staff.words import plain, when

PER_PAGE = 20


def page() -> None:
    """Draw the list of cases, or say why it is empty."""
    st.title("Cases", anchor=False)
    user = session.acting_user()
    if not allowed(user, Action.OPEN_CASE):
        st.info(
            "Your role does not open cases. What to do: see Administration, or ask for the practitioner role."
        )
        return
    with st.expander("Open a new case"):
        new_case(user)
    cases = list_cases(session.settings(), user)
    if not cases:
        st.info(
            "Your team has no cases yet. What to do: open one above, "
            "or load the fictional sample cases with `rapt sample load`."
        )
        return
    wanted = st.text_input("Find a case by reference, title or person", key="find_case").strip().casefold()
    found = [
        case
        for case in cases
        if wanted in " ".join([case.reference, case.title, *(one.name for one in case.people)]).casefold()
    ]
    st.header(f"{len(found)} case{'s' if len(found) != 1 else ''}", anchor=False)
    if not found:
        st.info("No case matches. What to do: shorten or clear the search.")
    pages = max(1, -(-len(found) // PER_PAGE))
    number = 1
    if pages > 1:
        number = int(st.number_input(f"Page (of {pages})", 1, pages, 1, key="cases_page"))
    for case in found[(number - 1) * PER_PAGE : number * PER_PAGE]:
        _card(user, case_state(session.settings(), user, case))


def _card(user: User, state: CaseState) -> None:
    case = state.case
    teams = {team.id: team.name for team in session.profile().teams}
    with st.container(border=True):
        st.subheader(safe(f"{case.reference}: {case.title}"), anchor=False)
        tags(*labels(state))
        people = ", ".join(one.name for one in case.people) or "no people named"
        st.html(
            f"<div>{html(people)}. {html(teams.get(case.team, plain(case.team)))}. "
            f"Opened {html(when(case.created_at))}. <strong>Next: {html(state.next_step)}.</strong></div>"
        )
        if st.button(f"Open {safe(case.reference)}", key=f"open-{case.id}", type="primary"):
            session.open_case(case.id)
            st.switch_page(session.PAGES["case"], query_params={"case": case.id})
