"""The evidence of a statement or finding: who said it, when, the words, and the sound."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.access import User
from core.evidence import Evidence, SpeechEvidence, Transcript
from ui.staff.look import html
from ui.staff.parts.player import play
from ui.staff.parts.speakers import display_name
from ui.staff.words import clock


@dataclass(frozen=True)
class Recording:
    """What the evidence of a draft points into."""

    source_id: str
    transcript: Transcript | None


def show_evidence(user: User, recording: Recording, evidence: tuple[Evidence, ...], key: str) -> None:
    """Draw every piece of evidence with its player."""
    if not evidence:
        st.html("<div><em>No evidence: nothing in the recording is cited for this.</em></div>")
    for index, one in enumerate(evidence):
        if isinstance(one, SpeechEvidence):
            _speech(user, recording, one, f"{key}-{index}")
        else:
            st.html(f'<div class="rapt-quote">{html(one.document)}: “{html(one.quote)}”</div>')


def _speech(user: User, recording: Recording, one: SpeechEvidence, key: str) -> None:
    who = display_name(recording.transcript, one.speaker) if recording.transcript else one.speaker
    span = f"{clock(one.start)} to {clock(one.end)}"
    st.html(
        f'<div class="rapt-quote rapt-turn"><span class="who">{html(who)}</span> '
        f'<span class="time">{span}</span><div>“{html(one.quote)}”</div></div>'
    )
    if recording.source_id:
        play(user, recording.source_id, key, one.start, one.end, f"Play {span}")
