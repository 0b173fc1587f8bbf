from __future__ import annotations

import io
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core import audit, erasure, retention, withdrawal
from core.access import SYSTEM, User
from core.consent import consent_state, latest_consent, record_consent, require_consent
from core.drafts import list_drafts, save_draft
from core.errors import AccessDenied, BadInput, ConsentMissing, ServiceUnavailable
from core.files import files_dir, put
from core.release import latest_released, release
from core.review import decide
from core.settings import Settings
from core.sources import add_recording, list_sources
from core.transcripts import save_transcript
from core.users import get_user
from tests.core._sample import (
    DRAFT,
    FORM,
    PLANTED,
    a_case,
    a_draft,
    a_recording,
    a_saved_transcript,
    a_transcript,
)


def test_when_consent_is_agreed_then_the_whole_form_is_on_record(store: Settings, practitioner: User) -> None:
    case = a_case(store, practitioner)
    kept = latest_consent(store, practitioner, case.id)
    assert kept is not None and kept.state == "agreed" and kept.form.asked_by == "practitioner"
    assert replace(kept.form, asked_by="", asked_at=None) == FORM
    require_consent(store, case.id)


STATES = [("none", []), ("refused", ["refused"]), ("refused", ["agreed", "refused"])]


@pytest.mark.parametrize(("state", "answers"), STATES)
def test_when_consent_does_not_stand_then_every_way_in_is_closed(
    store: Settings, practitioner: User, state: str, answers: list[Any]
) -> None:
    agreed = a_case(store, practitioner, "AN-0002")
    source = a_recording(store, practitioner, agreed)
    case = a_case(store, practitioner, consent=False)
    for answer in answers:
        record_consent(store, practitioner, case.id, replace(FORM, decision=answer))
    assert consent_state(store, case.id) == state
    record_consent(store, practitioner, agreed.id, replace(FORM, decision="refused"))
    for attempt in (
        lambda: require_consent(store, case.id),
        lambda: a_recording(store, practitioner, case),
        lambda: save_transcript(store, practitioner, source.id, a_transcript()),
        lambda: save_draft(store, practitioner, case.id, DRAFT),
    ):
        with pytest.raises(ConsentMissing) as caught:
            attempt()
        assert caught.value.remedy and caught.value.exit_code == 3


def test_when_the_person_agrees_after_refusing_then_work_may_go_on(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner, consent=False)
    record_consent(store, practitioner, case.id, replace(FORM, decision="refused"))
    record_consent(store, practitioner, case.id, FORM)
    assert consent_state(store, case.id) == "agreed"


@pytest.mark.parametrize(
    "change",
    [
        {"how": " "},
        {"script_version": ""},
        {"lawful_basis": ""},
        {"told": ()},
        {"told": (replace(FORM.told[0], name=" "),)},
        {"told": (replace(FORM.told[0], role=""),)},
        {"decision": "maybe"},
        {"capacity": "unsure"},
        {"asked_at": datetime(2026, 3, 1, 10, 0)},  # noqa: DTZ001 - the naive time is the point
    ],
)
def test_when_the_form_lacks_something_then_it_is_refused_and_nothing_stands(
    store: Settings, practitioner: User, change: dict[str, Any]
) -> None:
    case = a_case(store, practitioner, consent=False)
    with pytest.raises(BadInput) as caught:
        record_consent(store, practitioner, case.id, replace(FORM, **change))
    assert PLANTED not in caught.value.message + caught.value.remedy
    assert consent_state(store, case.id) == "none"


def test_when_somebody_of_another_team_records_consent_then_it_is_denied(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner, consent=False)
    with pytest.raises(AccessDenied):
        record_consent(store, get_user(store, "practitioner2"), case.id, FORM)


def _walked(store: Settings, user: User) -> str:
    case = a_case(store, user)
    source = a_recording(store, user, case)
    a_recording(store, user, case, b"a second recording")
    transcript = a_saved_transcript(store, user, source)
    draft = a_draft(store, user, case, transcript_id=transcript.id)
    decide(store, user, draft.id, "risk", "approve", seconds=4)
    return case.id


def test_when_consent_is_withdrawn_then_everything_goes_and_one_line_stays(
    store: Settings, practitioner: User
) -> None:
    case_id = _walked(store, practitioner)
    before = audit.verify(store).events
    done = withdrawal.withdraw(store, practitioner, case_id)
    assert done.counts == {"audio": 2, "transcript": 1, "draft": 1}
    assert (
        list_sources(store, practitioner, case_id) == () and list_drafts(store, practitioner, case_id) == ()
    )
    assert not any(files_dir(store).iterdir())
    newest = audit.events(store, SYSTEM, limit=1)[0]
    assert audit.verify(store) == audit.Verification(True, before + 1)
    assert (newest.action, newest.subject, newest.actor) == ("consent_withdrawn", case_id, "practitioner")
    assert newest.detail == {"audio": 2, "transcript": 1, "draft": 1}
    with pytest.raises(ConsentMissing):
        require_consent(store, case_id)


def test_when_consent_is_withdrawn_then_not_even_the_sealed_bytes_stay_in_the_store(
    store: Settings, practitioner: User
) -> None:
    case_id = _walked(store, practitioner)
    # Another process keeps the database open, as the worker does: then SQLite keeps its log.
    with closing(sqlite3.connect(store.home / "rapt.sqlite")) as worker:
        tables = ("sources", "transcripts", "drafts", "decisions")
        sealed = [row[0] for name in tables for row in worker.execute(f"SELECT sealed FROM {name}")]
        sealed += [row[0] for row in worker.execute("SELECT salt FROM files")]
        assert len(sealed) == 7
        withdrawal.withdraw(store, practitioner, case_id)
        raw = b"".join(path.read_bytes() for path in store.home.glob("rapt.sqlite*"))
        assert [blob for blob in sealed if blob[:40] in raw] == []


def test_when_other_cases_exist_then_a_withdrawal_leaves_them_alone(
    store: Settings, practitioner: User
) -> None:
    case_id = _walked(store, practitioner)
    other = a_case(store, practitioner, "AN-0002")
    a_recording(store, practitioner, other)
    withdrawal.withdraw(store, practitioner, case_id)
    assert (
        len(list_sources(store, practitioner, other.id)) == 1 and consent_state(store, other.id) == "agreed"
    )


def test_when_a_record_was_released_before_the_withdrawal_then_it_stays_on_record(
    store: Settings, practitioner: User, approver: User
) -> None:
    case_id = _walked(store, practitioner)
    draft = list_drafts(store, practitioner, case_id)[0]
    for section in ("daily_life", "actions"):
        decide(store, practitioner, draft.id, section, "approve")
    release(store, approver, case_id)
    withdrawal.withdraw(store, practitioner, case_id)
    assert latest_released(store, practitioner, case_id) is not None


class _Broken:
    """A store that is down for now."""

    down = True

    def erase(self, session: Session, settings: Settings, what: erasure.Erasure) -> Mapping[str, int]:
        if self.down:
            raise OSError("not reachable")
        return {"draft": 3}


def test_when_a_store_cannot_erase_then_consent_is_gone_at_once_and_retention_finishes(
    store: Settings, practitioner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, broken = _walked(store, practitioner), _Broken()
    monkeypatch.setitem(erasure.ERASURE_SINKS._items, "broken", broken)
    with pytest.raises(ServiceUnavailable) as caught:
        withdrawal.withdraw(store, practitioner, case_id)
    assert caught.value.code == "erasure_unfinished" and consent_state(store, case_id) == "withdrawn"
    assert len(withdrawal.unfinished(store)) == 1
    broken.down = False
    assert retention.run(store).finished_withdrawals == 1
    assert retention.run(store).finished_withdrawals == 0
    lines = [event for event in audit.events(store, SYSTEM) if event.action == "consent_withdrawn"]
    assert [line.detail for line in lines] == [{"audio": 2, "transcript": 1, "draft": 4}]
    assert [line.actor for line in lines] == ["practitioner"] and list_sources(
        store, practitioner, case_id
    ) == ()


class _WithdrawsMidway(io.BytesIO):
    """An upload during which the person changes their mind."""

    def __init__(self, content: bytes, store: Settings, user: User, case_id: str) -> None:
        super().__init__(content)
        self._then = (store, user, case_id)

    def read(self, size: int | None = -1) -> bytes:
        if self._then[2] and consent_state(self._then[0], self._then[2]) == "agreed":
            withdrawal.withdraw(*self._then)
        return super().read(size)


@pytest.mark.parametrize("door", ["recording", "file"])
def test_when_consent_is_withdrawn_during_an_upload_then_what_came_in_is_not_kept(
    store: Settings, practitioner: User, door: str
) -> None:
    case = a_case(store, practitioner)
    stream = _WithdrawsMidway(b"x" * 100, store, practitioner, case.id)
    with pytest.raises(ConsentMissing):
        if door == "recording":
            add_recording(store, practitioner, case.id, stream, "a.wav")
        else:
            put(store, practitioner, case.id, stream, "audio")
    assert not any(files_dir(store).iterdir())


class _Unread(io.BytesIO):
    """A recording that must not be looked at."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("it was read before consent was asked for")


@pytest.mark.parametrize("door", ["recording", "file"])
@pytest.mark.parametrize("answer", [None, "refused", "withdrawn"])
def test_when_consent_does_not_stand_then_a_recording_is_not_even_read(
    store: Settings, practitioner: User, door: str, answer: Any
) -> None:
    case = a_case(store, practitioner, consent=answer == "withdrawn")
    if answer == "withdrawn":
        withdrawal.withdraw(store, practitioner, case.id)
    elif answer == "refused":
        record_consent(store, practitioner, case.id, replace(FORM, decision="refused"))
    with pytest.raises(ConsentMissing):
        if door == "recording":
            add_recording(store, practitioner, case.id, _Unread(), "a.wav")
        else:
            put(store, practitioner, case.id, _Unread(), "audio")
