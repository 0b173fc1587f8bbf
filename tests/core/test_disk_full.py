"""A disk that takes no more. A limit on file size stands for it: the same refusals, without root or a mount."""

from __future__ import annotations

import errno
import io
import os
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from core import audit, files, job_table, jobs, sources, transcripts
from core.access import User
from core.atomic import write_bytes
from core.disk import is_full
from core.errors import ServiceUnavailable
from core.failures import error_record, exit_code
from core.jobs import JobContext
from core.migrations import upgrade
from core.settings import Settings
from tests.core._sample import a_case, a_recording, a_saved_transcript, a_transcript


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let no file of this process grow above ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_when_the_system_says_that_there_is_no_room_then_it_is_one_code_one_remedy_and_exit_5(number: int) -> None:
    record = error_record(OSError(number, "as the library says it"))
    assert record["code"] == "disk_full"
    assert "Free some space" in record["remedy"] and "library" not in str(record)
    assert exit_code(OSError(number, "")) == 5


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENOENT])
def test_when_the_system_says_something_else_then_it_is_not_called_a_full_disk(number: int) -> None:
    assert not is_full(OSError(number, ""))


def _sqlite_error(folder: Path, work: str, size: int, pages: int = 0) -> sqlite3.Error:
    with closing(sqlite3.connect(folder / "d.sqlite")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        if pages:
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.Error) as caught, no_file_above(size):
            connection.execute(work)
            connection.commit()
    return caught.value


@pytest.mark.parametrize(("size", "pages"), [(50_000, 0), (10**12, 4)], ids=["a write is refused", "the database is full"])
def test_when_sqlite_has_no_room_then_its_error_is_known_alone_and_inside_sqlalchemys(
    tmp_path: Path, size: int, pages: int
) -> None:
    error = _sqlite_error(tmp_path, "INSERT INTO t VALUES (zeroblob(200000))", size, pages)
    assert is_full(error)
    assert is_full(OperationalError("INSERT", None, error))


def test_when_sqlite_has_another_trouble_then_it_is_not_called_a_full_disk(tmp_path: Path) -> None:
    assert not is_full(_sqlite_error(tmp_path, "SELECT * FROM nothing", 10**12))


def test_when_an_output_does_not_fit_then_the_old_one_stays_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    with pytest.raises(ServiceUnavailable) as caught, no_file_above(1000):
        write_bytes(target, bytes(5000))
    assert caught.value.code == "disk_full" and caught.value.exit_code == 5
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"] and target.read_bytes() == b"old"
    write_bytes(target, bytes(5000))
    assert target.stat().st_size == 5000


def test_when_a_recording_does_not_fit_then_nothing_of_it_stays_and_with_room_it_is_taken(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    content = os.urandom(3_000_000)
    before = audit.verify(store).events
    with pytest.raises(ServiceUnavailable) as caught, no_file_above(1_500_000):
        sources.add_recording(store, practitioner, case.id, io.BytesIO(content), "visit.wav")
    assert caught.value.code == "disk_full"
    assert sources.list_sources(store, practitioner, case.id) == ()
    assert not list(files.files_dir(store).iterdir())
    assert audit.verify(store) == audit.Verification(True, before)
    kept = sources.add_recording(store, practitioner, case.id, io.BytesIO(content), "visit.wav")
    assert files.read(store, kept.file_id) == content


def test_when_the_store_has_no_room_then_each_change_is_made_whole_or_not_at_all(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    source = a_recording(store, practitioner, case)
    before = audit.verify(store).events
    for change in (
        lambda: sources.set_state(store, practitioner, source.id, "working"),
        lambda: transcripts.save_transcript(store, practitioner, source.id, a_transcript()),
        lambda: sources.add_recording(store, practitioner, case.id, io.BytesIO(b"RIFF" * 9), "second.wav"),
        lambda: sources.delete_source(store, practitioner, source.id),
    ):
        with pytest.raises(ServiceUnavailable) as caught, no_file_above(1000):
            change()
        assert caught.value.code == "disk_full"
        assert "Free some space" in caught.value.remedy
    assert audit.verify(store) == audit.Verification(True, before)
    (only,) = sources.list_sources(store, practitioner, case.id)
    assert (only.id, only.state) == (source.id, "stored")
    assert len(list(files.files_dir(store).iterdir())) == 1
    assert transcripts.latest_transcript(store, practitioner, source.id) is None
    a_saved_transcript(store, practitioner, source)
    assert sources.set_state(store, practitioner, source.id, "transcribed").state == "transcribed"


def test_when_a_clear_copy_does_not_fit_then_it_is_gone_again(store: Settings, practitioner: User) -> None:
    case = a_case(store, practitioner)
    source = a_recording(store, practitioner, case, os.urandom(2_000_000))
    with pytest.raises(OSError) as caught, no_file_above(1_000_000):
        with sources.recording_path(store, practitioner, source.id):
            pass
    assert error_record(caught.value)["code"] == "disk_full"
    assert not list((store.home / "tmp").iterdir())


@pytest.mark.parametrize("size", [1, 1000, 50_000])
def test_when_there_is_no_room_to_make_the_store_then_it_is_said_at_once_and_made_later(
    settings: Settings, size: int
) -> None:
    begun = time.monotonic()
    with pytest.raises(ServiceUnavailable) as caught, no_file_above(size):
        upgrade(settings)
    assert caught.value.code == "disk_full"
    assert time.monotonic() - begun < 25, "a full disk is not waited for as a busy database is"
    upgrade(settings)


def test_when_a_job_cannot_be_filed_for_want_of_room_then_it_is_not_there(settings: Settings) -> None:
    jobs.list_jobs(settings)
    with pytest.raises(ServiceUnavailable) as caught, no_file_above(1000):
        job_table.insert(settings, "job-1", "toy.quick", {})
    assert caught.value.code == "disk_full"
    assert jobs.list_jobs(settings) == []


def test_when_progress_cannot_be_written_for_want_of_room_then_the_work_goes_on(settings: Settings) -> None:
    job_table.insert(settings, "job-1", "toy.quick", {})
    context = JobContext("job-1", {}, settings)
    with no_file_above(1000):
        context.progress(0.5, "half")
    assert jobs.status("job-1", settings).fraction == 0.0
    context.progress(1.0, "all")
    assert jobs.status("job-1", settings).fraction == 1.0
