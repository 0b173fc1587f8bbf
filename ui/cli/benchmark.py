"""``rapt benchmark``: absolute limits of time, memory and processor, beside a stock peer where there is one."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ui.cli.common import say, settings, write_json

app = typer.Typer()


@app.command()
def benchmark(
    names: Annotated[list[str] | None, typer.Option("--row", help="Only this row; may be repeated.", metavar="NAME")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the rows and their limits; measure nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when a limit is missed or a row fails.")] = False,
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Measure rows against their limits on this machine; best when it does nothing else. Takes minutes."""
    from evaluation.benchmarks import as_record, load_rows, machine, run_rows, show_list, show_outcomes
    from ui.compose import load

    known = load_rows()
    rows = [known.get(name) for name in dict.fromkeys(names or known.names())]
    if listed:
        show_list(rows, sys.stdout)
        return
    load()
    chosen = settings()
    where = machine(chosen)
    outcomes = run_rows(rows, chosen, say)
    show_outcomes(where, outcomes, sys.stderr if target == "-" else sys.stdout)
    if target:
        write_json(target, as_record(where, outcomes))
    if all(outcome.met == "failed" for outcome in outcomes):
        raise typer.Exit(outcomes[0].exit_code)
    if strict and any(outcome.met in ("no", "failed") for outcome in outcomes):
        raise typer.Exit(1)
