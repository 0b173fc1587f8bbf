"""The worker: one process beside the app that runs the queued jobs, and its sign of life."""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from core import job_table
from core.atomic import write_text
from core.errors import ServiceUnavailable
from core.failures import place
from core.files import drop_orphaned_paths
from core.jobs import QUEUE, VERSION, migrate
from core.settings import Settings, get_settings

log = logging.getLogger("rapt.worker")

BEAT_S = 5.0
DEAD_AFTER_S = 30.0


@dataclass(frozen=True)
class WorkerSeen:
    """What is known of the worker; ``beat_age_s`` is None when none ever ran here."""

    alive: bool
    pid: int | None
    beat_age_s: float | None


def worker_alive(settings: Settings | None = None) -> WorkerSeen:
    """Return whether a worker gave a sign of life in the last 30 seconds (real time, not the fixed clock)."""
    seen = job_table.last_beat(settings or get_settings())
    if seen is None:
        return WorkerSeen(False, None, None)
    pid, beat, stopped = seen
    age = max(0.0, time.time() - beat)
    return WorkerSeen(not stopped and age <= DEAD_AFTER_S, pid, age)


def run_worker(
    settings: Settings | None = None,
    *,
    stop: threading.Event | None = None,
    poll_s: float = 0.5,
    grace_s: int = 10,
    tick_s: float = 60.0,
    tick: Callable[[Settings], None] | None = None,
) -> None:
    """Run queued jobs until ``stop`` is set; work left unfinished by an earlier worker goes on first.

    Job modules must be imported before. On stop, a running step gets ``grace_s`` seconds; what is
    not finished then is resumed by the next worker. ``tick`` is called every ``tick_s`` seconds
    (retention); jobs left in the middle by a full disk are looked for as often.
    Raises ServiceUnavailable (``worker_running``) when another worker holds this home's lock.
    """
    settings = settings or get_settings()
    stop = stop or threading.Event()
    with _only_worker(settings):
        drop_orphaned_paths(settings)
        executor = executor_id(settings)
        # first sign of life before the slow import, so that the app does not report a missing worker
        job_table.beat(settings, executor, os.getpid())
        heart = threading.Thread(
            target=_heart, args=(settings, executor, stop), daemon=True, name="rapt-heart"
        )
        heart.start()
        try:
            _serve(settings, executor, stop, poll_s, grace_s, tick_s, tick or (lambda _: None))
        finally:
            stop.set()
            heart.join(timeout=BEAT_S)
            job_table.beat(settings, executor, os.getpid(), stopped=True)


def _serve(
    settings: Settings,
    executor: str,
    stop: threading.Event,
    poll_s: float,
    grace_s: int,
    tick_s: float,
    tick: Callable[[Settings], None],
) -> None:
    from dbos import DBOS

    from core import job_run

    job_run.use(settings)
    migrate(settings)
    DBOS(
        config={
            "name": "rapt",
            "system_database_url": settings.jobs_database,
            "executor_id": executor,
            "application_version": VERSION,
            "log_level": "ERROR",
            "enable_otlp": False,
            "max_executor_threads": 8,
        }
    )
    DBOS.launch()
    try:
        # one at a time: speech recognition alone fills the machine
        DBOS.register_queue(
            QUEUE, worker_concurrency=1, polling_interval_sec=poll_s, on_conflict="always_update"
        )
        while not stop.is_set():
            for chore in (job_run.reconcile, tick):
                try:
                    chore(settings)
                except Exception as error:
                    log.error(
                        "worker chore failed: %s", place(error)
                    )  # jobs go on; doctor shows what is overdue
            stop.wait(tick_s)
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=grace_s)


def executor_id(settings: Settings) -> str:
    """Return this home's stable executor id; made once and kept in ``worker.id``."""
    path = settings.home / "worker.id"
    try:
        return path.read_text("utf-8").strip() or _new_id(path)
    except FileNotFoundError:
        return _new_id(path)


def _new_id(path: Path) -> str:
    value = f"worker-{uuid.uuid4().hex[:12]}"
    write_text(path, value)
    return value


@contextmanager
def _only_worker(settings: Settings) -> Iterator[None]:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(settings.home / "worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ServiceUnavailable(
            "Another worker is already running for this home folder.",
            "Use that one, or stop it first (`rapt serve` starts one by itself).",
            code="worker_running",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _heart(settings: Settings, executor: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT_S):
        try:
            job_table.beat(settings, executor, os.getpid())
        except ServiceUnavailable:
            continue  # a full disk or a locked file now; the next beat may get through
