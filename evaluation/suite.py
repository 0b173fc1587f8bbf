"""What a suite is, and the registry: a decorated factory whose parameters are stored with every run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from core.errors import UsageError
from core.registry import Registry
from core.settings import Settings
from evaluation.model import SuiteResult


@dataclass
class RunContext:
    """What a suite may use while it runs."""

    settings: Settings
    progress: Callable[[float, str], None] = lambda fraction, message: None
    problems: list[str] = field(default_factory=list)
    """warnings for ``problems.log``; never personal data"""
    shared: dict[str, Any] = field(default_factory=dict)
    """costly things one suite made and a later suite of the same call may use again"""

    def problem(self, text: str) -> None:
        """Note something a reader of the figures must know."""
        self.problems.append(text)


class Suite(Protocol):
    """Runs its cases and hands back measures. Raises RaptError when it cannot run at all."""

    def __call__(self, context: RunContext) -> SuiteResult:
        """Run every case once."""
        ...


@dataclass(frozen=True)
class SuiteEntry:
    """A registered suite: how to make it, and with what."""

    name: str
    title: str
    subject: str
    """the component or pilot it measures, such as ``transcription`` or ``pilots.visit_notes``"""
    factory: Callable[..., Suite]
    quick: Mapping[str, Any]
    """parameters that ``--quick`` sets"""
    defaults: Mapping[str, Any]

    def parameters(self, *, quick: bool = False, **given: Any) -> dict[str, Any]:
        """Return the effective parameters; raises UsageError for one the suite does not have."""
        unknown = sorted(set(given) - set(self.defaults))
        if unknown:
            known = ", ".join(self.defaults) or "none"
            raise UsageError(f"The suite {self.name!r} has no parameter {unknown[0]!r}.", f"It has: {known}.")
        return {**self.defaults, **(self.quick if quick else {}), **given}

    def make(self, **parameters: Any) -> Suite:
        """Return the suite with these parameters."""
        return self.factory(**parameters)


SUITES: Registry[SuiteEntry] = Registry("suite")


def define_suite(
    name: str, *, title: str, subject: str, quick: Mapping[str, Any] | None = None
) -> Callable[[Callable[..., Suite]], Callable[..., Suite]]:
    """Register the decorated factory; its keyword-only parameters with their defaults are the suite's."""

    def add(factory: Callable[..., Suite]) -> Callable[..., Suite]:
        defaults = {p.name: p.default for p in inspect.signature(factory).parameters.values() if p.kind is p.KEYWORD_ONLY}
        entry = SuiteEntry(name, title, subject, factory, dict(quick or {}), defaults)
        unknown = set(entry.quick) - set(defaults)
        if unknown:
            raise ValueError(f"suite {name!r}: quick sets unknown parameters {sorted(unknown)}")
        SUITES.add(name, entry)
        return factory

    return add


def load_suites() -> Registry[SuiteEntry]:
    """Import every module of ``evaluation.suites`` (a new suite is a new file) and return the registry."""
    import evaluation.suites as package

    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return SUITES
