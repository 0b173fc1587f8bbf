"""``rapt case``: create and list cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ui.cli.common import acting_user, open_store, out, write_json

if TYPE_CHECKING:
    from core.cases import Case, Person

app = typer.Typer(help="Create and list cases.", no_args_is_help=True)


@app.command()
def create(
    reference: Annotated[str, typer.Argument(help="The council's own number.")],
    title: Annotated[str, typer.Option(help="What colleagues call it.")],
    team: Annotated[str, typer.Option(help="Team id; may be left out when you are in one team.")] = "",
    person: Annotated[
        list[str] | None,
        typer.Option(help="NAME:ROLE, as often as needed (person, carer, family, worker …)."),
    ] = None,
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """Create a case and print its id."""
    from core.cases import create_case

    settings = open_store()
    people = [_person(text) for text in person or []]
    case = create_case(
        settings, acting_user(settings), reference=reference, title=title, team=team, people=people
    )
    if target:
        write_json(target, _record(case))
    else:
        out(case.id)


@app.command("list")
def list_(
    target: Annotated[str, typer.Option("--json", help="Write JSON there; - is stdout.", metavar="OUT")] = "",
) -> None:
    """List the cases of your teams, newest first."""
    from core.cases import list_cases

    settings = open_store()
    cases = list_cases(settings, acting_user(settings))
    if target:
        write_json(target, [_record(case) for case in cases])
        return
    for case in cases:
        out(f"{case.id}  {case.reference}  {case.team}  {case.title}")


def _person(text: str) -> Person:
    from core.cases import Person
    from core.errors import UsageError
    from core.evidence import Role

    name, _, role = text.rpartition(":")
    if not name.strip() or role not in get_args(Role):
        raise UsageError("A person is written NAME:ROLE.", f"Roles: {', '.join(get_args(Role))}.")
    return Person(name.strip(), role)  # type: ignore[arg-type]


def _record(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "reference": case.reference,
        "title": case.title,
        "team": case.team,
        "people": [vars(person) for person in case.people],
        "created_at": case.created_at.isoformat(),
    }
