"""The walk's durable jobs: real speech, real engine, the real worker, real kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import drafts, jobs, sources, timings, transcripts
from core.access import User
from core.cases import Case, Person, create_case
from core.consent import record_consent
from core.errors import AccessDenied, BadInput, ConsentMissing, PolicyRefused, UsageError
from core.evidence import Draft, Transcript
from core.job_table import JobStatus
from core.jobs import JobContext
from core.killswitch import set_pilot
from core.settings import Settings
from core.users import get_user
from core.withdrawal import withdraw
from pilots import walk
from pilots.visit_notes import latest_job, start_draft, start_transcription
from pilots.visit_notes.jobs import DRAFT, PILOT, TRANSCRIBE
from tests.core._sample import FORM
from tests.pilots.said import conversation

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "adult_home_visit"
NAME = "Zebedee Quillfeather"
LINES = (
    ("en-gb", "Good morning. Have you had any falls since Wednesday?"),
    ("en-gb+f3", "I fell twice on the stairs, and my daughter comes every morning."),
    ("en-gb", "I will ring the surgery on Monday."),
)


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About ten seconds of two made voices."""
    if shutil.which("espeak-ng") is None:
        pytest.fail("espeak-ng is missing: sudo apt-get install espeak-ng")
    import numpy as np
    import soundfile

    folder, parts = tmp_path_factory.mktemp("speech"), []
    rate = 22050
    for i, (voice, text) in enumerate(LINES):
        part = folder / f"{i}.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(part), text], check=True)
        sound, rate = soundfile.read(str(part), dtype="float32")
        parts += [sound, np.zeros(rate // 2, np.float32)]
    path = folder / "visit.wav"
    soundfile.write(str(path), np.concatenate(parts), rate)
    return path


@pytest.fixture
def case(store: Settings, practitioner: User) -> Case:
    """A case with consent."""
    made = create_case(
        store, practitioner, reference="VN-1", title=NAME, people=[Person(NAME, "person"), Person("Tom", "worker")]
    )
    record_consent(store, practitioner, made.id, FORM)
    return made


@pytest.fixture
def source(store: Settings, practitioner: User, case: Case, speech: Path) -> str:
    """The recording, stored with the case."""
    with speech.open("rb") as stream:
        return sources.add_recording(store, practitioner, case.id, stream, f"visit {NAME}.wav").id


Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(store: Settings, tmp_path: Path) -> Iterator[Start]:
    """Start ``rapt worker``; whatever still lives at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "worker.log").open("wb")
    env = {**os.environ, "RAPT_HOME": str(store.home), "RAPT_MODELS_DIR": str(ROOT / "var" / "models")}

    def begin() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "ui.cli", "worker"], cwd=ROOT, env=env, stderr=log)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()
    log.close()
    assert NAME.encode() not in (tmp_path / "worker.log").read_bytes()


def _until(job_id: str, settings: Settings, true: Callable[[JobStatus], bool], timeout_s: float = 240) -> JobStatus:
    deadline = time.monotonic() + timeout_s
    while not true(now := jobs.status(job_id, settings)):
        assert time.monotonic() < deadline, f"still {now.state} in step {now.step!r}"
        assert now.state not in ("failed", "done"), f"{now.state} before it was looked for: {now.error}"
        time.sleep(0.02)
    return now


def _done(job_id: str, settings: Settings) -> None:
    ended = jobs.wait(job_id, settings, 300)
    assert (ended.state, ended.error) == ("done", None)


def _context(settings: Settings, job_id: str = "job-1", **args: str | int | None) -> JobContext:
    return JobContext(job_id, args, settings)


def _clear_text(settings: Settings, *wanted: bytes) -> list[str]:
    """Return the files below home that hold one of ``wanted`` in the clear."""
    return [
        str(path.relative_to(settings.home))
        for path in settings.home.rglob("*")
        if path.is_file() and path.name != "worker.lock" and any(w in path.read_bytes() for w in wanted)
    ]


# --- the steps themselves, without a worker


def test_when_the_disk_is_full_then_the_recording_says_so_and_no_clear_copy_stays(
    store: Settings, practitioner: User, case: Case, source: str, speech: Path
) -> None:
    import resource

    args = {"case": case.id, "source": source, "user": practitioner.id, "speakers": 2}
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # no file may grow to the recording's size; the store's own are smaller
    resource.setrlimit(resource.RLIMIT_FSIZE, (speech.stat().st_size - 1, before[1]))
    try:
        with pytest.raises(OSError):
            walk.transcribe(_context(store, **args), PILOT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    kept = sources.get_source(store, practitioner, source)
    assert (kept.state, kept.problem) == ("failed", "disk_full")
    assert not list((store.home / "tmp").iterdir())
    with sources.open_recording(store, practitioner, source) as reader:
        assert reader.readall() == speech.read_bytes()


def test_when_no_consent_stands_then_the_gate_is_shut_for_every_step(store: Settings, practitioner: User) -> None:
    bare = create_case(store, practitioner, reference="VN-2", title="Nobody asked")
    for step in (walk.gate, walk.transcribe):
        with pytest.raises(ConsentMissing):
            step(_context(store, case=bare.id, user="practitioner", source="src-1"), PILOT)
    with pytest.raises(ConsentMissing):
        walk.draft(_context(store, case=bare.id, user="practitioner", source="src-1"), PILOT, _never)
    with pytest.raises(ConsentMissing):
        start_transcription(store, practitioner, bare.id, "src-1")
    with pytest.raises(ConsentMissing):
        start_draft(store, practitioner, bare.id, "src-1", TEMPLATE)
    assert jobs.list_jobs(store) == []


def _never(transcript: Transcript, case: Case) -> Draft:
    pytest.fail("nothing may be written")


def _short(transcript: Transcript, case: Case) -> Draft:
    return Draft(pilot=PILOT, template=TEMPLATE)


def test_when_the_pilot_is_switched_off_then_nothing_is_queued_and_no_step_goes_on(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    set_pilot(store, get_user(store, "coe"), PILOT, False, "a false statement")
    for call in (
        lambda: walk.gate(_context(store, case=case.id), PILOT),
        lambda: start_transcription(store, practitioner, case.id, source),
        lambda: start_draft(store, practitioner, case.id, source, TEMPLATE),
    ):
        with pytest.raises(PolicyRefused):
            call()
    assert jobs.list_jobs(store) == []


def test_when_somebody_of_another_team_asks_then_nothing_is_queued(store: Settings, case: Case, source: str) -> None:
    with pytest.raises(AccessDenied):
        start_transcription(store, get_user(store, "practitioner2"), case.id, source)
    assert jobs.list_jobs(store) == []


def test_when_the_recording_belongs_to_another_case_then_nothing_is_queued_or_drafted(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    """Else the consent of one case would open the recording of another."""
    other = create_case(store, practitioner, reference="VN-3", title="Other")
    record_consent(store, practitioner, other.id, FORM)
    transcripts.save_transcript(store, practitioner, source, conversation("S2: I fell twice."))
    for begin in (
        lambda: start_transcription(store, practitioner, other.id, source),
        lambda: start_draft(store, practitioner, other.id, source, TEMPLATE),
    ):
        with pytest.raises((BadInput, AccessDenied, UsageError, PolicyRefused)):
            begin()
    with pytest.raises((BadInput, AccessDenied, UsageError, PolicyRefused)):
        walk.draft(_context(store, case=other.id, user="practitioner", source=source), PILOT, _short)
    assert drafts.list_drafts(store, practitioner, other.id) == ()


@pytest.mark.parametrize("template", ["no_such_template", "", NAME])
def test_when_the_template_is_unknown_then_nothing_is_queued(
    store: Settings, practitioner: User, case: Case, source: str, template: str
) -> None:
    with pytest.raises(UsageError, match="template"):
        start_draft(store, practitioner, case.id, source, template)
    assert jobs.list_jobs(store) == []


def test_when_a_job_is_started_twice_then_it_is_one_job_and_after_its_end_a_new_one(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    first = start_draft(store, practitioner, case.id, source, TEMPLATE)
    assert start_draft(store, practitioner, case.id, source, TEMPLATE) == first
    assert len(jobs.list_jobs(store)) == 1
    jobs.cancel(first, store)
    second = start_draft(store, practitioner, case.id, source, TEMPLATE)
    assert second != first
    latest = latest_job(store, source, DRAFT)
    assert latest is not None and latest.id == second
    assert latest_job(store, source, TRANSCRIBE) is None


def test_when_another_template_is_wanted_while_one_is_queued_then_both_are_drafted(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    first = start_draft(store, practitioner, case.id, source, TEMPLATE)
    second = start_draft(store, practitioner, case.id, source, "care_act_conversation")
    assert {jobs.status(j, store).args["template"] for j in (first, second)} == {TEMPLATE, "care_act_conversation"}


def test_when_jobs_are_queued_then_their_arguments_hold_ids_and_no_names(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    start_transcription(store, practitioner, case.id, source, 2)
    start_draft(store, practitioner, case.id, source, TEMPLATE)
    for job in jobs.list_jobs(store):
        assert NAME not in str(job.args)
        assert "Quillfeather" not in job.id
    assert _clear_text(store, NAME.encode()) == []


def test_when_there_is_no_transcript_yet_then_drafting_says_what_to_do_first(store: Settings, case: Case, source: str) -> None:
    with pytest.raises(BadInput) as caught:
        walk.draft(_context(store, case=case.id, user="practitioner", source=source), PILOT, _never)
    assert caught.value.code == "no_transcript"
    assert caught.value.remedy


def test_when_the_draft_step_runs_twice_then_there_is_one_draft(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    transcripts.save_transcript(store, practitioner, source, conversation("S2: I fell twice."))
    job_id = start_draft(store, practitioner, case.id, source, TEMPLATE)
    context = JobContext(job_id, jobs.status(job_id, store).args, store)
    for _ in range(2):
        walk.draft(context, PILOT, _short)
    assert len(drafts.list_drafts(store, practitioner, case.id)) == 1
    steps = [t for t in timings.list_timings(store, get_user(store, "approver"), PILOT) if t.step == "draft"]
    assert len(steps) == 1, "one piece of work is counted once"


def test_when_consent_is_withdrawn_while_the_note_is_written_then_nothing_is_kept(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    transcripts.save_transcript(store, practitioner, source, conversation("S2: I fell twice."))
    job_id = start_draft(store, practitioner, case.id, source, TEMPLATE)

    def write(transcript: Transcript, of: Case) -> Draft:
        withdraw(store, practitioner, case.id)
        return Draft(pilot=PILOT, template=TEMPLATE)

    with pytest.raises((ConsentMissing, BadInput)):
        walk.draft(JobContext(job_id, jobs.status(job_id, store).args, store), PILOT, write)
    assert drafts.list_drafts(store, practitioner, case.id) == ()


def test_when_consent_is_given_anew_while_the_note_is_written_then_the_erased_words_stay_erased(
    store: Settings, practitioner: User, case: Case, source: str
) -> None:
    transcripts.save_transcript(store, practitioner, source, conversation("S2: I fell twice."))
    job_id = start_draft(store, practitioner, case.id, source, TEMPLATE)

    def write(transcript: Transcript, of: Case) -> Draft:
        withdraw(store, practitioner, case.id)
        record_consent(store, practitioner, case.id, FORM)
        return Draft(pilot=PILOT, template=TEMPLATE)

    with pytest.raises((ConsentMissing, BadInput)):
        walk.draft(JobContext(job_id, jobs.status(job_id, store).args, store), PILOT, write)
    assert drafts.list_drafts(store, practitioner, case.id) == ()


# --- the real worker


def _finished(settings: Settings, user: User, case: Case, source: str) -> None:
    """One transcript, one draft, the recording whole, the audit chain whole, nothing in the clear."""
    from core.audit import verify

    record = transcripts.latest_transcript(settings, user, source)
    assert record is not None
    assert record.version == 1, "transcribed once"
    said = " ".join(turn.text for turn in record.transcript.turns).lower()
    assert "stairs" in said and "monday" in said
    stored = sources.get_source(settings, user, source)
    assert stored.state == "transcribed"
    with sources.open_recording(settings, user, source) as reader:
        assert reader.read(4) == b"RIFF"
    (draft,) = drafts.list_drafts(settings, user, case.id)
    assert draft.transcript_id == record.id
    assert any(s.statements for s in draft.draft.sections)
    assert verify(settings).ok
    assert _clear_text(settings, NAME.encode(), b"RIFF", b"comes every morning") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "moments",
    [("gate", "transcribe"), ("listening", "draft"), ("keeping", "gate of the draft")],
    ids=" and ".join,
)
def test_when_the_worker_is_killed_in_a_step_then_the_next_one_finishes_and_nothing_is_lost_or_doubled(
    store: Settings, practitioner: User, case: Case, source: str, start: Start, moments: tuple[str, str]
) -> None:
    when: dict[str, Callable[[JobStatus], bool]] = {
        "gate": lambda s: s.state == "running",
        "transcribe": lambda s: s.step == "transcribe",
        "listening": lambda s: s.step == "transcribe" and s.fraction > 0.1,
        "keeping": lambda s: s.step == "transcribe" and s.fraction > 0.6,
        "gate of the draft": lambda s: s.state == "running",
        "draft": lambda s: s.step == "draft",
    }

    def kill_at(job_id: str, moment: str) -> None:
        worker = start()
        _until(job_id, store, when[moment])
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert jobs.status(job_id, store).state == "running"

    listening = start_transcription(store, practitioner, case.id, source, 2)
    for moment in moments:
        if moment in ("gate", "transcribe", "listening", "keeping"):
            kill_at(listening, moment)
    worker = start()
    _done(listening, store)
    drafting = start_draft(store, practitioner, case.id, source, TEMPLATE)
    later = [m for m in moments if "draft" in m]
    if later:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        if jobs.status(drafting, store).state != "done":
            for moment in later:
                kill_at(drafting, moment)
        start()
    _done(drafting, store)
    _finished(store, practitioner, case, source)


@pytest.mark.slow
@pytest.mark.parametrize("anew", [False, True], ids=["withdrawn", "withdrawn and given anew"])
def test_when_consent_is_withdrawn_while_listening_then_nothing_is_kept(
    store: Settings, practitioner: User, case: Case, source: str, start: Start, anew: bool
) -> None:
    job_id = start_transcription(store, practitioner, case.id, source, 2)
    start()
    _until(job_id, store, lambda s: s.step == "transcribe" and s.fraction > 0.05)
    withdraw(store, practitioner, case.id)
    if anew:
        record_consent(store, practitioner, case.id, FORM)
    ended = jobs.wait(job_id, store, 240)
    assert ended.state == "failed"
    assert ended.error is not None and ended.error["remedy"]
    assert NAME not in str(ended)
    assert sources.list_sources(store, practitioner, case.id) == ()
    assert drafts.list_drafts(store, practitioner, case.id) == ()
    assert _rows(store, "transcripts") == _rows(store, "drafts") == 0
    assert _clear_text(store, b"RIFF", b"comes every morning") == []


def _rows(settings: Settings, table: str) -> int:
    import sqlite3

    with sqlite3.connect(settings.home / "rapt.sqlite") as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.mark.slow
def test_when_consent_is_withdrawn_before_the_worker_starts_then_nothing_is_listened_to(
    store: Settings, practitioner: User, case: Case, source: str, start: Start
) -> None:
    job_id = start_transcription(store, practitioner, case.id, source)
    withdraw(store, practitioner, case.id)
    start()
    ended = jobs.wait(job_id, store, 120)
    assert ended.state == "failed"
    assert ended.error is not None and ended.error["code"] == "consent_missing"
    assert _rows(store, "transcripts") == 0


@pytest.mark.slow
def test_when_the_recording_is_no_sound_then_the_job_fails_with_a_remedy_and_the_recording_says_so(
    store: Settings, practitioner: User, case: Case, start: Start
) -> None:
    import io

    letter = sources.add_recording(store, practitioner, case.id, io.BytesIO(b"Dear all, " * 500), "visit.wav").id
    job_id = start_transcription(store, practitioner, case.id, letter)
    start()
    ended = jobs.wait(job_id, store, 120)
    assert ended.state == "failed"
    assert ended.error is not None and ended.error["remedy"]
    assert sources.get_source(store, practitioner, letter).state == "failed"
    assert transcripts.latest_transcript(store, practitioner, letter) is None
