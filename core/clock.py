"""The one clock: everything that depends on time asks here, so tests and ``--today`` can fix it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

_fixed: ContextVar[datetime | None] = ContextVar("rapt_fixed_now", default=None)


def now() -> datetime:
    """Return the current moment in UTC, or the fixed one."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Return the current day (UTC), or the fixed one."""
    return now().date()


def fix(moment: datetime | date | None) -> None:
    """Fix the clock for this context; None sets it free. A naive datetime raises ValueError."""
    if moment is not None and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9, 0), UTC)
    if moment is not None and moment.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    _fixed.set(moment)


@contextmanager
def fixed(moment: datetime | date) -> Iterator[None]:
    """Fix the clock inside a with-block."""
    before = _fixed.get()
    fix(moment)
    try:
        yield
    finally:
        _fixed.set(before)
