"""A case's first step: who is in it, consent as data, the recordings, and withdrawal."""

from __future__ import annotations

import streamlit as st

from core.consent import latest_consent
from ui.staff import session
from ui.staff.parts import consent_form
from ui.staff.parts.open_case import open_case
from ui.staff.parts.people import people
from ui.staff.parts.recordings import recordings
from ui.staff.parts.withdrawal import withdrawal


def page() -> None:
    """Draw the case; without consent only the consent form can be used, and the page says why."""
    user = session.acting_user()
    state = open_case(user, "Consent and recording")
    if state is None:
        return
    people(user, state)
    st.header("Consent", anchor=False)
    record = latest_consent(session.settings(), user, state.case.id)
    if record is not None:
        consent_form.show_record(record)
    if state.consent == "agreed":
        recordings(user, state)
        withdrawal(user, state)
        return
    if state.consent == "none":
        st.warning(
            "**Nothing can be recorded, transcribed or drafted yet.** What to do: tell everybody who will be "
            "recorded, then save their answer here. If anybody refuses, do not record."
        )
        consent_form.ask(user, state)
        return
    st.warning(
        "Nothing may be recorded or processed for this case. Write the note by hand. "
        "If they are asked again later and agree, save the new answer here."
    )
    if st.toggle("They were asked again"):
        consent_form.ask(user, state)
