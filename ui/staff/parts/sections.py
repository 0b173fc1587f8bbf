"""The sections of a note: a table of where each stands, and one section at a time to read."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.review import ACTIONS, ReviewState, SectionState
from ui.staff.look import ask_to_bring, html, safe
from ui.staff.parts.evidence import Recording, show_evidence
from ui.staff.parts.findings import ranked, section_of
from ui.staff.words import DECISIONS, ORIGIN, STATUS


def standing(state: SectionState) -> str:
    """Return the decision on a section in words."""
    return DECISIONS[state.decision.decision] if state.decision else "Not decided"


def table(review: ReviewState) -> None:
    """Draw every section with its content, decision and open findings."""
    still = [section_of(review.current, one) for one in ranked(review.findings)]
    rows = "".join(
        f"<tr><th scope='row'>{html(one.heading)}</th><td>{html(_content(review, one))}</td>"
        f"<td>{html(standing(one))}</td><td>{still.count(one.key) or 'none'}</td></tr>"
        for one in review.sections
    )
    st.html(
        "<table class='rapt-table'><caption>Every section is decided on its own.</caption><thead><tr>"
        "<th scope='col'>Section</th><th scope='col'>Content</th><th scope='col'>Decision</th>"
        f"<th scope='col'>Open findings</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _content(review: ReviewState, one: SectionState) -> str:
    if one.key == ACTIONS:
        count = len(review.current.actions)
        return f"{count} action{'s' if count != 1 else ''}"
    section = next((s for s in review.current.sections if s.key == one.key), None)
    if section is None or section.status == "not_discussed":
        return STATUS["not_discussed"]
    count = len(section.statements)
    return f"{count} statement{'s' if count != 1 else ''}"


def choose(review: ReviewState) -> SectionState:
    """Return the section to read: the chosen one, at first the first that is not decided."""
    by_key = {one.key: one for one in review.sections}
    undecided = [one.key for one in review.sections if one.decision is None]
    wanted = st.session_state.pop("section", None)
    box = f"section-{review.draft_id}"
    if wanted in by_key:
        st.session_state[box] = wanted
    elif st.session_state.get(box) not in by_key:
        st.session_state[box] = undecided[0] if undecided else review.sections[0].key
    key = st.selectbox(
        "Section to read and decide", list(by_key), key=box, format_func=lambda one: by_key[one].heading
    )
    return by_key[str(key)]


def next_button(review: ReviewState, now: SectionState) -> None:
    """Draw the way to the next section that is not decided."""
    undecided = [one for one in review.sections if one.decision is None and one.key != now.key]
    if undecided:
        after = [one for one in undecided if review.sections.index(one) > review.sections.index(now)]
        target = (after or undecided)[0]
        if st.button(f"Next undecided section: {safe(target.heading)}"):
            st.session_state["section"] = target.key
            ask_to_bring()
            st.rerun()


def body(user: User, review: ReviewState, recording: Recording, one: SectionState) -> None:
    """Draw the statements of a section, each with its evidence."""
    if one.key == ACTIONS:
        if not review.current.actions:
            st.html("<div><em>Nobody said they would do anything.</em></div>")
        for number, action in enumerate(review.current.actions, 1):
            with st.container(border=True):
                st.html(
                    f"<div><strong>Action {number}.</strong> {html(action.what)}<br>"
                    f"Owner: {html(action.owner)}. Due: {html(action.due)}.</div>"
                )
                show_evidence(user, recording, action.evidence, f"action-{number}")
        return
    section = next((s for s in review.current.sections if s.key == one.key), None)
    if section is None or section.status == "not_discussed" or not section.statements:
        st.html(
            "<div><em>Not discussed.</em> Nobody spoke about this, so the note says so. "
            "Add what you know by amending.</div>"
        )
        return
    for number, statement in enumerate(section.statements, 1):
        with st.container(border=True):
            st.html(
                f"<div><strong>{number}.</strong> {html(statement.text)} "
                f'<span class="rapt-tag">{ORIGIN[statement.origin]}</span></div>'
            )
            if statement.evidence or statement.origin != "human":
                show_evidence(user, recording, statement.evidence, f"statement-{one.key}-{number}")
