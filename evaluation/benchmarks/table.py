"""The rows as a table for the terminal; a missed limit and a failed row are shown, never hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from evaluation.benchmarks.model import Outcome, Row, Spread
from evaluation.benchmarks.run import load_average
from evaluation.table import figure, target_text

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {"no": "bold red", "failed": "bold red", "yes": "green"}
_RATIO = {"stock/ours": "stock ÷ ours", "ours/stock": "ours ÷ stock"}


def show_outcomes(machine: dict[str, Any], outcomes: Sequence[Outcome], stream: TextIO) -> None:
    """Print the machine, one line a row, then notes and why rows failed."""
    from rich.table import Table

    console = _console(stream)
    _say(console, machine_line(machine))
    table = Table()
    for name, how in (
        ("Row", "left"),
        ("Measured", "right"),
        ("min–max", "right"),
        ("n", "right"),
        ("Stock peer", "right"),
        ("Ratio", "right"),
        ("Limit", "left"),
        ("Met?", "left"),
    ):
        table.add_column(name, justify=how, overflow="fold")  # type: ignore[arg-type]
    for o in outcomes:
        table.add_row(
            o.row.name,
            figure(o.measured.median if o.measured else None, o.row.unit),
            _range(o.measured, o.row.unit),
            str(o.measured.n) if o.measured else "",
            figure(o.stock.median, o.row.unit) if o.stock else "",
            f"{figure(o.ratio.median, '×')} ({_range(o.ratio, '×')})" if o.ratio else "",
            limit_text(o.row),
            _verdict(o),
            style=_STYLE.get(o.met, ""),
        )
    console.print(table)
    for o in outcomes:
        if o.error:
            _say(console, f"{o.row.name} FAILED: {o.error['message']} {o.error['remedy']}".rstrip())
        told = [f"{name} {one.median:.3g} ({one.low:.3g}–{one.high:.3g})" for name, one in o.beside.items()]
        told += [f"stock peer: {o.row.peer}"] if o.stock else []
        told += [o.note] if o.note else []
        if told:
            _say(console, f"{o.row.name}: {'; '.join(told)}.")
    missed, failed = (sum(o.met == what for o in outcomes) for what in ("no", "failed"))
    _say(console, f"Medians. {missed} limit{'' if missed == 1 else 's'} missed, {failed} row{'' if failed == 1 else 's'} failed.")


def show_list(rows: Iterable[Row], stream: TextIO) -> None:
    """Print every row with its limit and what it measures."""
    from rich.table import Table

    table = Table()
    for name in ("Row", "Limit", "What is measured"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(row.name, limit_text(row), row.about)
    _console(stream).print(table)


def machine_line(machine: dict[str, Any]) -> str:
    """Return where and when it was measured, and whether the machine was busy with something else."""
    before, cores = machine["load_average"], machine["cores"]
    line = f"{machine['date'][:16]}  ·  {machine['cpu']}  ·  {cores} cores  ·  Python {machine['python']}"
    if before is None:
        return line
    line += f"  ·  load average {before[0]} before, {load_average()} after"
    if cores and before[0] > cores / 4:
        line += "\nThe machine was not quiet when this began: times say little about the limits."
    return line


def limit_text(row: Row) -> str:
    """Return a row's limit in short form."""
    if row.limit is None:
        return "none"
    said = f"{_RATIO[row.ratio] + ' ' if row.ratio else ''}{target_text(row.limit, row.limit_unit)}"
    return said + (f" (stretch {target_text(row.stretch, row.limit_unit)})" if row.stretch else "")


def _verdict(o: Outcome) -> str:
    word = {"yes": "met", "no": "MISSED", "failed": "FAILED", "no_limit": ""}[o.met]
    if o.met == "yes" and o.stretch_met is not None:
        word += ", stretch too" if o.stretch_met else ", not the stretch"
    return word


def _range(one: Spread | None, unit: str) -> str:
    return f"{figure(one.low, '')}–{figure(one.high, unit)}" if one else ""


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False)


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else 150)
