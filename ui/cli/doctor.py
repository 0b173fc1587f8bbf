"""``rapt doctor``: is everything that RAPT needs here, right and switched on?"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import out, settings, write_json

app = typer.Typer()


@app.command()
def doctor(
    only: Annotated[list[str] | None, typer.Option(help="Run these checks only.", metavar="NAME")] = None,
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Run every check and print a remedy for each problem; exit 5 when one fails, 0 on warnings."""
    from core.health import run_checks
    from ui.compose import load

    load()
    checks = run_checks(settings(), only=only or ())
    if target:
        write_json(target, [check.as_record() for check in checks])
    else:
        for check in checks:
            out(f"{check.severity:4}  {check.name}: {check.message}")
            for sample in check.samples:
                out(f"          - {sample}")
            if check.severity != "ok" and check.remedy:
                out(f"      What to do: {check.remedy}")
        counts = {word: sum(check.severity == word for check in checks) for word in ("ok", "warn", "fail")}
        out("  ".join(f"{count} {word}" for word, count in counts.items()))
    if any(check.severity == "fail" for check in checks):
        raise typer.Exit(5)
