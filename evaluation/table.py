"""Runs as tables for the terminal; targets that are missed are shown, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from evaluation.compare import Change
from evaluation.model import Measure, Target
from evaluation.run import Run

if TYPE_CHECKING:
    from rich.console import Console

_MET = {"yes": "met", "no": "MISSED", "unmeasured": "unmeasured", "no_target": ""}


def show_run(run: Run, stream: TextIO) -> None:
    """Print one table a run, then what it could not measure."""
    from rich.table import Table

    console = _console(stream)
    table = Table(title=f"{run.config['title']}  ·  {run.id}", title_justify="left", title_style="bold")
    for name, how in (
        ("Set", "left"),
        ("Measure", "left"),
        ("Value", "right"),
        ("95 % interval", "right"),
        ("n", "right"),
        ("Target", "right"),
        ("", "left"),
        ("Data", "left"),
    ):
        table.add_column(name, justify=how, overflow="fold")  # type: ignore[arg-type]
    before = None
    for m in run.measures:
        if before is not None and m.set != before:
            table.add_section()
        before = m.set
        style = {"no": "bold red", "yes": "green", "unmeasured": "yellow"}.get(m.passed, "")
        table.add_row(
            m.set,
            m.name,
            figure(m.value, m.unit),
            _interval(m),
            _count(m),
            target_text(m.target, m.unit),
            _MET[m.passed],
            m.provenance,
            style=style,
        )
    console.print(table)
    for m in run.measures:
        if m.passed == "unmeasured" and m.note:
            console.print(f"unmeasured: {m.set + ' · ' if m.set else ''}{m.name}: {m.note}", highlight=False)
    for problem in run.problems:
        console.print(f"note: {problem}", highlight=False, markup=False)
    missed = len(run.missed)
    console.print(f"{missed} target{'' if missed == 1 else 's'} missed. Results: {run.folder}\n", highlight=False)


def show_changes(changes: Sequence[Change], stream: TextIO) -> None:
    """Print what changed between two runs."""
    from rich.table import Table

    console = _console(stream)
    table = Table(title="After minus before", title_justify="left", title_style="bold")
    for name in ("Set", "Measure", "Before", "After", "Difference", "95 % interval (paired)", "Verdict"):
        table.add_column(name, overflow="fold")
    for c in changes:
        unit = (c.after or c.before).unit if (c.after or c.before) else ""  # type: ignore[union-attr]
        d = c.difference
        style = {"worse": "bold red", "better": "green"}.get(c.verdict, "")
        table.add_row(
            c.set,
            c.name,
            figure(c.before.value if c.before else None, unit),
            figure(c.after.value if c.after else None, unit),
            figure(d.value, unit),
            "" if d.low is None else f"{figure(d.low, unit)} … {figure(d.high, unit)}",
            c.verdict,
            style=style,
        )
    console.print(table)


def figure(value: float | None, unit: str) -> str:
    """Return a figure as people read it; an unmeasured one is a dash."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "points":
        return f"{value:+.2f} points"
    if unit == "count":
        return f"{value:.0f}"
    return f"{value:.3g} {unit}".strip()


def target_text(target: Target | None, unit: str) -> str:
    """Return a target in short form."""
    if target is None:
        return ""
    end = {"low": "lower bound ", "high": "upper bound ", "value": ""}[target.on]
    if target.at_least is not None:
        return f"{end}≥ {figure(target.at_least, unit)}"
    return f"{end}≤ {figure(target.at_most, unit)}"


def _interval(m: Measure) -> str:
    return "" if m.low is None or m.high is None else f"{figure(m.low, m.unit)} … {figure(m.high, m.unit)}"


def _count(m: Measure) -> str:
    if m.hits is not None and m.unit == "share":
        return f"{m.hits:g} of {m.n}"
    return str(m.n) if m.n else ""


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else 150)
