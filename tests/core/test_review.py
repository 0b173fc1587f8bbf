from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import audit, diff, review
from core.access import SYSTEM, User
from core.drafts import get_draft, save_draft
from core.errors import AccessDenied, BadInput
from core.evidence import Action, Draft, Finding, Section, Statement, Transcript
from core.review import Line, decide, resolve, state
from core.settings import Settings
from core.timings import list_timings
from core.users import get_user
from tests.core._sample import (
    BLOCKED,
    BLOCKING,
    DRAFT,
    PLANTED,
    a_case,
    a_draft,
    a_recording,
    a_saved_transcript,
)

S1 = Line(f"{PLANTED} said he fell twice.", "s1")
S2 = Line("He fell 4 times.", "s2")
FIXED = Line("He fell twice.", "s2")


@pytest.fixture
def draft_id(store: Settings, practitioner: User) -> str:
    return a_draft(store, practitioner, a_case(store, practitioner), BLOCKED).id


def _state(store: Settings, user: User, draft_id: str, index: int = 0) -> str:
    return state(store, user, draft_id).findings[index].state


def test_when_a_draft_is_new_then_every_section_and_the_actions_are_open(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    now = state(store, practitioner, draft_id)
    assert [(one.key, one.status) for one in now.sections] == [
        ("daily_life", "drafted"),
        ("risk", "not_discussed"),
        ("actions", "drafted"),
    ]
    assert [(item.code, item.where) for item in now.open_items] == [
        ("section_undecided", "Daily life"),
        ("section_undecided", "Risks"),
        ("section_undecided", "Actions"),
        ("finding_open", "unsupported_number"),
    ]
    assert not now.ready


def test_when_sections_are_decided_then_it_takes_one_call_each(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    for done, section in enumerate(("daily_life", "risk", "actions"), start=1):
        decide(store, practitioner, draft_id, section, "approve", seconds=3)
        assert sum(one.decision is not None for one in state(store, practitioner, draft_id).sections) == done


@pytest.mark.parametrize(
    "sections", [["risk", "actions"], ("risk",), None, "*", "", "all", "risk,actions", "nope"]
)
def test_when_somebody_tries_to_decide_on_several_or_none_then_it_is_refused(
    store: Settings, practitioner: User, draft_id: str, sections: Any
) -> None:
    with pytest.raises(BadInput):
        decide(store, practitioner, draft_id, sections, "approve")
    assert all(one.decision is None for one in state(store, practitioner, draft_id).sections)


def test_when_the_module_is_read_then_it_offers_no_way_to_decide_on_many() -> None:
    assert {name for name in review.__all__ if name.islower()} == {"decide", "load", "resolve", "state"}
    assert inspect.signature(decide).parameters["section"].annotation == "str"


@pytest.mark.parametrize("decision", ["reject", "escalate"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_when_a_section_is_rejected_or_escalated_then_a_reason_is_needed(
    store: Settings, practitioner: User, draft_id: str, decision: Any, reason: str
) -> None:
    with pytest.raises(BadInput) as caught:
        decide(store, practitioner, draft_id, "risk", decision, reason=reason)
    assert caught.value.code == "reason_missing"


def test_when_a_section_is_amended_then_the_diff_the_author_and_the_time_are_kept(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    made = decide(
        store,
        practitioner,
        draft_id,
        "daily_life",
        "amend",
        lines=[S1, FIXED],
        reason="heard again",
        seconds=41.5,
    )
    (kept,) = state(store, practitioner, draft_id).sections[0].history
    assert kept == made
    assert (kept.author, kept.seconds, kept.reason) == ("practitioner", 41.5, "heard again")
    assert kept.at.tzinfo is not None and kept.before == (S1, S2) and kept.after == (S1, FIXED)
    assert [(change.op, change.text) for change in kept.diff if change.op != "same"] == [
        ("removed", "4 times."),
        ("added", "twice."),
    ]


def test_when_lines_are_kept_rewritten_added_and_removed_then_origin_and_evidence_follow(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[Line(" I saw a loose rug. "), S1])
    added, kept = state(store, practitioner, draft_id).current.sections[0].statements
    assert (added.text, added.origin, added.evidence) == ("I saw a loose rug.", "human", ())
    assert kept == DRAFT.sections[0].statements[0]
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[Line(added.text, added.id), FIXED])
    again, rewritten = state(store, practitioner, draft_id).current.sections[0].statements
    assert again == added
    assert (rewritten.origin, rewritten.evidence) == ("human", DRAFT.sections[0].statements[1].evidence)
    assert get_draft(store, practitioner, draft_id).draft.sections == DRAFT.sections  # the machine's stays


def test_when_a_person_knows_what_was_not_discussed_then_the_section_is_drafted(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "risk", "amend", lines=[Line("Gas was left on at my last visit.")])
    section = state(store, practitioner, draft_id).current.sections[1]
    assert (section.status, section.statements[0].origin) == ("drafted", "human")


def test_when_actions_are_amended_then_owner_and_date_are_kept(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    first = state(store, practitioner, draft_id).current.actions[0]
    lines = [Line(first.what, first.id, "worker", "2026-03-09"), Line("Ring the GP", owner="carer")]
    decide(store, practitioner, draft_id, "actions", "amend", lines=lines)
    now = state(store, practitioner, draft_id).current.actions
    assert [(one.what, one.owner, one.due) for one in now] == [
        ("Order a rail", "worker", "2026-03-09"),
        ("Ring the GP", "carer", "not stated"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [S1, S2],
        [S1, S1],
        [S1, Line("x", "s9")],
        [Line("  ", "s1")],
        [Line("", "")],
        None,
    ],
    ids=["unchanged", "twice", "foreign", "blank", "empty", "none"],
)
def test_when_an_amendment_does_not_fit_the_section_then_it_is_refused(
    store: Settings, practitioner: User, draft_id: str, lines: list[Line] | None
) -> None:
    with pytest.raises(BadInput) as caught:
        decide(store, practitioner, draft_id, "daily_life", "amend", lines=lines)
    assert PLANTED not in str(caught.value) and caught.value.remedy


def test_when_a_section_is_escalated_then_only_an_approver_decides_on_it(
    store: Settings, practitioner: User, approver: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "risk", "escalate", reason="unsure")
    assert ("section_escalated", "Risks") in {
        (i.code, i.where) for i in state(store, practitioner, draft_id).open_items
    }
    with pytest.raises(AccessDenied):
        decide(store, practitioner, draft_id, "risk", "approve")
    decide(store, approver, draft_id, "risk", "approve")
    assert [one.decision for one in state(store, practitioner, draft_id).sections[1].history] == [
        "escalate",
        "approve",
    ]


@pytest.mark.parametrize("user_id", ["practitioner2", "coe", "admin"])
def test_when_somebody_without_access_decides_then_it_is_denied(
    store: Settings, draft_id: str, user_id: str
) -> None:
    user = get_user(store, user_id)
    for attempt in (
        lambda: decide(store, user, draft_id, "risk", "approve"),
        lambda: resolve(store, user, draft_id, 0, "confirmed_against_recording", "heard it"),
        lambda: state(store, user, draft_id),
    ):
        with pytest.raises(AccessDenied):
            attempt()


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_when_a_duration_makes_no_sense_then_it_is_refused(
    store: Settings, practitioner: User, draft_id: str, seconds: float
) -> None:
    with pytest.raises(BadInput):
        decide(store, practitioner, draft_id, "risk", "approve", seconds=seconds)


def test_when_sections_are_decided_then_timings_and_ledger_hold_figures_and_no_content(
    store: Settings, practitioner: User, approver: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1, FIXED], seconds=12)
    decide(store, practitioner, draft_id, "risk", "approve", seconds=2)
    figures = [
        (one.step, one.outcome, one.seconds, one.words_changed) for one in list_timings(store, approver)
    ]
    assert figures == [("review_section", "amend", 12.0, 3), ("review_section", "approve", 2.0, 0)]
    lines = audit.events(store, SYSTEM, limit=2)
    assert [line.action for line in lines] == ["section_approve", "section_amend"]
    assert [line.subject for line in lines] == [f"{draft_id}/risk", f"{draft_id}/daily_life"]


# findings ----------------------------------------------------------------------------------------


def test_when_a_section_with_a_blocking_finding_is_approved_then_the_finding_stays_open(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "approve")
    assert _state(store, practitioner, draft_id) == "open"


def test_when_the_statement_is_removed_then_its_finding_is_settled(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1])
    finding = state(store, practitioner, draft_id).findings[0]
    assert (finding.state, finding.author, finding.blocks) == ("removed", "practitioner", False)


def test_when_the_section_is_rejected_then_its_finding_is_settled_until_it_is_approved_again(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "reject", reason="wrong visit")
    assert _state(store, practitioner, draft_id) == "removed"
    decide(store, practitioner, draft_id, "daily_life", "approve")
    assert _state(store, practitioner, draft_id) == "open"


def test_when_a_statement_is_only_rewritten_then_the_finding_waits_for_a_person(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1, FIXED])
    assert _state(store, practitioner, draft_id) == "open"
    resolve(store, practitioner, draft_id, 0, "amended", "played 0:03, he says twice")
    finding = state(store, practitioner, draft_id).findings[0]
    assert (finding.state, finding.reason) == ("amended", "played 0:03, he says twice")


@pytest.mark.parametrize("how", ["amended", "confirmed_against_recording"])
def test_when_the_text_changes_after_a_resolution_then_the_finding_is_open_again(
    store: Settings, practitioner: User, draft_id: str, how: Any
) -> None:
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1, FIXED])
    resolve(store, practitioner, draft_id, 0, how, "listened")
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1, Line("He fell 9 times.", "s2")])
    assert _state(store, practitioner, draft_id) == "open"


def test_when_the_recording_says_so_then_a_person_confirms_and_the_finding_is_settled(
    store: Settings, practitioner: User, draft_id: str
) -> None:
    resolve(store, practitioner, draft_id, 0, "confirmed_against_recording", "clearly says four")
    assert _state(store, practitioner, draft_id) == "confirmed_against_recording"
    newest = audit.events(store, SYSTEM, limit=1)[0]
    assert newest.detail == {"code": "unsupported_number", "how": "confirmed_against_recording"}


@pytest.mark.parametrize(
    ("index", "how", "reason"),
    [
        (0, "removed", "it is gone"),
        (0, "amended", "rewritten"),
        (0, "confirmed_against_recording", "  "),
        (0, "ignored", "never mind"),
        (1, "confirmed_against_recording", "x"),
        (-1, "confirmed_against_recording", "x"),
        (True, "confirmed_against_recording", "x"),
    ],
)
def test_when_a_resolution_is_not_true_or_not_explained_then_the_finding_stays_open(
    store: Settings, practitioner: User, draft_id: str, index: int, how: Any, reason: str
) -> None:
    with pytest.raises(BadInput):
        resolve(store, practitioner, draft_id, index, how, reason)
    assert _state(store, practitioner, draft_id) == "open"


def _no_four(draft: Draft, transcript: Transcript | None) -> Sequence[Finding]:
    """A pilot's check: no digits, and nobody may say 'certainly'."""
    found = []
    for section in draft.sections:
        for one in section.statements:
            if any(char.isdigit() for char in one.text):
                found.append(BLOCKING.model_copy(update={"statement": one.id}))
            if transcript is not None and "certainly" in one.text:
                found.append(BLOCKING.model_copy(update={"statement": one.id, "code": "unsupported_risk"}))
    return found


@pytest.mark.parametrize(("text", "expected"), [("He fell twice.", "amended"), ("He fell 5 times.", "open")])
def test_when_the_pilot_can_check_again_then_a_rewritten_statement_clears_only_what_no_longer_applies(
    store: Settings,
    practitioner: User,
    draft_id: str,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    expected: str,
) -> None:
    monkeypatch.setitem(review.RECHECKS._items, "toy_pilot", _no_four)
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1, Line(text, "s2")])
    assert _state(store, practitioner, draft_id) == expected


def test_when_a_persons_own_words_trip_the_check_then_they_are_warned_and_not_blocked(
    store: Settings, practitioner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(review.RECHECKS._items, "toy_pilot", _no_four)
    case = a_case(store, practitioner)
    transcript = a_saved_transcript(store, practitioner, a_recording(store, practitioner, case))
    draft_id = a_draft(store, practitioner, case, DRAFT, transcript.id).id
    decide(store, practitioner, draft_id, "risk", "amend", lines=[Line("He will certainly fall.")])
    now = state(store, practitioner, draft_id)
    assert [(one.code, one.severity) for one in now.new_findings] == [("unsupported_risk", "warn")]
    assert not any(item.code == "finding_open" for item in now.open_items)


def test_when_a_finding_is_about_the_whole_draft_then_only_a_person_settles_it(
    store: Settings, practitioner: User
) -> None:
    whole = BLOCKING.model_copy(update={"statement": "", "section": "", "code": "contradiction"})
    case = a_case(store, practitioner)
    draft_id = a_draft(store, practitioner, case, DRAFT.model_copy(update={"findings": (whole,)})).id
    for how in ("removed", "amended"):
        with pytest.raises(BadInput):
            resolve(store, practitioner, draft_id, 0, how, "x")  # type: ignore[arg-type]
    decide(store, practitioner, draft_id, "daily_life", "amend", lines=[S1])
    assert _state(store, practitioner, draft_id) == "open"
    resolve(store, practitioner, draft_id, 0, "amended", "the second account is out")
    assert _state(store, practitioner, draft_id) == "amended"


# drafts ------------------------------------------------------------------------------------------


def _with(**change: Any) -> Draft:
    return DRAFT.model_copy(update=change)


TWICE = Statement(id="s1", text="x", origin="generated")
AMBIGUOUS = {
    "section twice": _with(sections=(DRAFT.sections[0], DRAFT.sections[0])),
    "statement twice": _with(
        sections=(*DRAFT.sections, Section(key="b", heading="B", status="drafted", statements=(TWICE,)))
    ),
    "a section called actions": _with(
        sections=(Section(key="actions", heading="A", status="not_discussed"),)
    ),
    "a key with content": _with(
        sections=(Section(key="Mrs Quill fell", heading="A", status="not_discussed"),)
    ),
    "action like a statement": _with(actions=(Action(id="s1", what="x"),)),
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_when_decisions_could_not_be_told_apart_then_the_draft_is_refused(
    store: Settings, practitioner: User, name: str
) -> None:
    case = a_case(store, practitioner)
    with pytest.raises(ValueError, match="unique"):
        save_draft(store, practitioner, case.id, AMBIGUOUS[name])


def test_when_a_job_saves_its_draft_again_then_there_is_still_one(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    first = save_draft(store, practitioner, case.id, DRAFT, key="job-1")
    events = audit.verify(store).events
    assert save_draft(store, practitioner, case.id, DRAFT, key="job-1") == first
    assert audit.verify(store).events == events
    assert save_draft(store, practitioner, case.id, DRAFT, key="job-2").version == 2


@hypothesis_settings(max_examples=80)
@given(before=st.text("ab ,\n", max_size=30), after=st.text("ab ,\n", max_size=30))
def test_when_a_diff_is_read_then_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    changes = diff.words(before, after)
    assert " ".join(c.text for c in changes if c.op != "added").split() == before.split()
    assert " ".join(c.text for c in changes if c.op != "removed").split() == after.split()
