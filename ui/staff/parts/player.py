"""Hearing exactly one stretch of a recording: one player on the page at a time, so that it stays light."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.sources import recording_path
from ui.staff import session
from ui.staff.guard import guarded
from ui.staff.words import clock


def play(user: User, source_id: str, key: str, start: float, end: float, label: str) -> None:
    """Draw the button that plays ``start`` to ``end`` seconds and, once pressed, the player below it."""
    play_button(key, label)
    player(user, source_id, key, start, end)


def play_button(key: str, label: str) -> None:
    """Draw the button that opens or closes the player of this key."""
    st.button(label, key=f"play-{key}", on_click=_choose, args=(key,))


def player(user: User, source_id: str, key: str, start: float, end: float) -> None:
    """Draw the player if its button was the last one pressed."""
    if st.session_state.get("playing") != key:
        return
    with guarded():
        st.audio(
            clip(user, source_id, start, end),
            format="audio/wav",
            autoplay=True,
            alt=f"{clock(start)} to {clock(end)}",
        )


def clip(user: User, source_id: str, start: float, end: float) -> bytes:
    """Return the WAV of that stretch, access is checked by the core."""
    from transcription import turn_clip

    settings = session.settings()
    with recording_path(settings, user, source_id) as path:
        return turn_clip(path, start, end, settings=settings)


def _choose(key: str) -> None:
    # a second press of the same button closes the player
    st.session_state["playing"] = None if st.session_state.get("playing") == key else key
