"""The transcript: name the speakers, read, hear and correct what was said."""

from __future__ import annotations

import streamlit as st

from core.findings import FINDING_KINDS
from core.sources import Source
from core.transcripts import TranscriptRecord, latest_transcript
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.look import safe
from ui.staff.parts.open_case import go, needs_consent, open_case
from ui.staff.parts.speakers import speakers
from ui.staff.parts.turns import turns
from ui.staff.words import SEVERITY, length


def page() -> None:
    """Draw the transcript of the chosen recording."""
    user = session.acting_user()
    state = open_case(user, "Transcript")
    if state is None or needs_consent(state):
        return
    source = choose_source(state)
    if source is None:
        return
    record = latest_transcript(session.settings(), user, source.id)
    if record is None:
        st.info(
            "This recording has no transcript yet. What to do: transcribe it under Consent and recording."
        )
        return
    transcript = record.transcript
    st.markdown(
        f"{safe(source.name)}, {length(transcript.duration)}, {len(transcript.turns)} turns. "
        f"Version {record.version}; "
        "version 1 is what the machine recognised. **It can be wrong: listen before you rely on it.**"
    )
    _findings(record)
    if not transcript.turns:
        st.info(
            "No speech was found. What to do: check that it is the right file, or write the note by hand."
        )
        return
    speakers(user, state, record)
    turns(user, record)
    if st.button("Go on to the note", type="primary"):
        go("note", state.case.id)


def choose_source(state: CaseState) -> Source | None:
    """Return the recording the page is about (asking when there are several), or say that there is none."""
    ready = {source.id: source for source in state.transcribed}
    if not ready:
        st.info("No recording of this case is transcribed yet. What to do: add one and transcribe it.")
        st.page_link(
            session.PAGES["case"], label="Go to Consent and recording", query_params={"case": state.case.id}
        )
        return None
    chosen = st.session_state.get("source_id")
    if len(ready) > 1:
        ids = list(ready)
        index = ids.index(chosen) if chosen in ready else 0
        chosen = st.selectbox("Recording", ids, index=index, format_func=lambda key: ready[key].name)
    source = ready.get(str(chosen)) or next(iter(ready.values()))
    st.session_state["source_id"] = source.id
    return source


def _findings(record: TranscriptRecord) -> None:
    shown = sorted(record.transcript.findings, key=lambda one: (one.severity == "info", one.rank))
    for one in shown[:5]:
        remedy = FINDING_KINDS.get(one.code).remedy if one.code in FINDING_KINDS else ""
        words = f"**{SEVERITY[one.severity]}.** {safe(one.message)}" + (
            f"  \nWhat to do: {safe(remedy)}" if remedy else ""
        )
        (st.info if one.severity == "info" else st.warning)(words)
