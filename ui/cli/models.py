"""``rapt models``: fetch, verify and list the pinned model files."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import out, say, settings, write_json

app = typer.Typer(help="Fetch, verify and list the pinned model files.", no_args_is_help=True)


@app.command()
def pull(
    names: Annotated[
        list[str] | None, typer.Argument(help="Models to fetch; none = all that are used by default.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Optional models too.")] = False,
) -> None:
    """Fetch what is missing or wrong, verify every hash, put it in place."""
    from core.model_files import manifest
    from core.model_pull import pull as fetch

    wanted = list(manifest()[0]) if everything else names or []
    fetched = fetch(wanted, settings=settings(), progress=say)
    say(f"{len(fetched)} fetched." if fetched else "Nothing to fetch: every model file has its pinned hash.")


@app.command("list")
def list_(
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Show purpose, licence, provenance and state of every model."""
    from core.model_files import manifest, problems, sha256_of

    chosen = settings()
    models, packages = manifest()
    rows = []
    for entry in models.values():
        wrong = problems(entry.name, chosen)
        rows.append(
            {
                "name": entry.name,
                "use": entry.use,
                "purpose": entry.purpose,
                "licence": entry.licence,
                "origin": entry.origin,
                "packages": [f"{packages[n].name} {packages[n].version}" for n in sorted(entry.packages)],
                "sha256": sha256_of(entry.name),
                "bytes": sum(file.size for file in entry.files),
                "state": "verified" if not wrong else wrong[0],
            }
        )
    if target:
        write_json(target, rows)
        return
    for row in rows:
        out(f"{row['name']}  ({row['use']}, {row['bytes'] / 1e6:.0f} MB, {row['licence']})")
        out(f"    {row['purpose']}; {row['origin']}; from {', '.join(row['packages'])}")
        out(f"    sha256 {row['sha256']}: {row['state']}")
