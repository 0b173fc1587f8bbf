"""``rapt findings``: every finding code, what it means and what to do about it."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import out, write_json

app = typer.Typer(help="Finding codes.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """List every finding code with its meaning and remedy."""


@app.command("list")
def list_(
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """List every code with its usual severity, meaning and remedy."""
    from core.findings import FINDING_KINDS
    from ui.compose import load

    load()
    kinds = sorted((kind for _, kind in FINDING_KINDS), key=lambda kind: (kind.rank, kind.code))
    if target:
        write_json(target, [vars(kind) for kind in kinds])
        return
    for kind in kinds:
        out(f"{kind.code}  [{kind.severity}]\n    {kind.meaning}\n    What to do: {kind.remedy}")
