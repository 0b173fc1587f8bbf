"""The registry of rows: a decorated function in a file of ``rows`` is a row."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from core.registry import Registry
from evaluation.benchmarks.model import Bench, Figures, Ratio, Row
from evaluation.model import Target

ROWS: Registry[Row] = Registry("benchmark row")
Work = Callable[[Bench], Figures]


def define_row(
    name: str,
    *,
    about: str,
    unit: str,
    runs: int,
    limit: Target | None = None,
    stretch: Target | None = None,
    ratio: Ratio = "",
    peer: str = "",
) -> Callable[[Work], Work]:
    """Register the decorated function as a row; raises ValueError for a ratio without a peer."""
    if bool(ratio) != bool(peer):
        raise ValueError(f"row {name!r}: a ratio needs a peer, and a peer a ratio")

    def add(work: Work) -> Work:
        ROWS.add(name, Row(name, about, unit, runs, work, limit, stretch, ratio, peer))
        return work

    return add


def load_rows() -> Registry[Row]:
    """Import every module of ``evaluation.benchmarks.rows`` (a new group is a new file) and return the registry."""
    import evaluation.benchmarks.rows as package

    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return ROWS
