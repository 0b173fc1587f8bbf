"""The audit chain: who did what to which record and when, by ids and codes, never content.

Every link is an HMAC over itself and the link before it, so an edit or a removal breaks the chain
at a place that ``verify`` names. The head is also written to a second place (``core.anchor``),
so that a cut tail shows.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import anchor
from core.access import SYSTEM, Action, User, require
from core.clock import now
from core.db import after_commit, reading, writing
from core.settings import Settings
from core.tables import AuditRow
from core.vault import derive

Problem = Literal["", "edited", "removed", "tail_cut", "anchor_missing", "anchor_mismatch", "anchor_damaged"]
GENESIS = "0" * 64
_CODE = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SUBJECT = re.compile(r"[A-Za-z0-9._:@/-]{0,128}")
_CHECK_REMEDY = (
    "Keep the store and the anchor as they are, and tell the administrator and the information officer."
)


@dataclass(frozen=True)
class AuditEvent:
    """One link of the chain as people see it."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, int | str]


@dataclass(frozen=True)
class Verification:
    """What a walk along the whole chain found."""

    ok: bool
    events: int
    first_broken: int | None = None
    """number of the first link that is not as it was written"""
    problem: Problem = ""
    message: str = "The audit chain is whole."
    remedy: str = ""


def append(
    session: Session, settings: Settings, user: User, action: str, subject: str = "", **detail: int | str
) -> int:
    """Add one link inside the caller's ``writing`` transaction and return its number.

    Raises ValueError when a word could carry content: actions and text details are snake_case
    codes, the subject is an id, figures are whole numbers.
    """
    _check(action, subject, detail)
    last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).first()
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=now().isoformat(),
        actor=user.id,
        action=action,
        subject=subject,
        detail=dict(detail),
        previous=last.mac if last else GENESIS,
    )
    row.mac = _mac(derive(settings, "audit"), row)
    session.add(row)
    session.flush()
    seq, mac = row.seq, row.mac
    # After the commit, never before: an anchor ahead of the chain would look like a cut tail.
    after_commit(session, lambda: anchor.write(settings, seq, mac))
    return seq


def record(settings: Settings, user: User, action: str, subject: str = "", **detail: int | str) -> int:
    """Add one link for a step that stores nothing else, and return its number; see ``append``."""
    with writing(settings) as session:
        return append(session, settings, user, action, subject, **detail)


def events(settings: Settings, user: User, *, subject: str = "", limit: int = 200) -> tuple[AuditEvent, ...]:
    """Return the newest links first; raises AccessDenied."""
    require(user, Action.VERIFY_AUDIT)
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
    if subject:
        query = query.where(AuditRow.subject == subject)
    with reading(settings) as session:
        return tuple(
            AuditEvent(row.seq, row.at, row.actor, row.action, row.subject, row.detail)
            for row in session.scalars(query)
        )


def verify(settings: Settings, user: User = SYSTEM) -> Verification:
    """Walk the chain from its start and tell the first link that is broken, and how."""
    require(user, Action.VERIFY_AUDIT)
    key = derive(settings, "audit")
    anchored = anchor.read(settings)  # before the chain: a link added meanwhile must not look cut
    macs: list[str] = [GENESIS]
    with reading(settings) as session:
        for row in session.scalars(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=1000)):
            number = len(macs)
            if row.seq != number:
                return _broken(number, "removed", len(macs) - 1)
            if not hmac.compare_digest(row.mac, _mac(key, row)) or row.previous != macs[-1]:
                return _broken(number, "edited", len(macs) - 1)
            macs.append(row.mac)
    return _against(anchored, macs)


def _against(anchored: anchor.Anchored, macs: list[str]) -> Verification:
    count = len(macs) - 1
    if anchored.heads and max(anchored.heads) > count:
        return _broken(count + 1, "tail_cut", count)
    for seq in sorted(anchored.heads):
        if anchored.heads[seq] != {macs[seq]}:
            return _broken(seq, "anchor_mismatch", count)
    if anchored.damaged:
        return _broken(None, "anchor_damaged", count)
    if count and not anchored.heads:
        return _broken(None, "anchor_missing", count)
    return Verification(True, count)


_MESSAGES: dict[Problem, str] = {
    "edited": "Event {0} of the audit chain was changed after it was written.",
    "removed": "Event {0} of the audit chain was removed.",
    "tail_cut": "The end of the audit chain was cut off: event {0} and those after it are gone.",
    "anchor_mismatch": "Event {0} of the audit chain is not the one that was anchored.",
    "anchor_missing": "The audit chain has no anchor, so a cut tail could not be seen.",
    "anchor_damaged": "The anchor of the audit chain holds lines that were not written by this installation.",
}


def _broken(seq: int | None, problem: Problem, count: int) -> Verification:
    return Verification(False, count, seq, problem, _MESSAGES[problem].format(seq), _CHECK_REMEDY)


def _mac(key: bytes, row: AuditRow) -> str:
    link: list[Any] = [row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.previous]
    text = json.dumps(link, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _check(action: str, subject: str, detail: dict[str, int | str]) -> None:
    words = [action, *detail, *(value for value in detail.values() if isinstance(value, str))]
    if not all(_CODE.fullmatch(word) for word in words):
        raise ValueError("an audit event holds snake_case codes and whole numbers only")
    if not all(isinstance(value, int | str) for value in detail.values()) or not _SUBJECT.fullmatch(subject):
        raise ValueError("an audit event holds snake_case codes, ids and whole numbers only")
