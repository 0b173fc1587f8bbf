from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import audit, clock, retention
from core.access import SYSTEM, User
from core.drafts import list_drafts
from core.errors import AccessDenied, BadInput, UsageError
from core.files import files_dir
from core.release import latest_released, release
from core.retention import Periods
from core.review import decide
from core.settings import Settings
from core.sources import list_sources, open_recording
from core.transcripts import correct_turn, latest_transcript
from core.users import get_user
from tests.core._sample import a_case, a_draft, a_recording, a_saved_transcript

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PERIODS = Periods(audio=10, transcript=20, draft=30, final=40)


@pytest.fixture
def case_id(store: Settings, practitioner: User, approver: User) -> str:
    """A case with one of each kind, all made at START."""
    with clock.fixed(START):
        case = a_case(store, practitioner)
        transcript = a_saved_transcript(store, practitioner, a_recording(store, practitioner, case))
        draft = a_draft(store, practitioner, case, transcript_id=transcript.id)
        for section in ("daily_life", "risk", "actions"):
            decide(store, practitioner, draft.id, section, "approve")
        release(store, approver, case.id)
    return case.id


def _kept(store: Settings, user: User, case_id: str) -> set[str]:
    sources = list_sources(store, user, case_id)
    kept = {
        "audio": any(source.file_id for source in sources),
        "transcript": any(latest_transcript(store, user, source.id) for source in sources),
        "draft": bool(list_drafts(store, user, case_id)),
        "final": latest_released(store, user, case_id) is not None,
    }
    return {kind for kind, there in kept.items() if there}


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (0, {"audio", "transcript", "draft", "final"}),
        (9.999, {"audio", "transcript", "draft", "final"}),
        (10, {"transcript", "draft", "final"}),
        (20, {"draft", "final"}),
        (30, {"final"}),
        (39.999, {"final"}),
        (40, set()),
        (4000, set()),
    ],
)
def test_when_the_clock_passes_a_period_then_exactly_that_kind_is_erased(
    store: Settings, practitioner: User, case_id: str, days: float, kept: set[str]
) -> None:
    retention.run(store, now=START + timedelta(days=days), periods=PERIODS)
    assert _kept(store, practitioner, case_id) == kept
    assert any(files_dir(store).iterdir()) == ("audio" in kept)


@hypothesis_settings(max_examples=40)
@given(age=st.integers(-5, 4000), period=st.integers(1, 4000))
def test_when_something_is_as_old_as_its_period_then_it_is_past_the_cutoff(age: int, period: int) -> None:
    now = START + timedelta(days=age)
    cutoff = Periods(audio=period).cutoffs(now)["audio"]
    assert cutoff is not None and (cutoff >= START) == (age >= period)


def test_when_retention_runs_then_one_line_a_case_is_written_and_a_second_run_does_nothing(
    store: Settings, case_id: str
) -> None:
    before = audit.verify(store).events
    at = START + timedelta(days=25)
    report = retention.run(store, now=at, periods=PERIODS)
    assert (report.cases, report.counts) == (1, {"audio": 1, "transcript": 1})
    newest = audit.events(store, SYSTEM, limit=1)[0]
    assert (newest.action, newest.subject, newest.detail) == (
        "retention_erased",
        case_id,
        {"audio": 1, "transcript": 1},
    )
    again = retention.run(store, now=at, periods=PERIODS)
    assert (again.cases, again.counts) == (0, {})
    assert audit.verify(store) == audit.Verification(True, before + 1)
    assert retention.last_run(store) == at


def test_when_the_programs_clock_is_fixed_then_retention_follows_it(
    store: Settings, practitioner: User, case_id: str
) -> None:
    with clock.fixed(START + timedelta(days=10)):
        retention.run(store, periods=PERIODS)
    assert "audio" not in _kept(store, practitioner, case_id)


def test_when_a_transcript_is_corrected_then_its_period_does_not_start_anew(
    store: Settings, practitioner: User, case_id: str
) -> None:
    source = list_sources(store, practitioner, case_id)[0]
    with clock.fixed(START + timedelta(days=19)):
        correct_turn(store, practitioner, source.id, 0, "corrected", based_on=1)
    retention.run(store, now=START + timedelta(days=20), periods=PERIODS)
    assert "transcript" not in _kept(store, practitioner, case_id)


def test_when_only_the_audio_is_erased_then_the_page_says_so(
    store: Settings, practitioner: User, case_id: str
) -> None:
    retention.run(store, now=START + timedelta(days=10), periods=PERIODS)
    (source,) = list_sources(store, practitioner, case_id)
    with pytest.raises(BadInput) as caught:
        open_recording(store, practitioner, source.id)
    assert "transcript" in caught.value.remedy


def test_when_a_period_is_none_then_that_kind_is_kept(
    store: Settings, practitioner: User, case_id: str
) -> None:
    retention.run(store, now=START + timedelta(days=9999), periods=Periods.of({"final": None}))
    assert _kept(store, practitioner, case_id) == {"final"}


@pytest.mark.parametrize("days", [{"audio": 0}, {"audio": -1}, {"video": 3}])
def test_when_a_period_is_not_usable_then_the_profile_is_refused(days: dict[str, int | None]) -> None:
    with pytest.raises(UsageError):
        Periods.of(days)


def test_when_files_were_left_behind_then_old_ones_are_removed_and_young_ones_stay(
    store: Settings, practitioner: User, case_id: str
) -> None:
    old, young = files_dir(store) / "file-dead.part", files_dir(store) / "file-young.part"
    clear = store.home / "tmp" / "played.wav"
    clear.parent.mkdir()
    for path in (old, young, clear):
        path.write_bytes(b"left behind")
    day_before = time.time() - 2 * 24 * 3600
    for path in (old, clear, *files_dir(store).glob("*.sealed")):
        os.utime(path, (day_before, day_before))
    assert retention.run(store, now=START, periods=PERIODS).leftovers == 2
    assert not old.exists() and not clear.exists() and young.exists()
    assert "audio" in _kept(store, practitioner, case_id)


@pytest.mark.parametrize("user_id", ["practitioner", "approver", "coe"])
def test_when_the_role_does_not_allow_it_then_retention_does_not_run(
    store: Settings, case_id: str, user_id: str
) -> None:
    with pytest.raises(AccessDenied):
        retention.run(store, get_user(store, user_id), now=START + timedelta(days=99))
