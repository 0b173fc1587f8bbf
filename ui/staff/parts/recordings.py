"""Adding a recording by file or microphone, and every recording of the case with its state."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from core.access import User
from core.clock import now
from core.sources import Source, add_recording
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say, show_said
from ui.staff.look import safe, tags
from ui.staff.parts.jobs import transcription_job
from ui.staff.parts.open_case import go
from ui.staff.spool import opened
from ui.staff.words import plain, size, when

TYPES = ["wav", "mp3", "m4a", "ogg", "opus", "oga", "flac", "mp4", "webm", "aac"]
STATES = {"stored": "", "working": "warn", "transcribed": "done", "failed": "block"}


def recordings(user: User, state: CaseState) -> None:
    """Draw the recordings of the case and the two ways of adding one."""
    st.header("Recordings", anchor=False)
    if not state.sources:
        st.info("No recording yet. What to do: add a file, or record in this browser.")
    for source in state.sources:
        with st.container(border=True):
            _recording(user, state, source)
    st.header("Add a recording", anchor=False)
    _add(user, state)


def _recording(user: User, state: CaseState, source: Source) -> None:
    st.subheader(safe(source.name), anchor=False)
    tags((plain(source.state), STATES.get(source.state, "")))
    st.markdown(f"{size(source.size)}, added {when(source.created_at)}")
    transcription_job(user, state.case, source)
    if source.state == "transcribed" and st.button(
        "Read the transcript", key=f"read-{source.id}", type="primary"
    ):
        st.session_state["source_id"] = source.id
        go("transcript", state.case.id)


def _add(user: User, state: CaseState) -> None:
    # said here, where the person is, and not at the top of the page
    if st.session_state.pop("just_added", False):
        show_said()
    with guarded():
        # a new key empties the widget: the upload must not stay in the app's memory
        turn = st.session_state.get("upload_turn", 0)
        limit = session.settings().max_upload_mb
        st.caption(
            "wav, mp3, m4a, ogg, opus, flac, mp4 or webm; the sound of a video is used, its picture is not. "
            f"At most {limit} MB: cut a larger recording into parts and add them one by one."
        )
        given = st.file_uploader(
            "Sound or video file", type=TYPES, key=f"upload-{turn}", max_upload_size=limit
        )
        spoken = st.audio_input("Or record in this browser", key=f"microphone-{turn}", sample_rate=16000)
        st.caption(
            "It is stored when you stop recording. Until then it is only in this browser: keep the page open, "
            "and use a recorder for long visits. If it does not start: plug a microphone in, allow it for this "
            "page in your browser’s settings, reload the page, or add a file instead."
        )
        chosen = given or spoken
        if chosen is None:
            return
        name = chosen.name if given else recorded_name(now())
        with st.spinner("Storing the recording, encrypted…"):
            try:
                # what Streamlit holds is only the word that asks for the sealed upload
                with opened(chosen.getvalue().decode("ascii", "replace")) as clear:
                    source = add_recording(
                        session.settings(), user, state.case.id, clear, name, chosen.type or ""
                    )
            finally:
                st.session_state["upload_turn"] = turn + 1
        if source.duplicate:
            say(
                f"This is the same recording as “{source.name}”, which is already here. "
                "It was not stored twice."
            )
        else:
            say(f"“{source.name}” is stored. Next: transcribe it.")
        st.session_state["just_added"] = True
        st.rerun()


def recorded_name(moment: datetime) -> str:
    """Return the file name of a recording made in the browser: its day and time in London."""
    return f"Recorded {when(moment).replace(':', '.')}.wav"
