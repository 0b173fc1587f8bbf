"""``rapt serve``: the staff app and its worker on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli import common

app = typer.Typer()


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(help="Port on 127.0.0.1; 0 = from the settings.", min=0, max=65535)
    ] = 0,
    sample: Annotated[
        bool, typer.Option(help="Load the fictional sample council into an empty store.")
    ] = True,
) -> None:
    """Start the staff app and its worker; stops both on Ctrl-C."""
    from ui.serving import Serving

    Serving(common.settings(), port=port, sample=sample, say=common.say).run()
