"""``rapt audit``: walk the chain and tell whether anything was changed, removed or cut."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import open_store, out, write_json

app = typer.Typer(help="The audit chain.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Verify the audit chain."""


@app.command()
def verify(
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Check every link against its key and the anchor; exit 3 when the chain is not whole."""
    from core import audit
    from core.errors import PolicyRefused

    found = audit.verify(open_store())
    if target:
        write_json(target, vars(found))
    if not found.ok:
        raise PolicyRefused(found.message, found.remedy, code=f"audit_{found.problem}")
    if not target:
        out(f"{found.message} {found.events} events.")
