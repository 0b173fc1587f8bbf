"""The note: choose a template, read the draft section by section with its evidence, decide one at a time."""

from __future__ import annotations

import streamlit as st

from core import review as reviews
from core.drafts import DraftRecord
from core.sources import get_source
from core.transcripts import get_transcript, latest_transcript
from core.users import local_users
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import show_said
from ui.staff.look import bring_into_view, safe
from ui.staff.parts import findings, reading_clock, sections
from ui.staff.parts.decide import decision
from ui.staff.parts.evidence import Recording
from ui.staff.parts.history import history
from ui.staff.parts.open_case import go, needs_consent, open_case
from ui.staff.parts.template_choice import draft_choice, draft_in_progress
from ui.staff.screens.transcript import choose_source
from ui.staff.words import plain, when


def page() -> None:
    """Draw the draft of the case, or the way to one."""
    user = session.acting_user()
    state = open_case(user, "Note")
    if state is None or needs_consent(state):
        return
    if draft_in_progress(state):
        return
    if state.draft is None:
        _new_draft(state)
        return
    with st.expander("Draft again, or with another template"):
        st.markdown(
            "A new draft starts from the present transcript. "
            "Decisions on the draft below stay with that draft."
        )
        _new_draft(state)
    _review(state, state.draft)


def _new_draft(state: CaseState) -> None:
    user = session.acting_user()
    source = choose_source(state)
    if source is None:
        return
    record = latest_transcript(session.settings(), user, source.id)
    if record is None or not record.transcript.turns:
        st.info(
            "There are no words to draft from. What to do: transcribe a recording in which somebody speaks."
        )
        return
    draft_choice(user, state, source, record)


def _review(state: CaseState, draft: DraftRecord) -> None:
    user, settings = session.acting_user(), session.settings()
    review = reviews.state(settings, user, draft.id)
    recording = _recording(draft)
    st.markdown(
        f"**{safe(_template_title(draft.template))}**, version {draft.version} of the draft, "
        f"{when(draft.created_at)}. "
        + (
            "Released: it can no longer be changed."
            if review.released
            else "**Unreviewed draft: a program wrote it.**"
        )
    )
    findings.overview(review)
    findings.of_whole_note(user, review, recording)
    st.header("Sections", anchor=False)
    sections.table(review)
    one = sections.choose(review)
    reading_clock.touch(draft.id, "" if review.released else one.key)
    with st.container(key="section-top"):
        st.header(safe(one.heading), anchor=False)
        show_said()
        bring_into_view("section-top")
    names = {user.id: user.display_name for user in local_users(settings)}
    history(one, names)
    _body(review, recording, one)
    findings.of_section(user, review, recording, one.key)
    decision(user, review, one)
    sections.next_button(review, one)
    if review.ready and st.button("Go on to release", type="primary"):
        go("release", state.case.id)


@st.fragment
def _body(review: reviews.ReviewState, recording: Recording, one: reviews.SectionState) -> None:
    sections.body(session.acting_user(), review, recording, one)


def _recording(draft: DraftRecord) -> Recording:
    if not draft.transcript_id:
        return Recording("", None)
    record = get_transcript(session.settings(), session.acting_user(), draft.transcript_id)
    source = get_source(session.settings(), session.acting_user(), record.source_id)
    newest = latest_transcript(session.settings(), session.acting_user(), record.source_id) or record
    # speakers may have been named since; the turns stay those the draft was written from
    named = record.transcript.model_copy(
        update={"names": newest.transcript.names, "speakers": newest.transcript.speakers}
    )
    # without its file (retention) there is nothing to play; the words are still shown
    return Recording(record.source_id if source.file_id else "", named)


def _template_title(key: str) -> str:
    import pilots.visit_notes as visit_notes

    return next((one.title for one in visit_notes.templates() if one.key == key), plain(key))
