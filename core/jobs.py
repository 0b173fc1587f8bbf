"""Durable jobs: long work that survives a closed page, a killed worker and a restart.

A pilot registers a job as an ordered list of named steps. Each step is idempotent: after a kill
the step that was cut off runs again, finished ones do not. Arguments are ids, never personal
data, because they are stored in the clear. Importing this module is cheap; DBOS is imported by
the calls that need it.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from filelock import FileLock

from core import job_table
from core.errors import RaptError, ServiceUnavailable, UsageError
from core.job_table import JOBS, JobState, JobStatus
from core.registry import Registry
from core.settings import Settings, get_settings

__all__ = [
    "JOB_TYPES", "JobCancelled", "JobContext", "JobState", "JobStatus", "Step",
    "cancel", "enqueue", "job", "list_jobs", "retry", "status", "wait",
]  # fmt: skip

Args = Mapping[str, str | int | None]

QUEUE = "rapt"
WORKFLOW = "rapt_job"
VERSION = "rapt-jobs-1"
"""fixed, so that work queued before an upgrade is finished after it"""

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_WRITE_EVERY_S = 0.3
_migrated: set[str] = set()


class JobCancelled(RaptError):
    """Somebody cancelled the job; steps let this pass through."""

    code = "job_cancelled"


@dataclass
class JobContext:
    """What a step gets: its ids, the settings, and a way to report progress."""

    job_id: str
    args: Args
    settings: Settings
    _base: float = 0.0
    _share: float = 1.0
    _written: float = field(default=0.0, repr=False)

    def progress(self, fraction: float, message: str = "") -> None:
        """Report how much of this step is done (0 to 1); the message must hold no personal data.

        Raises JobCancelled when the job was cancelled. A report that cannot be written (the disk is
        full for a moment) is left out: hours of work are not given up for it.
        """
        if time.monotonic() - self._written < _WRITE_EVERY_S and fraction < 1:
            return
        whole = self._base + self._share * min(max(fraction, 0.0), 1.0)
        self._written = time.monotonic()
        with suppress(ServiceUnavailable):
            job_table.update(self.settings, self.job_id, fraction=whole, message=message[:300])
            self.check()

    def check(self) -> None:
        """Raise JobCancelled when the job was cancelled."""
        if status(self.job_id, self.settings).cancel:
            raise JobCancelled("The job was cancelled.")


@dataclass(frozen=True)
class Step:
    """One idempotent part of a job."""

    name: str
    label: str
    """plain English, shown on the page while it runs"""
    run: Callable[[JobContext], None]
    weight: float = 1.0
    """its share of the progress bar, relative to the other steps"""


Steps = Callable[[], Sequence[Step]]
JOB_TYPES: Registry[Steps] = Registry("job")


def job(name: str) -> Callable[[Steps], Steps]:
    """Register a job: decorates a function that returns its steps; called in the worker only."""
    return JOB_TYPES.register(name)


def enqueue(name: str, args: Args, settings: Settings | None = None, *, job_id: str | None = None) -> str:
    """Queue a job and return its id; the same ``job_id`` twice is one job.

    Raises UsageError when an argument is not an id and ServiceUnavailable when the jobs database
    cannot be reached. The worker need not be alive: the work waits.
    """
    settings = settings or get_settings()
    job_id = job_id or f"job-{uuid.uuid4().hex[:16]}"
    for key, value in {"job_id": job_id, **args}.items():
        if isinstance(value, str) and not _ID.fullmatch(value):
            raise UsageError(
                f"The job argument {key!r} is not an id.", "Pass ids; texts and names stay in the store."
            )
    if job_table.insert(settings, job_id, name, dict(args)):
        submit(settings, job_id, 1)
    return job_id


def status(job_id: str, settings: Settings | None = None) -> JobStatus:
    """Return where a job stands; raises UsageError for an unknown id."""
    found = job_table.fetch(settings or get_settings(), JOBS.c.id == job_id)
    if not found:
        raise UsageError("There is no job of that id.", "It may have been removed; start the work again.")
    return found[0]


def list_jobs(
    settings: Settings | None = None, *, state: JobState | None = None, limit: int = 50
) -> list[JobStatus]:
    """Return jobs, newest first."""
    conditions = [JOBS.c.state == state] if state else []
    return job_table.fetch(settings or get_settings(), *conditions, limit=limit)


def cancel(job_id: str, settings: Settings | None = None) -> JobStatus:
    """Stop a job: at once when queued, at its next progress report when running."""
    settings = settings or get_settings()
    status(job_id, settings)
    if not job_table.update(
        settings, job_id, JOBS.c.state == "queued", cancel=True, state="cancelled", message="Cancelled."
    ):
        job_table.update(settings, job_id, JOBS.c.state == "running", cancel=True, message="Stopping.")
    return status(job_id, settings)


def retry(job_id: str, settings: Settings | None = None) -> JobStatus:
    """Queue a failed or cancelled job again under the same id; raises UsageError when it is neither."""
    settings = settings or get_settings()
    attempt = status(job_id, settings).attempt + 1
    if not job_table.update(
        settings, job_id, JOBS.c.state.in_(("failed", "cancelled")), JOBS.c.attempt == attempt - 1,
        attempt=attempt, state="queued", step="", label="", fraction=0.0, message="", error="", cancel=False,
    ):  # fmt: skip
        raise UsageError("Only a failed or cancelled job can be tried again.", "Wait until it has finished.")
    submit(settings, job_id, attempt)
    return status(job_id, settings)


def wait(job_id: str, settings: Settings | None = None, timeout_s: float = 60.0) -> JobStatus:
    """Return the status once the job has finished; raises ServiceUnavailable after ``timeout_s``."""
    settings = settings or get_settings()
    deadline = time.monotonic() + timeout_s
    while not (now := status(job_id, settings)).finished:
        if time.monotonic() > deadline:
            raise ServiceUnavailable(
                "The job has not finished yet.",
                "It goes on in the worker; `rapt doctor` says whether one lives.",
            )
        time.sleep(0.2)
    return now


def workflow_id(job_id: str, attempt: int) -> str:
    """Return the DBOS workflow id of one attempt."""
    return f"{job_id}#{attempt}"


def submit(settings: Settings, job_id: str, attempt: int) -> None:
    """Hand an attempt to DBOS; doing it twice queues it once."""
    from dbos import DBOSClient

    migrate(settings)
    client = DBOSClient(system_database_url=settings.jobs_database, application_name="rapt")
    try:
        client.enqueue(
            {"workflow_name": WORKFLOW, "queue_name": QUEUE, "app_version": VERSION,
             "workflow_id": workflow_id(job_id, attempt)},
            job_id,
            attempt,
        )  # fmt: skip
    finally:
        client.destroy()


def migrate(settings: Settings) -> None:
    """Make DBOS's tables once per process; app and worker may start together."""
    url = settings.jobs_database
    if url in _migrated:
        return
    import logging

    from dbos import DBOS

    logging.getLogger("dbos").setLevel(logging.WARNING)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(settings.home / "jobs.migrate.lock"):
        DBOS.migrate(url)
    _migrated.add(url)
