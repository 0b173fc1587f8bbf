"""Long work on the page: start, progress that refreshes itself, failure with remedy and retry."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.cases import Case
from core.jobs import JobStatus, cancel, retry
from core.sources import Source
from core.worker import worker_alive
from ui.staff import session
from ui.staff.guard import coded, guarded, say
from ui.staff.look import safe

RUNNING = ("queued", "running")
SPEAKERS = {"unknown": None, **{str(count): count for count in range(1, 7)}}


def transcription_job(user: User, case: Case, source: Source) -> None:
    """Draw what can be done with a recording: transcribe it, watch it, or try again."""
    import pilots.visit_notes as visit_notes

    job = visit_notes.latest_job(session.settings(), source.id, "visit_notes.transcribe")
    if job is not None and job.state in RUNNING:
        follow(job.id, "The transcript is ready.")
        return
    if job is not None and job.state in ("failed", "cancelled"):
        failed(job)
        return
    if source.state == "transcribed":
        return
    with guarded():
        count = st.selectbox(
            "How many people speak?",
            list(SPEAKERS),
            key=f"speakers-{source.id}",
            help="Leave it unknown if you are not sure: RAPT finds the number itself.",
        )
        if st.button("Transcribe", key=f"transcribe-{source.id}", type="primary"):
            visit_notes.start_transcription(
                session.settings(), user, case.id, source.id, SPEAKERS[count or "unknown"]
            )
            st.rerun()


def follow(job_id: str, done: str) -> None:
    """Draw the progress of a job every second until it ends, then the whole page anew with ``done``."""
    st.caption("You can close this page: the work goes on, and its state is here when you come back.")

    @st.fragment(run_every=1.0)
    @guarded()
    def bar() -> None:
        from core import jobs

        seen = jobs.status(job_id, session.settings())
        if seen.state not in RUNNING:
            if seen.state == "done":
                say(done)
            st.rerun(scope="app")
        percent = round(100 * seen.fraction)
        words = safe(seen.label) if seen.state == "running" and seen.label else "Waiting for the worker"
        detail = f" ({safe(seen.message)})" if seen.message else ""
        st.progress(min(1.0, max(0.0, seen.fraction)), text=f"{words}{detail}: {percent} %")
        worker = worker_alive(session.settings())
        if not worker.alive:
            st.warning(
                "The worker is not running, so nothing moves. What to do: start RAPT with `rapt serve`."
            )
        if st.button("Stop this work", key=f"cancel-{job_id}"):
            cancel(job_id, session.settings())
            st.rerun(scope="app")

    bar()


def failed(job: JobStatus) -> None:
    """Draw why a job ended without a result, and the button that tries again."""
    with guarded():
        if job.state == "cancelled":
            st.info("This work was stopped. What to do: try again when you are ready.")
        else:
            error = job.error or {}
            message = safe(error.get("message") or "The work failed.")
            st.error(f"**{message}**  \nWhat to do: {coded(error.get('remedy') or 'try again.')}")
        if st.button("Try again", key=f"retry-{job.id}"):
            retry(job.id, session.settings())
            st.rerun()
