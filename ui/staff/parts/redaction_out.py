"""The end of a review: the redacted copy and its report, only while the leak test passes."""

from __future__ import annotations

import json
from pathlib import PurePath

import streamlit as st

from core import audit
from core.access import User
from core.clock import now
from redaction.review_report import reviewed_report, reviewed_text
from ui.staff import session
from ui.staff.guard import guarded
from ui.staff.parts.redaction_words import SAID
from ui.staff.parts.redaction_work import Work, make_file

MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}


def downloads(user: User, work: Work) -> None:
    """Draw the download buttons, or say why there are none."""
    st.header("Take the copy", anchor=False)
    with guarded():
        if not work.review.clean:
            st.error(
                "**Nothing can be downloaded yet: the leak test found something.**  \n"
                "What to do: mask what is marked “still readable”."
            )
            return
        st.markdown(f"Read the whole text first. **{SAID}**")
        if work.case is not None and not work.stored:
            st.caption("A copy of a case keeps its way back in the case. After that it cannot be changed here.")
            if st.button("Keep it in the case and make the files", type="primary"):
                work.stored = work.case.store(work.review).id
                st.rerun()
            return
        if work.is_document and (work.file is None or work.file[0] != len(work.review.decisions)):
            if st.button(f"Make the redacted {work.suffix}", type="primary"):
                with st.spinner("Writing the copy, and looking through the finished file…"):
                    make_file(session.settings(), work)
                st.rerun()
            return
        _buttons(user, work)


def _buttons(user: User, work: Work) -> None:
    made = make_file(session.settings(), work) if work.is_document else reviewed_text(work.review).encode("utf-8")
    report = json.dumps(reviewed_report(work.review, user.id, now()), ensure_ascii=False, indent=2) + "\n"
    # not the original's name: file names often hold a person's
    with st.container(horizontal=True):
        st.download_button(
            f"Download the redacted copy ({work.suffix})",
            made,
            file_name=f"redacted{PurePath('x' + work.suffix).suffix}",
            mime=MIME[work.suffix],
            type="primary",
            on_click=_taken,
            args=(user, work.subject, len(work.review.decisions)),
        )
        st.download_button("Download the report (.json)", report, file_name="redaction-report.json", mime="application/json")


def _taken(user: User, subject: str, decisions: int) -> None:
    audit.record(session.settings(), user, "redaction_copy_taken", subject, decisions=decisions)
