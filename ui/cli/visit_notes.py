"""``rapt visit-notes``: a recording or a transcript becomes a draft note."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import BadInput
from ui.cli import common

app = typer.Typer(no_args_is_help=True, help="Draft a case note from a recording or transcript.")


@app.callback()
def group() -> None:
    """Draft a case note from a recording or transcript."""


@app.command("templates")
def list_templates() -> None:
    """List the note templates with their versions."""
    from pilots.visit_notes import templates

    for template in templates():
        common.out(f"{template.key}  {template.version}  {template.title}")


@app.command("draft")
def draft(
    source: Annotated[Path, typer.Argument(help="a recording, or one record of `rapt transcribe` as .json")],
    template: Annotated[str, typer.Option(help="key of the note template")],
    json_out: Annotated[str, typer.Option("--json", help="where the draft goes; - is stdout")],
    docx: Annotated[Path | None, typer.Option(help="also write the unreviewed draft as .docx")] = None,
    speakers: Annotated[int | None, typer.Option(min=1, max=12, help="number of speakers, if known")] = None,
    case: Annotated[str, typer.Option(help="join this case; consent must be on record")] = "",
    writer: Annotated[str, typer.Option(help="extractive (default) or chat")] = "",
) -> None:
    """Draft a note; without --case nothing is stored and the draft stays an unreviewed draft."""
    from pilots.visit_notes import draft_docx, draft_note, get_template, to_record
    from ui.cli.transcripts import read_transcript

    common.check_target(json_out)
    chosen = common.settings()
    get_template(template)
    people: tuple[tuple[str, str], ...] = ()
    if case:
        from ui.cli.case_notes import draft_into_case

        drafted, record_id = draft_into_case(source, template, case, speakers, writer)
        record = {**to_record(drafted), "case": case, "draft": record_id}
    else:
        transcript = read_transcript(source, chosen, speakers)
        drafted = draft_note(transcript, template, settings=chosen, people=people, writer=writer)
        record = to_record(drafted)
    common.write_json(json_out, record)
    if docx is not None:
        from core.atomic import write_bytes

        if docx.suffix.lower() != ".docx":
            raise BadInput("The document's name must end in .docx.", "Choose another name.")
        write_bytes(docx, draft_docx(drafted))
