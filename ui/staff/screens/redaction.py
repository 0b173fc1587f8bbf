"""Redaction: a text in, its masks shown with their reasons, changed by a person, and the checked copy out."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from core.access import Action, require
from ui.staff import session
from ui.staff.parts.redaction_start import start
from ui.staff.parts.redaction_words import SAID
from ui.staff.parts.redaction_work import current

CSS = "<style>\n" + files("ui.staff").joinpath("redaction.css").read_text("utf-8") + "</style>"


def page() -> None:
    """Draw the start, or the document under review."""
    user = session.acting_user()
    st.html(CSS)
    st.title("Redaction", anchor=False)
    require(user, Action.DRAFT)
    st.markdown(f"Names and other identifiers are replaced by tokens. **{SAID}** Nothing leaves this machine.")
    work = current()
    if work is None:
        start(user)
        return
    # loads every recogniser's library: not before somebody needs it
    from ui.staff.parts.redaction_reading import reading

    reading(user, work)
