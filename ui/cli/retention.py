"""``rapt retention``: delete what has passed its date under the council's profile."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import open_store, out, write_json

app = typer.Typer(help="Retention.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Delete what has passed its retention date."""


@app.command()
def run(
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Run retention once, as the worker does every day; running it again deletes nothing more."""
    from core import retention
    from core.housekeeping import periods_of
    from core.profile import load_profile
    from ui.compose import load

    load()
    chosen = open_store()
    periods = periods_of(load_profile(settings=chosen))
    report = retention.run(chosen, periods=periods)
    if target:
        write_json(target, {**vars(report), "at": report.at.isoformat(), "counts": dict(report.counts)})
        return
    done = ", ".join(f"{count} {kind}" for kind, count in report.counts.items()) or "nothing was due"
    out(
        f"Retention ran: {done}; {report.finished_withdrawals} withdrawals finished, "
        f"{report.leftovers} leftovers removed."
    )
