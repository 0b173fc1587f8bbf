"""What pages show about jobs: one small row each, beside DBOS's own tables, and the worker's heartbeat.

DBOS keeps the work durable; this table keeps it readable without importing DBOS. It holds ids,
step names, fractions and error records: never personal data.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import event, exc

from core.disk import disk_full, is_full
from core.errors import ServiceUnavailable
from core.settings import Settings

JobState = Literal["queued", "running", "done", "failed", "cancelled"]

_meta = sa.MetaData()
JOBS = sa.Table(
    "rapt_jobs",
    _meta,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("args", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("step", sa.String(80), nullable=False, default=""),
    sa.Column("label", sa.String(200), nullable=False, default=""),
    sa.Column("fraction", sa.Float, nullable=False, default=0.0),
    sa.Column("message", sa.String(300), nullable=False, default=""),
    sa.Column("error", sa.Text, nullable=False, default=""),
    sa.Column("cancel", sa.Boolean, nullable=False, default=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("updated", sa.Float, nullable=False),
)
WORKERS = sa.Table(
    "rapt_workers",
    _meta,
    sa.Column("executor", sa.String(64), primary_key=True),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("beat", sa.Float, nullable=False),
    sa.Column("stopped", sa.Boolean, nullable=False, default=False),
)


@dataclass(frozen=True)
class JobStatus:
    """Where a job stands; times are seconds since the epoch."""

    id: str
    name: str
    args: dict[str, str | int | None]
    attempt: int
    """1 for the first run, one more for each retry"""
    state: JobState
    step: str
    label: str
    """plain English for the page"""
    fraction: float
    """of the whole job, 0 to 1"""
    message: str
    error: dict[str, str] | None
    cancel: bool
    """somebody asked to stop it"""
    created: float
    updated: float

    @property
    def finished(self) -> bool:
        """Return whether nothing more will happen by itself."""
        return self.state in ("done", "failed", "cancelled")


@lru_cache(maxsize=8)
def _engine(url: str) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine(url)
    if parsed.get_backend_name() == "sqlite":

        @event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA busy_timeout=30000")
            connection.execute("PRAGMA journal_mode=WAL")

    _meta.create_all(engine)
    return engine


@contextmanager
def transaction(settings: Settings) -> Iterator[sa.Connection]:
    """Open one transaction on the jobs database; raises ServiceUnavailable when it cannot be reached."""
    try:
        with _engine(settings.jobs_database).begin() as connection:
            yield connection
    except exc.OperationalError as error:
        if is_full(error):
            raise disk_full() from None
        raise ServiceUnavailable(
            "The jobs database cannot be reached.",
            "Check RAPT_HOME (or RAPT_JOBS_URL), the free disk space, and run `rapt doctor`.",
            code="jobs_database",
        ) from None


def insert(settings: Settings, job_id: str, name: str, args: dict[str, Any]) -> bool:
    """File a queued job; returns False when that id exists already."""
    moment = time.time()
    row = dict(
        id=job_id,
        name=name,
        args=json.dumps(args),
        attempt=1,
        state="queued",
        step="",
        label="",
        fraction=0.0,
        message="",
        error="",
        cancel=False,
        created=moment,
        updated=moment,
    )
    try:
        with transaction(settings) as connection:
            connection.execute(sa.insert(JOBS).values(**row))
    except exc.IntegrityError:
        return False
    return True


def update(settings: Settings, job_id: str, *conditions: sa.ColumnElement[bool], **values: Any) -> bool:
    """Change a row when it meets the conditions; returns whether it did."""
    values = {**values, "updated": time.time()}
    with transaction(settings) as connection:
        done = connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id, *conditions).values(**values))
        return done.rowcount > 0


def fetch(settings: Settings, *conditions: sa.ColumnElement[bool], limit: int = 50) -> list[JobStatus]:
    """Return matching jobs, newest first."""
    query = sa.select(JOBS).where(*conditions).order_by(JOBS.c.created.desc(), JOBS.c.id).limit(limit)
    with transaction(settings) as connection:
        return [_status(row._mapping) for row in connection.execute(query)]


def beat(settings: Settings, executor: str, pid: int, *, stopped: bool = False) -> None:
    """Write the worker's heartbeat."""
    row = dict(pid=pid, beat=time.time(), stopped=stopped)
    with transaction(settings) as connection:
        done = connection.execute(sa.update(WORKERS).where(WORKERS.c.executor == executor).values(**row))
        if not done.rowcount:
            connection.execute(sa.insert(WORKERS).values(executor=executor, **row))


def last_beat(settings: Settings) -> tuple[int, float, bool] | None:
    """Return (pid, time of the last heartbeat, stopped on purpose) of the newest worker, or None."""
    query = sa.select(WORKERS).order_by(WORKERS.c.beat.desc()).limit(1)
    with transaction(settings) as connection:
        row = connection.execute(query).first()
    return None if row is None else (row.pid, row.beat, row.stopped)


def _status(row: Any) -> JobStatus:
    values = dict(row)
    values["args"] = json.loads(values["args"])
    values["error"] = json.loads(values["error"]) if values["error"] else None
    return JobStatus(**values)
