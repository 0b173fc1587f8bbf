"""Retention: how long each kind of artefact is kept, and the job that enforces it by the clock."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, withdrawal
from core.access import SYSTEM, Action, User, require
from core.clock import now as clock_now
from core.db import checkpoint, reading, writing
from core.erasure import Erasure, erase
from core.errors import UsageError
from core.files import ArtefactKind, file_path, files_dir
from core.settings import Settings
from core.tables import CaseRow, FileRow, MetaRow

_LAST_RUN = "retention_last_run"
_LEFTOVER_AFTER_S = 24 * 3600


@dataclass(frozen=True)
class Periods:
    """Days each kind is kept from the moment it was made; None keeps it until somebody deletes it."""

    audio: int | None = 30
    transcript: int | None = 60
    draft: int | None = 60
    final: int | None = 365
    """the record itself lives in the council's case system; this is RAPT's copy"""

    @classmethod
    def of(cls, days: Mapping[str, int | None]) -> Periods:
        """Return the periods of a profile or settings; UsageError for an unknown kind or a day below 1."""
        known = {field.name for field in fields(cls)}
        for kind, value in days.items():
            if kind not in known or (value is not None and value < 1):
                raise UsageError(
                    f"The retention period {kind!r} cannot be used.",
                    f"Give whole days from 1 up for: {', '.join(sorted(known))}.",
                )
        return cls(**days)

    def cutoffs(self, now: datetime) -> dict[ArtefactKind, datetime | None]:
        """Return the moment up to which each kind has reached the end of its period."""
        days: dict[ArtefactKind, int | None] = {
            "audio": self.audio,
            "transcript": self.transcript,
            "draft": self.draft,
            "final": self.final,
        }
        return {kind: now - timedelta(days=count) for kind, count in days.items() if count is not None}


@dataclass(frozen=True)
class RetentionReport:
    """What one run erased."""

    at: datetime
    cases: int
    """cases something was erased from"""
    counts: Mapping[str, int]
    finished_withdrawals: int
    leftovers: int
    """files without a record that an interrupted upload or player left behind"""


def run(
    settings: Settings, user: User = SYSTEM, *, now: datetime | None = None, periods: Periods | None = None
) -> RetentionReport:
    """Erase whatever is past its period; running it again erases nothing more. AccessDenied by role."""
    require(user, Action.RUN_RETENTION)
    at = now or clock_now()
    finished = withdrawal.finish(settings)
    cutoffs = (periods or Periods()).cutoffs(at)
    total: Counter[str] = Counter()
    cases = 0
    with reading(settings) as session:
        case_ids = session.scalars(select(CaseRow.id)).all()
    for case_id in case_ids:
        with writing(settings) as session:
            counts = erase(session, settings, Erasure(case_id, cutoffs))
            if counts:
                audit.append(session, settings, user, "retention_erased", case_id, **counts)
                total.update(counts)
                cases += 1
    leftovers = _sweep(settings)
    with writing(settings) as session:
        session.merge(MetaRow(name=_LAST_RUN, value=at.astimezone(UTC).isoformat()))
    checkpoint(settings)
    return RetentionReport(at, cases, dict(total), finished, leftovers)


def last_run(settings: Settings) -> datetime | None:
    """Return when retention last ran, or None."""
    with reading(settings) as session:
        row = session.get(MetaRow, _LAST_RUN)
        return datetime.fromisoformat(row.value) if row else None


def _sweep(settings: Settings) -> int:
    """Remove files no record names. Young ones stay: an upload may be about to file them."""
    limit = time.time() - _LEFTOVER_AFTER_S
    with reading(settings) as session:
        kept = _known_paths(session, settings)
    removed = 0
    for folder in (files_dir(settings), settings.home / "tmp"):
        for path in folder.glob("*") if folder.exists() else ():
            if path.name not in kept and path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _known_paths(session: Session, settings: Settings) -> set[str]:
    return {file_path(settings, file_id).name for file_id in session.scalars(select(FileRow.id))}
