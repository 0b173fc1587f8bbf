"""How long somebody worked on a section: the gaps between what they did on it, without long absences."""

from __future__ import annotations

import time

import streamlit as st

LONGEST_GAP_S = 300.0
"""a longer pause counts as this much: somebody went away and left the page open"""


def touch(draft_id: str, section: str) -> None:
    """Count the time since the last thing done on the note towards the section that was shown then."""
    state = st.session_state
    moment = time.monotonic()
    before, last = state.get("reading", ("", moment))
    if before:
        spent = state.setdefault("seconds", {})
        spent[before] = spent.get(before, 0.0) + min(moment - last, LONGEST_GAP_S)
    state["reading"] = (f"{draft_id}/{section}" if section else "", moment)


def take(draft_id: str, section: str) -> float:
    """Return the seconds counted for a section and start it again at zero."""
    touch(draft_id, section)
    return round(st.session_state.get("seconds", {}).pop(f"{draft_id}/{section}", 0.0), 1)
