"""Withdrawal of consent: it counts at once, erases everywhere, and leaves one line in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.consent import mark_withdrawn
from core.db import checkpoint, new_id, reading, writing
from core.erasure import Erasure, erase
from core.errors import RaptError, ServiceUnavailable
from core.rows import case_row
from core.settings import Settings
from core.tables import WithdrawalRow


@dataclass(frozen=True)
class Withdrawal:
    """A finished withdrawal."""

    case_id: str
    at: datetime
    counts: Mapping[str, int]
    """kind → how many were erased"""


def withdraw(settings: Settings, user: User, case_id: str) -> Withdrawal:
    """Withdraw consent and erase recordings, transcripts and drafts for good.

    A released record stays: it is the council's record, kept by its own period. Raises
    ServiceUnavailable when a store could not erase; consent is withdrawn all the same, nothing
    more is processed, and ``finish`` (the retention job) erases the rest.
    """
    with writing(settings) as session:
        require(user, Action.WITHDRAW, case_row(session, case_id))
        mark_withdrawn(session, settings, user, case_id)
        row = WithdrawalRow(
            id=new_id("withdrawal"), case_id=case_id, requested_at=now(), requested_by=user.id
        )
        session.add(row)
        withdrawal_id = row.id
    try:
        return _erase(settings, withdrawal_id)
    except Exception as error:
        detail = f" ({error.message})" if isinstance(error, RaptError) else ""
        raise ServiceUnavailable(
            f"Consent is withdrawn and nothing more is processed, but not all could be erased yet{detail}.",
            "Run `rapt retention run`; it finishes the erasure.",
            code="erasure_unfinished",
        ) from error


def unfinished(settings: Settings) -> tuple[str, ...]:
    """Return the ids of withdrawals whose erasure is not finished."""
    query = (
        select(WithdrawalRow.id)
        .where(WithdrawalRow.finished_at.is_(None))
        .order_by(WithdrawalRow.requested_at)
    )
    with reading(settings) as session:
        return tuple(session.scalars(query))


def finish(settings: Settings) -> int:
    """Finish every withdrawal that was interrupted and return how many."""
    waiting = unfinished(settings)
    for withdrawal_id in waiting:
        _erase(settings, withdrawal_id)
    return len(waiting)


def _erase(settings: Settings, withdrawal_id: str) -> Withdrawal:
    with writing(settings) as session:
        row = session.get_one(WithdrawalRow, withdrawal_id)
        counts = erase(
            session, settings, Erasure(row.case_id, {"audio": None, "transcript": None, "draft": None})
        )
        row.finished_at = at = now()
        who = User(row.requested_by, "", frozenset())
        audit.append(session, settings, who, "consent_withdrawn", row.case_id, **counts)
        done = Withdrawal(row.case_id, at, counts)
    checkpoint(settings)
    return done
