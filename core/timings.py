"""How long steps and reviews take: figures without content, for measuring the pilot's effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.access import Action, User, require
from core.clock import now
from core.db import reading, writing
from core.errors import BadInput
from core.settings import Settings
from core.tables import TimingRow


@dataclass(frozen=True)
class Timing:
    """One measured duration."""

    at: datetime
    pilot: str
    step: str
    outcome: str
    """a decision's code for a review, else empty"""
    seconds: float
    words_changed: int
    case_id: str
    draft_id: str


def record_step(
    settings: Settings, *, pilot: str, step: str, seconds: float, case_id: str = "", draft_id: str = ""
) -> None:
    """Keep how long a step of the pipeline took. A measurement is no change of state: no audit event."""
    timing = Timing(now(), pilot, step, "", checked_seconds(seconds), 0, case_id, draft_id)
    with writing(settings) as session:
        add(session, timing)


def add(session: Session, timing: Timing) -> None:
    """Keep a measurement inside the caller's transaction."""
    session.add(TimingRow(**vars(timing)))


def checked_seconds(seconds: float) -> float:
    """Return the duration; BadInput when it is negative or not a number."""
    if not math.isfinite(seconds) or seconds < 0:
        raise BadInput("A duration must be zero or more seconds.", "Measure it with a monotonic clock.")
    return float(seconds)


def list_timings(settings: Settings, user: User, pilot: str = "") -> tuple[Timing, ...]:
    """Return the measurements (of one pilot), oldest first."""
    require(user, Action.SEE_SCORECARDS)
    query = select(TimingRow).order_by(TimingRow.number)
    if pilot:
        query = query.where(TimingRow.pilot == pilot)
    with reading(settings) as session:
        return tuple(
            Timing(
                row.at,
                row.pilot,
                row.step,
                row.outcome,
                row.seconds,
                row.words_changed,
                row.case_id,
                row.draft_id,
            )
            for row in session.scalars(query)
        )
