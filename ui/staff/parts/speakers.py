"""Naming the speakers: role and display name, with a sample of each voice."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from core.access import User
from core.evidence import Role, Transcript
from core.transcripts import TranscriptRecord, name_speaker
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say
from ui.staff.look import safe
from ui.staff.parts.player import play
from ui.staff.words import ROLES, length, plain


def display_name(transcript: Transcript, label: str) -> str:
    """Return how a speaker is called on the pages: name and role, or what is known of them."""
    name, role = transcript.names.get(label, ""), transcript.speakers.get(label, "unknown")
    if name and role != "unknown":
        return f"{name} ({ROLES[role]})"
    if role != "unknown":
        return plain(ROLES[role])
    return name or f"Speaker {label.removeprefix('S')}"


def speakers(user: User, state: CaseState, record: TranscriptRecord) -> None:
    """Draw every speaker with how long they speak, a sample to hear, and the form that names them."""
    transcript = record.transcript
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns))
    unnamed = [label for label in labels if transcript.speakers.get(label, "unknown") == "unknown"]
    st.header("Who is speaking", anchor=False)
    if unnamed:
        st.warning(
            f"{len(unnamed)} of {len(labels)} speakers have no role yet. Name them before drafting the note."
        )
    for label in labels:
        with guarded(), st.container(border=True):
            _speaker(user, state, record, label)


def _speaker(user: User, state: CaseState, record: TranscriptRecord, label: str) -> None:
    transcript = record.transcript
    turns = [turn for turn in transcript.turns if turn.speaker == label]
    spoken = sum(turn.end - turn.start for turn in turns)
    st.subheader(safe(display_name(transcript, label)), anchor=False)
    st.markdown(f"{len(turns)} turns, {length(spoken)}.")
    sample = next((turn for turn in turns if turn.end - turn.start >= 3 and not turn.overlap), turns[0])
    number = label.removeprefix("S")
    end = min(sample.end, sample.start + 8)
    play(user, record.source_id, f"voice-{label}", sample.start, end, f"Play a sample of speaker {number}")
    roles = list(get_args(Role))
    people = [one.name for one in state.case.people]
    with st.form(f"speaker-{record.source_id}-{label}", border=False):
        left, right = st.columns(2)
        role = left.selectbox(
            f"Role of speaker {number}",
            roles,
            index=roles.index(transcript.speakers.get(label, "unknown")),
            format_func=lambda key: plain(ROLES[key]),
        )
        name = right.text_input(
            f"Name of speaker {number}",
            value=transcript.names.get(label, ""),
            placeholder=f"For example {people[0]}" if people else "",
        )
        if st.form_submit_button(f"Save speaker {number}"):
            name_speaker(
                session.settings(),
                user,
                record.source_id,
                label,
                role or "unknown",
                " ".join(name.split()),
                based_on=record.version,
            )
            say(f"Speaker {number} is saved.")
            st.rerun()
