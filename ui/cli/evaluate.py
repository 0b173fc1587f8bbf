"""``rapt evaluate``: measure components and pilots, and compare two runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.common import say, settings, write_json
from ui.cli.progress import teller

if TYPE_CHECKING:
    from evaluation import Run, SuiteEntry

app = typer.Typer()


@app.command()
def evaluate(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Suites (all when none is named), or: compare RUN RUN.", metavar="[NAME]…"),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A small part of the cases, minutes not tens.")] = False,
    sets: Annotated[list[str] | None, typer.Option("--set", help="Only these sets, such as dev or test.", metavar="SET")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when a target is missed.")] = False,
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Run suites, or compare two runs. Each run keeps cases, figures and environment in a folder."""
    if names and names[0] == "compare":
        _compare(names[1:], target)
        return
    from evaluation import RunContext, load_suites, run_suite, show_run
    from ui.compose import load

    load()
    chosen = settings()
    known = load_suites()
    entries = [known.get(name) for name in dict.fromkeys(names or known.names())]
    entries = _with_sets(entries, sets)
    context = RunContext(chosen, progress=teller(lambda _, message: f"  {message}", at_once=True))
    runs = []
    for entry in entries:
        say(f"{entry.name}: {entry.title}")
        parameters = {"sets": tuple(s for s in entry.defaults["sets"] if s in sets)} if sets else {}
        runs.append(run_suite(entry, chosen, quick=quick, parameters=parameters, context=context))
        show_run(runs[-1], sys.stderr if target == "-" else sys.stdout)
    if target:
        write_json(target, _record(runs, quick))
    if strict and any(run.missed for run in runs):
        raise typer.Exit(1)


def _compare(runs: list[str], target: str) -> None:
    from core.errors import UsageError
    from evaluation import compare_runs, find_run, show_changes

    if len(runs) != 2:
        raise UsageError("Two runs are needed.", "rapt evaluate compare RUN RUN; a run is a folder of results or its name.")
    chosen = settings()
    before, after = (find_run(chosen, name) for name in runs)
    changes = compare_runs(before, after)
    show_changes(changes, sys.stderr if target == "-" else sys.stdout)
    if target:
        write_json(target, {"before": before.id, "after": after.id, "changes": [c.as_record() for c in changes]})


def _with_sets(entries: list[SuiteEntry], sets: list[str] | None) -> list[SuiteEntry]:
    """Return the suites that have one of the sets; raises UsageError for a set that none of them has."""
    from core.errors import UsageError

    if not sets:
        return entries
    known = [s for entry in entries for s in entry.defaults.get("sets", ())]
    for name in sets:
        if name not in known:
            raise UsageError(f"There is no set called {name!r}.", f"Choose from: {', '.join(dict.fromkeys(known))}.")
    return [entry for entry in entries if set(entry.defaults.get("sets", ())) & set(sets)]


def _record(runs: list[Run], quick: bool) -> dict[str, Any]:
    return {
        "quick": quick,
        "runs": [run.as_record() for run in runs],
        "targets_missed": sum(len(r.missed) for r in runs),
    }
