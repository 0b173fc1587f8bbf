"""Where the parts meet: imports what components register (jobs, checks, finding codes, sinks, the redactor).

The kernel cannot import upwards, so each process that needs the registries full (app, worker,
command line) calls :func:`load` once. A component registers in the small modules named in
``PARTS``; they must be light to import.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

PARTS = ("register", "findings", "codes", "health", "rechecks", "sinks", "jobs")
"""modules of a component that register something when imported"""


def components() -> list[str]:
    """Return the packages that may register something: the shared parts, each pilot, evaluation."""
    shared = ["core", "transcription", "redaction", "rag", "rag.support", "pilots"]
    return [name for name in [*shared, *pilots(), "evaluation"] if find_spec(name)]


def pilots() -> list[str]:
    """Return the packages of the pilots that are there."""
    return [f"pilots.{found.name}" for found in iter_modules(import_module("pilots").__path__) if found.ispkg]


@lru_cache(maxsize=1)
def load() -> None:
    """Fill every registry; doing it again changes nothing."""
    import_module("core.health_checks")
    for name in components():
        package = import_module(name)
        for part in _parts(package.__path__):
            import_module(f"{name}.{part}")


def _parts(path: Iterable[str]) -> list[str]:
    there = {found.name for found in iter_modules(path)}
    return [part for part in PARTS if part in there and part != "jobs"] + (
        ["jobs"] if "jobs" in there else []
    )
