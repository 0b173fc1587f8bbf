"""Release: what is still open, the named approver's act, and the released note to take away."""

from __future__ import annotations

import streamlit as st

from core import review as reviews
from core.access import Action, User, allowed
from core.release import ReleasedRecord, release, released_payload
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say
from ui.staff.look import html, safe
from ui.staff.parts.open_case import needs_consent, open_case
from ui.staff.words import OPEN_ITEMS, plain, when


def page() -> None:
    """Draw what stands between the draft and its release, and the released note."""
    user = session.acting_user()
    state = open_case(user, "Release")
    if state is None:
        return
    if state.released is not None:
        _released(user, state.released)
    if state.draft is None or state.draft.released:
        if state.released is None and not needs_consent(state):
            st.info("There is no draft to release yet. What to do: draft the note first.")
            st.page_link(session.PAGES["note"], label="Go to Note", query_params={"case": state.case.id})
        return
    if not needs_consent(state):
        _pending(user, state, state.draft.id)


def _pending(user: User, state: CaseState, draft_id: str) -> None:
    review = reviews.state(session.settings(), user, draft_id)
    st.header("Before it can be released", anchor=False)
    if review.open_items:
        items = "".join(
            f"<li>{html(OPEN_ITEMS.get(one.code, plain(one.code)))}: {html(plain(one.where))}</li>"
            for one in review.open_items
        )
        st.warning(
            f"**{len(review.open_items)} open.** The note cannot be released until each of these is settled."
        )
        st.html(f"<ul>{items}</ul>")
        st.page_link(session.PAGES["note"], label="Go to Note", query_params={"case": state.case.id})
        return
    st.success("Every section is decided and no finding blocks release.")
    if not allowed(user, Action.RELEASE, state.case):
        st.info(
            "Your role does not release notes. "
            "What to do: ask an approver of the team to open this case and release it."
        )
        return
    st.write(
        f"Releasing puts your name, {safe(user.display_name)}, on the note as its approver. "
        "It cannot be changed afterwards. "
        "The note says that AI was used, and with which model files."
    )
    with guarded():
        if st.button("Release the note in my name", type="primary"):
            release(session.settings(), user, state.case.id, draft_id)
            say("The note is released.")
            st.rerun()


def _released(user: User, record: ReleasedRecord) -> None:
    import pilots.visit_notes as visit_notes

    st.header("Released note", anchor=False)
    payload = released_payload(session.settings(), user, record.id)
    st.markdown(
        f"Approved by **{safe(payload.approver_name)}**, {when(record.approved_at)}. AI was used to draft it."
    )
    name = f"visit-note-{record.id}"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with guarded():
        with st.container(horizontal=True):
            st.download_button(
                "Download Word (.docx)", visit_notes.to_docx(payload), f"{name}.docx", word, on_click="ignore"
            )
            st.download_button(
                "Download PDF",
                visit_notes.to_pdf(payload),
                f"{name}.pdf",
                "application/pdf",
                on_click="ignore",
            )
            st.download_button(
                "Download JSON",
                visit_notes.to_json(payload),
                f"{name}.json",
                "application/json",
                on_click="ignore",
            )
        st.subheader("Copy as text", anchor=False)
        st.text_area(
            "The released note as text (select all and copy)",
            visit_notes.to_text(payload),
            height=320,
            key=f"text-{record.id}",
        )
