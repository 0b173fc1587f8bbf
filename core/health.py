"""Health checks for ``rapt doctor``: each says what it found and, when something is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from core.errors import RaptError
from core.failures import place
from core.registry import Registry
from core.settings import Settings, get_settings

HealthSeverity = Literal["ok", "warn", "fail"]
MAX_SAMPLES = 5


@dataclass(frozen=True)
class Check:
    """What one check found; never personal data."""

    name: str
    severity: HealthSeverity
    message: str
    remedy: str = ""
    samples: tuple[str, ...] = ()
    """at most five, then one line "(+N more)" """

    def as_record(self) -> dict[str, object]:
        """Return it for JSON."""
        return {**vars(self), "samples": list(self.samples)}


class HealthCheck(Protocol):
    """Something that can look at a part of the installation; one result, or one for each part of it."""

    def __call__(self, settings: Settings, /) -> Check | Sequence[Check]:
        """Return what was found; may raise RaptError, which counts as a failure."""
        ...


HEALTH_CHECKS: Registry[HealthCheck] = Registry("health check")


def health_check(name: str) -> Callable[[HealthCheck], HealthCheck]:
    """Register a check under a name; a component calls this in its ``health.py``."""
    return HEALTH_CHECKS.register(name)


def ok(message: str, samples: Iterable[str] = ()) -> Check:
    """Return a passed check."""
    return Check("", "ok", message, "", _few(samples))


def warn(message: str, remedy: str, samples: Iterable[str] = ()) -> Check:
    """Return a check that somebody should look at."""
    return Check("", "warn", message, remedy, _few(samples))


def fail(message: str, remedy: str, samples: Iterable[str] = ()) -> Check:
    """Return a failed check."""
    return Check("", "fail", message, remedy, _few(samples))


def run_checks(settings: Settings | None = None, only: Iterable[str] = ()) -> list[Check]:
    """Run the registered checks in order; one that raises becomes a failed check, the others go on.

    Raises UsageError when ``only`` names a check that is not there.
    """
    settings = settings or get_settings()
    chosen = [(name, HEALTH_CHECKS.get(name)) for name in only] or list(HEALTH_CHECKS)
    results: list[Check] = []
    for name, check in chosen:
        try:
            found = check(settings)
        except RaptError as error:
            found = fail(error.message, error.remedy)
        except Exception as error:
            found = fail(f"The check itself stopped ({place(error)}).", "Report this: it is a fault in RAPT.")
        for one in [found] if isinstance(found, Check) else found:
            results.append(one if one.name else replace(one, name=name))
    return results


def _few(samples: Iterable[str]) -> tuple[str, ...]:
    everything = tuple(samples)
    if len(everything) <= MAX_SAMPLES:
        return everything
    return (*everything[:MAX_SAMPLES], f"(+{len(everything) - MAX_SAMPLES} more)")
