"""Running rows one after the other: a row that fails is an outcome, and the next one goes on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from core.failures import error_record, exit_code
from core.settings import Settings
from evaluation.benchmarks.model import Bench, Outcome, Row, quotient, spread


def run_rows(rows: Iterable[Row], settings: Settings, tell: Callable[[str], None] = lambda text: None) -> list[Outcome]:
    """Return one outcome a row, in order; ``tell`` hears what is measured now."""
    shared: dict[str, tuple[Any, Exception | None]] = {}
    settings.home.mkdir(parents=True, exist_ok=True)
    found = []
    for row in rows:
        tell(f"{row.name}: {row.about}")
        with tempfile.TemporaryDirectory(prefix="benchmark-", dir=settings.home, ignore_cleanup_errors=True) as scratch:
            found.append(_run(row, Bench(settings, row.runs, Path(scratch), shared)))
    return found


def _run(row: Row, bench: Bench) -> Outcome:
    load = load_average()
    try:
        made = row.work(bench)
        ours = spread(made.ours)
        stock = spread(made.stock) if row.ratio else None
        ratio = None
        if stock:
            ratio = quotient(stock, ours) if row.ratio == "stock/ours" else quotient(ours, stock)
        beside = {name: spread(values) for name, values in made.beside.items()}
        return Outcome(row, ours, stock, ratio, beside, made.note, load_average=load)
    except Exception as error:
        return Outcome(row, error=error_record(error), exit_code=exit_code(error), load_average=load)


def load_average() -> float | None:
    """Return the load average of the last minute, or None where the system does not tell it."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def machine(settings: Settings) -> dict[str, Any]:
    """Return where this is measured: processor, cores, load, Python, packages, model files; no host name, no paths."""
    from core.model_files import manifest
    from evaluation.environment import environment

    return environment(settings, [name for name, model in manifest()[0].items() if model.use == "default"])


def as_record(machine: dict[str, Any], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return everything for JSON."""
    return {
        "machine": machine,
        "load_average_after": load_average(),
        "rows": [outcome.as_record() for outcome in outcomes],
        "limits_missed": sum(outcome.met == "no" for outcome in outcomes),
        "rows_failed": sum(outcome.met == "failed" for outcome in outcomes),
    }
