"""Durable jobs, with a real worker process, real DBOS and real kills."""

from __future__ import annotations

import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import job_table, jobs
from core.errors import ServiceUnavailable, UsageError
from core.job_table import JOBS, JobStatus
from core.settings import Settings
from core.worker import executor_id, run_worker, worker_alive

TOY = Path(__file__).with_name("toy_worker.py")
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def start(home: Settings) -> Iterator[Start]:
    """Start a worker process; whatever still lives at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(look_every_s: float = 60) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(TOY), str(home.home), str(look_every_s)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _until(
    job_id: str, home: Settings, true: Callable[[JobStatus], bool], timeout_s: float = 30
) -> JobStatus:
    deadline = time.monotonic() + timeout_s
    while not true(now := jobs.status(job_id, home)):
        assert time.monotonic() < deadline, f"still {now.state} in step {now.step!r}"
        time.sleep(0.05)
    return now


def _log(home: Settings) -> list[str]:
    path = home.home / "log.txt"
    return [line.split(" ", 1)[1] for line in path.read_text().splitlines()] if path.exists() else []


def test_when_a_job_is_queued_then_the_worker_runs_its_steps_in_order(home: Settings, start: Start) -> None:
    job_id = jobs.enqueue("toy.three_steps", {"source_id": "src-1"}, home)
    assert jobs.status(job_id, home).state == "queued"
    start()
    middle = _until(job_id, home, lambda s: s.step == "two" and s.message != "")
    assert (middle.state, middle.label) == ("running", "Doing two")
    assert 1 / 3 <= middle.fraction < 2 / 3
    done = jobs.wait(job_id, home, 30)
    assert (done.state, done.fraction, done.error) == ("done", 1.0, None)
    assert _log(home) == [f"{n} {w}" for n in ("one", "two", "three") for w in ("begins", "ends")]


@pytest.mark.slow
@pytest.mark.parametrize("step", ["one", "two", "three"])
def test_when_the_worker_is_killed_in_a_step_then_a_new_one_finishes_and_repeats_no_finished_step(
    home: Settings, start: Start, step: str
) -> None:
    job_id = jobs.enqueue("toy.three_steps", {"source_id": "src-1"}, home)
    first = start()
    _until(job_id, home, lambda s: s.step == step and s.message != "")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert jobs.status(job_id, home).state == "running"
    start()
    assert jobs.wait(job_id, home, 40).state == "done"
    log = _log(home)
    assert [line for line in log if line.endswith("ends")] == ["one ends", "two ends", "three ends"]
    begun = [line for line in log if line.endswith("begins")]
    assert begun.count(f"{step} begins") == 2
    assert len(begun) == 4


@pytest.mark.slow
def test_when_the_worker_is_told_to_stop_then_queued_work_waits_for_the_next_one(
    home: Settings, start: Start
) -> None:
    long, short = (jobs.enqueue(name, {}, home) for name in ("toy.three_steps", "toy.quick"))
    first = start()
    _until(long, home, lambda s: s.step == "one")
    first.terminate()
    assert first.wait(timeout=30) == 0
    assert not worker_alive(home).alive
    assert jobs.status(short, home).state == "queued"
    start()
    assert jobs.wait(long, home, 40).state == "done"
    assert jobs.wait(short, home, 40).state == "done"


def test_when_several_jobs_are_queued_then_they_run_one_at_a_time(home: Settings, start: Start) -> None:
    ids = [jobs.enqueue("toy.three_steps", {}, home, job_id=f"job-{n}") for n in (1, 2)]
    start()
    for job_id in ids:
        assert jobs.wait(job_id, home, 40).state == "done"
    owners = [line.split(" ", 1)[0] for line in (home.home / "log.txt").read_text().splitlines()]
    assert owners == ["job-1"] * 6 + ["job-2"] * 6


def test_when_the_same_job_id_is_queued_twice_then_it_runs_once(home: Settings, start: Start) -> None:
    for _ in range(2):
        assert jobs.enqueue("toy.quick", {"source_id": "src-1"}, home, job_id="vn-src-1") == "vn-src-1"
    start()
    jobs.wait("vn-src-1", home, 30)
    jobs.wait(jobs.enqueue("toy.quick", {}, home), home, 30)  # the queue has moved on
    assert len(_log(home)) == 2


def test_when_a_step_meets_bad_input_then_the_job_fails_with_message_and_remedy_and_can_be_tried_again(
    home: Settings, start: Start
) -> None:
    start()
    job_id = jobs.enqueue("toy.bad_input", {}, home)
    failed = jobs.wait(job_id, home, 30)
    assert failed.state == "failed"
    assert failed.error == {
        "code": "not_audio", "message": "That is not a recording.", "remedy": "Choose another file."
    }  # fmt: skip
    (home.home / "repaired").touch()
    assert jobs.retry(job_id, home).attempt == 2
    again = jobs.wait(job_id, home, 30)
    assert (again.state, again.error) == ("done", None)


def _no_file_above(process: subprocess.Popen[bytes], size: int) -> None:
    """Let no file that the process writes grow above ``size`` bytes: to it, the disk is full."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_when_a_step_finds_no_room_then_the_job_says_so_and_with_room_it_can_be_tried_again(
    home: Settings, start: Start
) -> None:
    worker = start()
    _no_file_above(worker, 10_000_000)
    job_id = jobs.enqueue("toy.big_file", {}, home)
    failed = jobs.wait(job_id, home, 60)
    assert failed.error is not None
    assert (failed.state, failed.error["code"]) == ("failed", "disk_full")
    assert "Free some space" in failed.error["remedy"]
    _no_file_above(worker, resource.RLIM_INFINITY)
    jobs.retry(job_id, home)
    assert jobs.wait(job_id, home, 60).state == "done"


@pytest.mark.slow
def test_when_not_even_the_end_of_a_step_can_be_written_then_the_job_goes_on_by_itself_once_there_is_room(
    home: Settings, start: Start
) -> None:
    job_id = jobs.enqueue("toy.three_steps", {}, home)
    worker = start(look_every_s=3)
    _until(job_id, home, lambda s: s.step == "two" and s.message != "")
    _no_file_above(worker, 1)
    time.sleep(4)  # the step ends meanwhile, and nothing of that can be kept
    stuck = jobs.status(job_id, home)
    assert (stuck.state, stuck.step) == ("running", "two")
    _no_file_above(worker, resource.RLIM_INFINITY)
    done = jobs.wait(job_id, home, 60)
    assert (done.state, done.error) == ("done", None)
    assert worker.poll() is None
    begun = [line for line in _log(home) if line.endswith("begins")]
    assert begun.count("one begins") == 1, "what was finished is not done again"
    assert _log(home)[-2:] == ["three begins", "three ends"]


@pytest.mark.slow
def test_when_a_job_had_ended_and_only_dbos_could_not_write_so_then_it_is_not_done_again(
    home: Settings, start: Start
) -> None:
    job_id = jobs.enqueue("toy.quick", {}, home)
    worker = start()
    assert jobs.wait(job_id, home, 60).state == "done"
    worker.terminate()
    worker.wait(timeout=60)
    with sqlite3.connect(home.home / "jobs.sqlite") as connection:
        connection.execute("UPDATE workflow_status SET status = 'PENDING', output = NULL")
        connection.execute("DELETE FROM operation_outputs")
    start()
    assert jobs.wait(jobs.enqueue("toy.bad_input", {}, home), home, 60).state == "failed"
    with sqlite3.connect(home.home / "jobs.sqlite") as connection:
        ended = connection.execute("SELECT status FROM workflow_status WHERE workflow_uuid = ?", (f"{job_id}#1",)).fetchone()
    assert ended == ("SUCCESS",)
    assert _log(home) == ["quick", "tried"]
    assert jobs.status(job_id, home).state == "done"


def test_when_a_step_breaks_unforeseen_then_no_text_of_the_error_is_stored_or_logged(
    home: Settings, start: Start
) -> None:
    worker = start()
    failed = jobs.wait(jobs.enqueue("toy.unforeseen", {}, home), home, 30)
    assert failed.error is not None
    assert failed.error["code"] == "unforeseen"
    assert "ValueError at tests/core/toy_worker.py" in failed.error["message"]
    worker.terminate()
    _, stderr = worker.communicate(timeout=30)
    assert b"Quillfeather" not in stderr
    for path in home.home.iterdir():
        assert b"Quillfeather" not in path.read_bytes(), path.name
    # DBOS encodes what it stores, so the search above would miss an exception it kept
    with sqlite3.connect(home.home / "jobs.sqlite") as connection:
        kept = connection.execute("SELECT error FROM operation_outputs WHERE error IS NOT NULL").fetchall()
        kept += connection.execute("SELECT error FROM workflow_status WHERE error IS NOT NULL").fetchall()
    assert kept == []


def test_when_a_queued_job_is_cancelled_then_it_never_runs(home: Settings, start: Start) -> None:
    job_id = jobs.enqueue("toy.quick", {}, home)
    assert jobs.cancel(job_id, home).state == "cancelled"
    start()
    other = jobs.enqueue("toy.bad_input", {}, home)
    jobs.wait(other, home, 30)
    assert _log(home) == ["tried"]
    assert jobs.status(job_id, home).state == "cancelled"


def test_when_a_running_job_is_cancelled_then_it_stops_in_its_step(home: Settings, start: Start) -> None:
    job_id = jobs.enqueue("toy.three_steps", {}, home)
    start()
    _until(job_id, home, lambda s: s.step == "two")
    jobs.cancel(job_id, home)
    assert jobs.wait(job_id, home, 10).state == "cancelled"
    assert _log(home)[-1] == "two begins"


def test_when_a_cancelled_job_is_tried_again_before_a_worker_lives_then_it_runs_once(
    home: Settings, start: Start
) -> None:
    job_id = jobs.enqueue("toy.quick", {}, home)
    jobs.cancel(job_id, home)
    jobs.retry(job_id, home)
    start()
    assert jobs.wait(job_id, home, 30).state == "done"
    jobs.wait(jobs.enqueue("toy.bad_input", {}, home), home, 30)
    assert _log(home) == ["quick", "tried"]


def test_when_the_app_dies_between_filing_and_queueing_then_the_worker_still_runs_the_job(
    home: Settings, start: Start
) -> None:
    job_table.insert(home, "job-half", "toy.quick", {})  # the row, and nothing in DBOS
    start()
    assert jobs.wait("job-half", home, 30).state == "done"


def test_when_no_worker_knows_the_job_then_it_fails_and_says_so(home: Settings, start: Start) -> None:
    start()
    failed = jobs.wait(jobs.enqueue("toy.nobody_has_this", {}, home), home, 30)
    assert failed.state == "failed"
    assert failed.error is not None
    assert "does not know" in failed.error["message"]


@pytest.mark.parametrize(
    "value", ["Mary Okafor", "mary@example.org", "", "x" * 101, "a\nb", "12 High Street"]
)
def test_when_an_argument_is_not_an_id_then_nothing_is_queued_and_the_value_is_not_repeated(
    home: Settings, value: str
) -> None:
    with pytest.raises(UsageError) as caught:
        jobs.enqueue("toy.quick", {"person": value}, home)
    assert "person" in caught.value.message
    assert not value or value not in caught.value.message + caught.value.remedy
    assert jobs.list_jobs(home) == []


@pytest.mark.parametrize("value", ["case-3f9a2b7c41d0", "adult_home_visit", "2026-03-31", 3, None])
def test_when_an_argument_is_an_id_then_it_is_accepted(home: Settings, value: str | int | None) -> None:
    job_id = jobs.enqueue("toy.quick", {"key": value}, home)
    assert jobs.status(job_id, home).args == {"key": value}


def test_when_a_job_is_finished_or_unknown_then_the_wrong_wish_is_refused(home: Settings) -> None:
    job_id = jobs.enqueue("toy.quick", {}, home)
    with pytest.raises(UsageError, match="Only a failed or cancelled"):
        jobs.retry(job_id, home)
    with pytest.raises(UsageError, match="no job of that id"):
        jobs.status("job-none", home)
    with pytest.raises(ServiceUnavailable):
        jobs.wait(job_id, home, 0.3)


def test_when_jobs_are_listed_then_the_newest_is_first_and_a_state_narrows(home: Settings) -> None:
    old, new = jobs.enqueue("toy.quick", {}, home), jobs.enqueue("toy.quick", {}, home)
    jobs.cancel(old, home)
    assert [s.id for s in jobs.list_jobs(home)] == [new, old]
    assert [s.id for s in jobs.list_jobs(home, state="cancelled")] == [old]


def test_when_a_second_worker_starts_then_it_is_refused_with_a_message(home: Settings, start: Start) -> None:
    start()
    deadline = time.monotonic() + 20
    while not worker_alive(home).alive and time.monotonic() < deadline:
        time.sleep(0.1)
    at_once = threading.Event()
    at_once.set()
    with pytest.raises(ServiceUnavailable) as caught:
        run_worker(home, stop=at_once)
    assert caught.value.code == "worker_running"


def test_when_a_worker_is_killed_then_its_age_grows_and_it_counts_as_dead(
    home: Settings, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worker_alive(home) == worker_alive(home).__class__(False, None, None)
    process = start()
    deadline = time.monotonic() + 20
    while not worker_alive(home).alive and time.monotonic() < deadline:
        time.sleep(0.1)
    assert worker_alive(home).pid == process.pid
    process.kill()
    process.wait()
    later = time.time() + 31
    monkeypatch.setattr(time, "time", lambda: later)
    assert not worker_alive(home).alive


def test_when_the_executor_id_is_read_twice_then_it_is_the_same(home: Settings) -> None:
    home.home.mkdir()
    assert executor_id(home) == executor_id(home)


def test_when_dbos_gave_a_job_up_then_its_row_is_marked_failed(home: Settings, start: Start) -> None:
    from dbos import DBOSClient

    job_id = jobs.enqueue("toy.quick", {}, home)
    client = DBOSClient(system_database_url=home.jobs_database)
    client.cancel_workflow(jobs.workflow_id(job_id, 1))
    client.destroy()
    start()
    failed = jobs.wait(job_id, home, 30)
    assert failed.error is not None
    assert failed.error["code"] == "worker_kept_stopping"


def test_when_the_jobs_database_cannot_be_opened_then_the_error_says_what_to_check(tmp_path: Path) -> None:
    folder = tmp_path / "jobs.sqlite"
    folder.mkdir()
    with pytest.raises(ServiceUnavailable) as caught:
        jobs.list_jobs(Settings(home=tmp_path))
    assert caught.value.code == "jobs_database"


def test_when_the_jobs_module_is_imported_then_dbos_is_not(tmp_path: Path) -> None:
    code = "import sys, core.jobs, core.worker; sys.exit('dbos' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_when_a_row_changes_under_a_condition_then_only_a_matching_row_changes(home: Settings) -> None:
    job_id = jobs.enqueue("toy.quick", {}, home)
    assert not job_table.update(home, job_id, JOBS.c.state == "running", message="no")
    assert jobs.status(job_id, home).message == ""
