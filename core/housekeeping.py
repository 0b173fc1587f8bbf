"""What the worker does by itself: retention once a day, under the council's periods."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core import retention
from core.profile import Profile, load_profile
from core.settings import Settings

EVERY = timedelta(hours=20)
"""under a day, so that a machine switched on at nine every morning runs it every morning"""


def retention_due(settings: Settings, at: datetime | None = None) -> bool:
    """Return whether retention has not run for 20 hours (real time)."""
    last = retention.last_run(settings)
    return last is None or (at or datetime.now(UTC)) - last >= EVERY


def periods_of(profile: Profile) -> retention.Periods:
    """Return the council's retention periods."""
    return retention.Periods.of({str(kind): days for kind, days in profile.retention_days.items()})


def retention_if_due(settings: Settings) -> None:
    """Run retention when it is due; a profile that cannot be read raises, nothing is deleted on a guess."""
    if retention_due(settings):
        retention.run(settings, periods=periods_of(load_profile(settings=settings)))
