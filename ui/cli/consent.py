"""``rapt consent``: record what was asked and answered; withdraw it, which deletes."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import acting_user, open_store, out, write_json

app = typer.Typer(help="Record or withdraw consent; withdrawal deletes.", no_args_is_help=True)


@app.command()
def record(
    case: Annotated[str, typer.Argument(help="Case id or reference.")],
    told: Annotated[list[str], typer.Option(help="NAME:ROLE of everybody who was told, as often as needed.")],
    refused: Annotated[bool, typer.Option("--refused", help="The answer was no.")] = False,
    how: Annotated[str, typer.Option(help="How it was asked.")] = "spoken before the recording",
    capacity: Annotated[
        str, typer.Option(help="has, lacks_best_interests or not_assessed.")
    ] = "not_assessed",
    interpreter: Annotated[str, typer.Option(help="Language or name, when one was there.")] = "",
    script: Annotated[
        str, typer.Option(help="Version of the script; default: the council's present one.")
    ] = "",
    basis: Annotated[str, typer.Option(help="Lawful basis; default: the council's.")] = "",
    note: Annotated[str, typer.Option(help="Anything a colleague must know.")] = "",
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Put an answer on record; nothing is processed without one."""
    from core import consent
    from core.cases import get_case
    from core.errors import UsageError
    from core.profile import load_profile

    if capacity not in ("has", "lacks_best_interests", "not_assessed"):
        raise UsageError(
            "That is no way to record capacity.", "Write has, lacks_best_interests or not_assessed."
        )
    settings = open_store()
    user = acting_user(settings)
    profile = load_profile(settings=settings)
    parts = [text.rpartition(":") for text in told]
    form = consent.ConsentForm(
        decision="refused" if refused else "agreed",
        how=how,
        script_version=script or profile.consent.version,
        lawful_basis=basis or profile.basis("visit_notes"),
        told=tuple(
            consent.Told((name or role).strip(), role.strip() if name else "unknown")
            for name, _, role in parts
        ),
        capacity=capacity,  # type: ignore[arg-type]
        interpreter=interpreter,
        note=note,
    )
    made = consent.record_consent(settings, user, get_case(settings, user, case).id, form)
    if target:
        write_json(target, {"id": made.id, "case": made.case_id, "state": made.state})
    else:
        out(f"{made.id} {made.state}")


@app.command()
def withdraw(
    case: Annotated[str, typer.Argument(help="Case id or reference.")],
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Withdraw consent: recording, transcript and drafts are deleted, one ledger line stays."""
    from core.cases import get_case
    from core.withdrawal import withdraw as do
    from ui.compose import load

    load()  # every store's erasure sink must be there before anything is called erased
    settings = open_store()
    user = acting_user(settings)
    done = do(settings, user, get_case(settings, user, case).id)
    if target:
        write_json(target, {"case": done.case_id, "at": done.at.isoformat(), "counts": dict(done.counts)})
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in done.counts.items()) or "nothing was stored"
    out(f"Withdrawn. Deleted: {counts}.")
