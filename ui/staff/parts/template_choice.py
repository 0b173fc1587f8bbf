"""Choosing a template and starting the draft, with the progress of that work."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.sources import Source
from core.transcripts import TranscriptRecord
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded
from ui.staff.look import safe
from ui.staff.parts.jobs import RUNNING, failed, follow


def draft_in_progress(state: CaseState) -> bool:
    """Draw the progress of a draft that is being written for the case; False when none is."""
    import pilots.visit_notes as visit_notes

    for source in state.transcribed:
        job = visit_notes.latest_job(session.settings(), source.id, "visit_notes.draft")
        if job is not None and job.state in RUNNING:
            st.header("The draft is being written", anchor=False)
            follow(job.id, "The draft is ready.")
            return True
    return False


def draft_choice(user: User, state: CaseState, source: Source, record: TranscriptRecord) -> None:
    """Draw the choice of template and the button that starts a draft; a failed one is said first."""
    import pilots.visit_notes as visit_notes

    job = visit_notes.latest_job(session.settings(), source.id, "visit_notes.draft")
    if job is not None and job.state in ("failed", "cancelled"):
        failed(job)
    templates = {one.key: one for one in visit_notes.templates()}
    unnamed = sum(
        record.transcript.speakers.get(turn.speaker, "unknown") == "unknown"
        for turn in record.transcript.turns
    )
    if unnamed:
        st.warning(
            f"{unnamed} turns are by speakers without a role, so the note cannot say who said them. "
            "What to do: name the speakers on the Transcript page first."
        )
    with guarded():
        key = st.selectbox("Template", list(templates), format_func=lambda one: templates[one].title)
        template = templates[str(key)]
        headings = "; ".join(heading.title for heading in template.headings)
        st.markdown(
            f"{safe(template.about)}  \nHeadings: {safe(headings)}. Version {safe(str(template.version))}."
        )
        if st.button("Draft the note", type="primary"):
            visit_notes.start_draft(session.settings(), user, state.case.id, source.id, template.key)
            st.rerun()
