"""The one DBOS workflow: runs a registered job's steps in order and writes its row. Worker only."""

from __future__ import annotations

import json
import logging

from dbos import DBOS

from core import job_table
from core.errors import UsageError
from core.failures import error_record
from core.job_table import JOBS
from core.jobs import JOB_TYPES, QUEUE, WORKFLOW, JobCancelled, JobContext, Step, status, submit, workflow_id
from core.settings import Settings

log = logging.getLogger("rapt.worker")
_settings: list[Settings] = []
_running: set[str] = set()
"""workflows that this process is working on"""
_stranded: set[str] = set()
"""workflows that the last look found begun and in nobody's hands"""
_END_UNWRITTEN = {
    "code": "job_end_unwritten",
    "message": "The job ended, but its result could not be written down.",
    "remedy": "Check the free disk space and that the jobs database answers, then try again.",
}
_CANCELLED = {"code": JobCancelled.code, "message": "", "remedy": ""}


def use(settings: Settings) -> None:
    """Set the settings that this process's jobs run under."""
    _settings[:] = [settings]


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=10)
def rapt_job(job_id: str, attempt: int) -> str:
    """Run a job and return its final state.

    Raises only ServiceUnavailable, when that state cannot be written: no other exception text
    reaches DBOS's tables, and :func:`reconcile` takes the job up again.
    """
    name = workflow_id(job_id, attempt)
    _running.add(name)
    try:
        return _to_its_end(_settings[0], job_id, attempt)
    finally:
        _running.discard(name)


def _to_its_end(settings: Settings, job_id: str, attempt: int) -> str:
    now = status(job_id, settings)
    if now.attempt != attempt:
        return "superseded"  # it was cancelled while queued, and tried again since
    if now.state in ("done", "failed"):
        return now.state  # it had ended, and only DBOS could not write so
    try:
        problem = _run(settings, job_id)
    except Exception as error:
        problem = error_record(error)
    if problem is None:
        job_table.update(settings, job_id, state="done", fraction=1.0, message="", label="", step="")
        return "done"
    if problem["code"] == JobCancelled.code:
        job_table.update(settings, job_id, state="cancelled", message="Cancelled.")
        return "cancelled"
    log.warning("job %s failed: %s", job_id, problem["code"])
    _fail(settings, job_id, problem)
    return "failed"


def _run(settings: Settings, job_id: str) -> dict[str, str] | None:
    now = status(job_id, settings)
    if now.state == "cancelled" or now.cancel:
        return _CANCELLED
    if now.name not in JOB_TYPES:
        raise UsageError(
            "This worker does not know that kind of job.",
            "Restart the worker after updating RAPT, then try again.",
        )
    steps = list(JOB_TYPES.get(now.name)())
    total = sum(step.weight for step in steps) or 1.0
    before = 0.0
    for step in steps:
        base, share = before / total, step.weight / total
        if not job_table.update(
            settings, job_id, JOBS.c.cancel.is_(False),
            state="running", step=step.name, label=step.label, fraction=base, message="",
        ):  # fmt: skip
            return _CANCELLED
        context = JobContext(job_id, now.args, settings, base, share)
        problem = DBOS.run_step({"name": step.name}, _step, step, context)
        if problem is not None:
            return problem
        before += step.weight
    return None


def _step(step: Step, context: JobContext) -> dict[str, str] | None:
    """Run one step; an error becomes its record, because DBOS would store an exception with its text."""
    try:
        step.run(context)
    except Exception as error:
        return error_record(error)
    return None


def reconcile(settings: Settings) -> None:
    """Bring rows and DBOS into line after a crash between the two.

    A queued row whose workflow was never stored is handed over again; so is one whose end could not
    be written (the disk was full), once there is room. A row whose workflow DBOS gave up on (it
    stopped the worker again and again) is marked failed.
    """
    begun: set[str] = set()
    open_jobs = job_table.fetch(settings, JOBS.c.state.in_(("queued", "running")), limit=10_000)
    for row in open_jobs:
        found = DBOS.get_workflow_status(workflow_id(row.id, row.attempt))
        if found is None:
            submit(settings, row.id, row.attempt)
        elif found.status == "PENDING" and found.executor_id == DBOS.executor_id:
            begun.add(found.workflow_id)
        elif found.status == "ERROR":
            _fail(settings, row.id, _END_UNWRITTEN)
        elif found.status in ("MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED"):
            problem = {
                "code": "worker_kept_stopping",
                "message": "The worker stopped every time it tried this job.",
                "remedy": "There may be too little memory. Close other programs, then try again.",
            }
            _fail(settings, row.id, problem)
    # seen twice, a minute apart: one just claimed, or just recovered at the start, is only about to begin
    idle = begun - _running
    for name in idle & _stranded:
        DBOS.resume_workflow(name, queue_name=QUEUE)
    _stranded.clear()
    _stranded.update(idle)


def _fail(settings: Settings, job_id: str, problem: dict[str, str]) -> None:
    job_table.update(
        settings, job_id, state="failed", message=problem["message"][:300], error=json.dumps(problem)
    )
