"""``rapt sample load``: the fictional sample council."""

from __future__ import annotations

import typer

from ui.cli import common

app = typer.Typer(no_args_is_help=True)


@app.callback()
def sample() -> None:
    """Fictional sample data: nothing in it is real."""


@app.command()
def load() -> None:
    """Add the sample council's users and cases; running it again adds only what is missing."""
    from ui import sample as samples

    settings = common.open_store()
    added = samples.load(settings, common.say)
    common.say(f"{added} sample cases added." if added else "The sample cases are already there.")
