from __future__ import annotations

from dataclasses import replace

import pytest

from core import audit, consent
from core.access import SYSTEM, Role, User
from core.drafts import get_draft
from core.errors import AccessDenied, BadInput, ConsentMissing, PolicyRefused, ReleaseRefused
from core.release import (
    ReleasedRecord,
    ensure_released,
    get_released,
    latest_released,
    release,
    released_payload,
)
from core.review import Line, decide, resolve
from core.settings import Settings
from core.users import get_user
from tests.core._sample import BLOCKED, DRAFT, FORM, PLANTED, a_case, a_draft

SECTIONS = ("daily_life", "risk", "actions")


@pytest.fixture
def case_id(store: Settings, practitioner: User) -> str:
    return a_case(store, practitioner).id


def _decided(store: Settings, user: User, case_id: str, blocked: bool = False, leave: str = "") -> str:
    from core.drafts import save_draft

    draft = save_draft(store, user, case_id, BLOCKED if blocked else DRAFT)
    for section in SECTIONS:
        if section != leave:
            decide(store, user, draft.id, section, "approve")
    return draft.id


def test_when_everything_is_decided_then_an_approver_releases_it(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id)
    record = release(store, approver, case_id, draft_id)
    payload = record.payload
    assert (payload.status, payload.approver, payload.approver_name) == (
        "released",
        "approver",
        "Marian Oyelaran",
    )
    assert payload.sections == DRAFT.sections and payload.actions[0].what == "Order a rail"
    assert payload.ai_used and payload.models == ("made-up 00",)
    assert [(one.section, one.author) for one in payload.decisions] == [
        (key, "practitioner") for key in SECTIONS
    ]
    assert payload.approved_at.tzinfo is not None
    assert get_draft(store, practitioner, draft_id).released
    assert latest_released(store, practitioner, case_id) == record
    newest = audit.events(store, SYSTEM, limit=1)[0]
    assert (newest.action, newest.actor, newest.subject) == ("draft_released", "approver", draft_id)


@pytest.mark.parametrize("user_id", ["practitioner", "coe", "admin"])
def test_when_somebody_is_no_approver_then_release_is_refused(
    store: Settings, practitioner: User, case_id: str, user_id: str
) -> None:
    _decided(store, practitioner, case_id)
    with pytest.raises(ReleaseRefused) as caught:
        release(store, get_user(store, user_id), case_id)
    assert caught.value.code == "not_an_approver" and latest_released(store, practitioner, case_id) is None


def test_when_the_approver_is_of_another_team_then_release_is_denied(
    store: Settings, practitioner: User, case_id: str
) -> None:
    _decided(store, practitioner, case_id)
    with pytest.raises(AccessDenied):
        release(store, User("a2", "A", frozenset({Role.APPROVER}), frozenset({"children-east"})), case_id)


@pytest.mark.parametrize(
    ("leave", "heading"), [("daily_life", "Daily life"), ("risk", "Risks"), ("actions", "Actions")]
)
def test_when_any_one_section_is_undecided_then_release_names_it(
    store: Settings, practitioner: User, approver: User, case_id: str, leave: str, heading: str
) -> None:
    _decided(store, practitioner, case_id, leave=leave)
    with pytest.raises(ReleaseRefused) as caught:
        release(store, approver, case_id)
    assert caught.value.message.endswith(f"Undecided sections: {heading}.") and caught.value.remedy


def test_when_a_section_is_escalated_then_release_names_it(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id)
    decide(store, practitioner, draft_id, "risk", "escalate", reason=f"ask about {PLANTED}")
    with pytest.raises(ReleaseRefused) as caught:
        release(store, approver, case_id)
    assert "Escalated sections: Risks." in caught.value.message and PLANTED not in caught.value.message


def test_when_a_blocking_finding_is_open_then_release_names_its_code_and_never_its_content(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id, blocked=True)
    with pytest.raises(ReleaseRefused) as caught:
        release(store, approver, case_id)
    assert "Open blocking findings: unsupported_number." in caught.value.message
    assert PLANTED not in caught.value.message + caught.value.remedy
    resolve(store, practitioner, draft_id, 0, "confirmed_against_recording", "heard it at 0:03")
    assert release(store, approver, case_id).draft_id == draft_id


def test_when_consent_no_longer_stands_then_release_is_refused(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    _decided(store, practitioner, case_id)
    consent.record_consent(store, practitioner, case_id, replace(FORM, decision="refused"))
    with pytest.raises(ConsentMissing):
        release(store, approver, case_id)
    assert latest_released(store, practitioner, case_id) is None


def test_when_it_is_released_again_then_the_same_record_comes_and_no_second_event(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id)
    first, events = release(store, approver, case_id), audit.verify(store).events
    assert release(store, approver, case_id, draft_id) == first
    assert audit.verify(store) == audit.Verification(True, events)


def test_when_a_draft_is_released_then_it_is_closed(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id)
    release(store, approver, case_id)
    for attempt in (
        lambda: decide(store, practitioner, draft_id, "risk", "reject", reason="late"),
        lambda: resolve(store, practitioner, draft_id, 0, "confirmed_against_recording", "late"),
    ):
        with pytest.raises(PolicyRefused) as caught:
            attempt()
        assert caught.value.code == "already_released"


def test_when_sections_were_amended_and_rejected_then_the_released_text_is_what_people_left(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    draft_id = _decided(store, practitioner, case_id, blocked=True)
    first = DRAFT.sections[0].statements[0]
    decide(
        store,
        practitioner,
        draft_id,
        "daily_life",
        "amend",
        lines=[Line(first.text, "s1"), Line("I saw bruises.")],
    )
    decide(store, practitioner, draft_id, "risk", "reject", reason="belongs elsewhere")
    decide(store, practitioner, draft_id, "actions", "reject", reason="nobody agreed to it")
    payload = release(store, approver, case_id).payload
    assert [[one.text for one in section.statements] for section in payload.sections] == [
        [first.text, "I saw bruises."]
    ]
    assert payload.actions == () and payload.omitted == ("Risks", "Actions")


def test_when_there_is_no_draft_or_another_cases_draft_then_nothing_is_released(
    store: Settings, practitioner: User, approver: User, case_id: str
) -> None:
    with pytest.raises(ReleaseRefused):
        release(store, approver, case_id)
    other = a_case(store, practitioner, "AN-0002")
    draft_id = a_draft(store, practitioner, other).id
    for section in SECTIONS:
        decide(store, practitioner, draft_id, section, "approve")
    with pytest.raises(BadInput):
        release(store, approver, case_id, draft_id)
    release(store, approver, other.id, draft_id)
    with pytest.raises(BadInput):
        release(store, approver, case_id, draft_id)


# the exporters' guard ----------------------------------------------------------------------------


@pytest.fixture
def record(store: Settings, practitioner: User, approver: User, case_id: str) -> ReleasedRecord:
    _decided(store, practitioner, case_id)
    return release(store, approver, case_id)


def test_when_an_exporter_asks_then_it_gets_the_text_on_record(
    store: Settings, practitioner: User, record: ReleasedRecord
) -> None:
    assert ensure_released(store, practitioner, record) == record.payload
    assert released_payload(store, practitioner, record.id) == record.payload


FORGERIES = {
    "another text": lambda r: replace(r, payload=r.payload.model_copy(update={"sections": ()})),
    "another approver": lambda r: replace(
        r, payload=r.payload.model_copy(update={"approver_name": "Somebody"})
    ),
    "another case": lambda r: replace(r, case_id="case-000000000000"),
    "another hash": lambda r: replace(r, sha256="0" * 64),
    "never released": lambda r: replace(r, id="released-000000000000"),
    "a draft's id": lambda r: r.draft_id,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_when_a_record_was_made_by_hand_then_nothing_is_exported(
    store: Settings, practitioner: User, record: ReleasedRecord, name: str
) -> None:
    with pytest.raises(ReleaseRefused):
        ensure_released(store, practitioner, FORGERIES[name](record))


def test_when_the_stored_release_is_another_cases_row_then_it_does_not_open(
    store: Settings, practitioner: User, record: ReleasedRecord
) -> None:
    import sqlite3

    from core.errors import RaptError

    with sqlite3.connect(store.home / "rapt.sqlite") as connection:
        connection.execute("UPDATE released SET fingerprint = 'f00'")
    connection.close()
    with pytest.raises(RaptError):
        get_released(store, practitioner, record.id)


def test_when_somebody_of_another_team_exports_then_it_is_denied(
    store: Settings, record: ReleasedRecord
) -> None:
    with pytest.raises(AccessDenied):
        ensure_released(store, get_user(store, "practitioner2"), record)
