"""Deciding one section: approve, amend, reject or escalate. There is no way to decide several at once."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.review import ACTIONS, ReviewState, SectionState, decide
from ui.staff import session
from ui.staff.guard import guarded, say
from ui.staff.look import ask_to_bring
from ui.staff.parts.lines import edit_actions, edit_section
from ui.staff.parts.reading_clock import take


def decision(user: User, review: ReviewState, one: SectionState) -> None:
    """Draw the four ways to decide and the form of the chosen one."""
    if review.released:
        return
    st.subheader("Your decision on this section", anchor=False)
    mode_key = f"deciding-{review.draft_id}-{one.key}"
    with guarded():
        with st.container(horizontal=True):
            if st.button("Approve this section", type="primary", key=f"approve-{one.key}"):
                _save(user, review, one, "approve")
            for mode, label in (("amend", "Amend…"), ("reject", "Reject…"), ("escalate", "Escalate…")):
                if st.button(label, key=f"{mode}-{one.key}"):
                    st.session_state[mode_key] = mode
        mode = st.session_state.get(mode_key)
        if mode == "amend":
            _amend(user, review, one, mode_key)
        elif mode in ("reject", "escalate"):
            _reasoned(user, review, one, mode, mode_key)


def _amend(user: User, review: ReviewState, one: SectionState, mode_key: str) -> None:
    with st.form(f"amend-form-{one.key}"):
        if one.key == ACTIONS:
            lines = edit_actions(review.current.actions, review.draft_id)
        else:
            section = next(s for s in review.current.sections if s.key == one.key)
            lines = edit_section(section, review.draft_id)
        reason = st.text_input("Reason (optional)", key=f"amend-reason-{one.key}")
        with st.container(horizontal=True):
            save = st.form_submit_button("Save the amended section", type="primary")
            leave = st.form_submit_button("Leave it as it is")
        if save:
            st.session_state.pop(mode_key, None)
            _save(user, review, one, "amend", reason, lines)
        if leave:
            st.session_state.pop(mode_key, None)
            st.rerun()


def _reasoned(user: User, review: ReviewState, one: SectionState, mode: str, mode_key: str) -> None:
    words = {
        "reject": ("Reject: leave this section out of the note", "Why it is left out"),
        "escalate": ("Escalate: an approver decides", "What the approver should look at"),
    }[mode]
    with st.form(f"{mode}-form-{one.key}"):
        st.markdown(f"**{words[0]}**")
        reason = st.text_area(words[1], key=f"{mode}-reason-{one.key}", height=80)
        with st.container(horizontal=True):
            save = st.form_submit_button(f"Save: {mode}", type="primary")
            leave = st.form_submit_button("Leave it as it is")
        if save:
            _save(user, review, one, mode, reason)
            st.session_state.pop(mode_key, None)
        if save or leave:
            st.session_state.pop(mode_key, None)
            st.rerun()


def _save(
    user: User, review: ReviewState, one: SectionState, how: str, reason: str = "", lines: list | None = None
) -> None:
    seconds = take(review.draft_id, one.key)
    decide(
        session.settings(),
        user,
        review.draft_id,
        one.key,
        how,  # type: ignore[arg-type]
        reason=reason.strip(),
        lines=lines,
        seconds=seconds,
    )
    done = {"approve": "approved", "amend": "amended", "reject": "rejected", "escalate": "escalated"}[how]
    say(f"{one.heading}: {done}.")
    ask_to_bring()
    st.rerun()
