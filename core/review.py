"""A person's review of a draft, one section a call: there is no way to approve several at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, diff, timings
from core.access import Action, User, allowed, require
from core.clock import now
from core.db import new_id, reading, writing
from core.drafts import ACTIONS, DraftRecord, out
from core.errors import AccessDenied, BadInput, PolicyRefused
from core.evidence import Transcript
from core.review_state import (
    RECHECKS,
    Decision,
    DecisionKind,
    FindingState,
    How,
    Line,
    OpenItem,
    Recheck,
    Resolution,
    ReviewState,
    SectionState,
    lines_of,
    text_of,
    work_out,
)
from core.rows import case_row, draft_row
from core.settings import Settings
from core.tables import DecisionRow, ResolutionRow, TranscriptRow
from core.vault import seal, unseal

__all__ = [
    "ACTIONS",
    "RECHECKS",
    "Decision",
    "DecisionKind",
    "FindingState",
    "How",
    "Line",
    "OpenItem",
    "Recheck",
    "ReviewState",
    "SectionState",
    "decide",
    "load",
    "resolve",
    "state",
]


def state(settings: Settings, user: User, draft_id: str) -> ReviewState:
    """Return where the review of a draft stands."""
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, draft_row(session, draft_id).case_id))
        return load(session, settings, draft_id)[1]


def decide(
    settings: Settings,
    user: User,
    draft_id: str,
    section: str,
    decision: DecisionKind,
    *,
    reason: str = "",
    lines: Sequence[Line] | None = None,
    seconds: float = 0.0,
) -> Decision:
    """Decide on one section and return the decision; a later one replaces it until release.

    ``lines`` is the whole section after an amendment, and only for that. ``seconds`` is how long
    the section was open. Raises BadInput (no such section, a missing reason, lines that do not
    fit), AccessDenied (role, team, or an escalated section that waits for an approver) and
    PolicyRefused once the draft is released.
    """
    if decision not in get_args(DecisionKind):
        raise BadInput("This is not a decision.", f"Choose one of: {', '.join(get_args(DecisionKind))}.")
    if decision in ("reject", "escalate") and not reason.strip():
        raise BadInput(
            "The reason is missing.", "Say why the section is rejected or escalated.", code="reason_missing"
        )
    if (lines is not None) != (decision == "amend"):
        raise BadInput("Lines go with an amendment, and only with it.", "Give the section as it should read.")
    timings.checked_seconds(seconds)
    with writing(settings) as session:
        record, review = _open(session, settings, user, draft_id)
        before = lines_of(review.current, section)
        _may_decide(user, review, section)
        after = _checked(before, lines_of(record.draft, section), lines, section) if lines is not None else ()
        changes = diff.words(_text(before), _text(after)) if lines is not None else ()
        made = Decision(
            new_id("decision"),
            section,
            decision,
            user.id,
            now(),
            reason.strip(),
            float(seconds),
            before,
            after,
            changes,
        )
        row = DecisionRow(
            id=made.id,
            draft_id=draft_id,
            section=section,
            decision=decision,
            author=user.id,
            at=made.at,
            seconds=made.seconds,
        )
        value = {
            "reason": made.reason,
            "before": [asdict(x) for x in before],
            "after": [asdict(x) for x in after],
        }
        row.sealed = seal(settings, value, f"decisions/{row.id}")
        session.add(row)
        changed = diff.words_changed(changes)
        timing = timings.Timing(
            made.at, record.pilot, "review_section", decision, made.seconds, changed, record.case_id, draft_id
        )
        timings.add(session, timing)
        audit.append(
            session, settings, user, f"section_{decision}", f"{draft_id}/{section}", words_changed=changed
        )
    return made


def resolve(
    settings: Settings, user: User, draft_id: str, finding: int, how: How, reason: str
) -> FindingState:
    """Resolve one finding, by its index, and return how it stands.

    Raises BadInput when the reason is missing, or when the statement was not in fact removed or
    amended; PolicyRefused once the draft is released.
    """
    if how not in get_args(How):
        raise BadInput(
            "This is not a way to resolve a finding.", f"Choose one of: {', '.join(get_args(How))}."
        )
    if not reason.strip():
        raise BadInput("The reason is missing.", "Say how you made sure.", code="reason_missing")
    with writing(settings) as session:
        record, review = _open(session, settings, user, draft_id)
        if isinstance(finding, bool) or not 0 <= finding < len(review.findings):
            raise BadInput("There is no such finding.", "Load the draft again.")
        about = review.findings[finding].finding
        text = text_of(review.current, about.statement) if about.statement else ""
        _really(how, text, text_of(record.draft, about.statement), bool(about.statement), review)
        row = ResolutionRow(
            id=new_id("resolution"), draft_id=draft_id, finding=finding, how=how, author=user.id, at=now()
        )
        row.sealed = seal(settings, {"reason": reason.strip(), "text": text or ""}, f"resolutions/{row.id}")
        session.add(row)
        audit.append(
            session, settings, user, "finding_resolved", f"{draft_id}/{finding}", code=about.code, how=how
        )
        return FindingState(finding, about, how, user.id, row.at, reason.strip())


def load(session: Session, settings: Settings, draft_id: str) -> tuple[DraftRecord, ReviewState]:
    """Return a draft and where its review stands, inside the caller's transaction."""
    record = out(session, settings, draft_row(session, draft_id))
    decisions = _decisions(session, settings, draft_id)
    resolutions: dict[int, Resolution] = {}
    query = select(ResolutionRow).where(ResolutionRow.draft_id == draft_id).order_by(ResolutionRow.number)
    for row in session.scalars(query):
        value = unseal(settings, row.sealed, f"resolutions/{row.id}")
        resolutions[row.finding] = Resolution(
            row.finding,
            row.how,  # type: ignore[arg-type]
            row.author,
            row.at,
            value["reason"],
            value["text"],
        )
    source = session.get(TranscriptRow, record.transcript_id) if record.transcript_id else None
    transcript = None
    if source is not None and record.pilot in RECHECKS:
        transcript = Transcript.model_validate(unseal(settings, source.sealed, f"transcripts/{source.id}"))
    return record, work_out(draft_id, record.released, record.draft, decisions, resolutions, transcript)


def _decisions(session: Session, settings: Settings, draft_id: str) -> list[Decision]:
    made = []
    query = select(DecisionRow).where(DecisionRow.draft_id == draft_id).order_by(DecisionRow.number)
    for row in session.scalars(query):
        value = unseal(settings, row.sealed, f"decisions/{row.id}")
        before = tuple(Line(**line) for line in value["before"])
        after = tuple(Line(**line) for line in value["after"])
        changes = diff.words(_text(before), _text(after)) if row.decision == "amend" else ()
        decision = Decision(
            row.id,
            row.section,
            row.decision,  # type: ignore[arg-type]
            row.author,
            row.at,
            value["reason"],
            row.seconds,
            before,
            after,
            changes,
        )
        made.append(decision)
    return made


def _open(session: Session, settings: Settings, user: User, draft_id: str) -> tuple[DraftRecord, ReviewState]:
    require(user, Action.DECIDE, case_row(session, draft_row(session, draft_id).case_id))
    record, review = load(session, settings, draft_id)
    if record.released:
        raise PolicyRefused(
            "This draft is released and can no longer be changed.",
            "Make a new draft for a correction.",
            code="already_released",
        )
    return record, review


def _may_decide(user: User, review: ReviewState, section: str) -> None:
    for one in review.sections:
        waiting = one.key == section and one.decision is not None and one.decision.decision == "escalate"
        if waiting and not allowed(user, Action.RELEASE):
            raise AccessDenied(
                "This section was escalated and waits for an approver.", "Ask an approver to decide on it."
            )


def _checked(
    before: Sequence[Line], original: Sequence[Line], lines: Sequence[Line], section: str
) -> tuple[Line, ...]:
    """Return the lines with an id for each new one; BadInput when they do not fit the section."""
    known = {line.id for line in (*before, *original)}
    given = [line.id for line in lines if line.id]
    if len(set(given)) < len(given) or not set(given) <= known:
        raise BadInput("The amended lines do not belong to this section.", "Load the draft again.")
    if not all(line.text.strip() for line in lines):
        raise BadInput("A line is empty.", "Remove the line instead of emptying it.")
    after = tuple(
        replace(
            line if section == ACTIONS else Line(line.text, line.id),
            text=line.text.strip(),
            id=line.id or f"human-{secrets.token_hex(4)}",
        )
        for line in lines
    )
    if after == tuple(before):
        raise BadInput("Nothing was changed.", "Approve the section instead.")
    return after


def _really(
    how: How, now_text: str | None, first_text: str | None, has_statement: bool, review: ReviewState
) -> None:
    if how == "removed" and (not has_statement or now_text is not None):
        raise BadInput("The statement is still in the draft.", "Amend the section without it first.")
    if how == "confirmed_against_recording" and now_text is None:
        raise BadInput("The statement is not in the draft any more.", "Nothing needs to be confirmed.")
    touched = any(one.decision == "amend" for state in review.sections for one in state.history)
    changed = (now_text is not None and now_text != first_text) if has_statement else touched
    if how == "amended" and not changed:
        raise BadInput("The statement reads as it did.", "Amend the section first.")


def _text(lines: Sequence[Line]) -> str:
    shown = []
    for line in lines:
        extra = [part for part in (line.owner, line.due) if part != "not stated"]
        shown.append(" ".join([line.text, *extra]))
    return "\n".join(shown)
