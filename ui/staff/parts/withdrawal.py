"""Withdrawal of consent: two plain steps, and what will be deleted is said before."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.withdrawal import withdraw
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say
from ui.staff.words import plain


def withdrawal(user: User, state: CaseState) -> None:
    """Draw the first step, and after it the second."""
    with guarded():
        st.header("If they change their mind", anchor=False)
        st.write(
            "People may withdraw at any time, also in the middle of a visit. "
            "It makes no difference to their care."
        )
        if not st.session_state.get("withdrawing") == state.case.id:
            if st.button("Withdraw consent…"):
                st.session_state["withdrawing"] = state.case.id
                st.rerun()
            return
        count = len(state.sources)
        st.warning(
            "**This cannot be undone.** It deletes, at once and for good: "
            f"{count} recording{'s' if count != 1 else ''}, "
            "every transcript with its corrections, and every draft with its decisions. "
            "One line stays in the ledger: that consent was withdrawn, and when."
        )
        with st.container(horizontal=True):
            if st.button("Yes, withdraw and delete", type="primary"):
                done = withdraw(session.settings(), user, state.case.id)
                for key in ("withdrawing", "playing", "source_id", "section"):
                    st.session_state.pop(key, None)
                counts = ", ".join(
                    f"{plain(kind).lower()} {number}" for kind, number in done.counts.items() if number
                )
                say(f"Consent is withdrawn. Deleted: {counts or 'nothing was stored'}.")
                st.rerun()
            if st.button("No, keep everything"):
                st.session_state.pop("withdrawing", None)
                st.rerun()
