"""``rapt redact``: a text or records in, the pseudonymised twin out; nothing when something leaks."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.atomic import write_text
from core.errors import BadInput, UsageError
from ui.cli import redact_case, redact_document
from ui.cli.common import say, settings

if TYPE_CHECKING:
    from ui.cli.redact_case import Way

app = typer.Typer()


@app.command()
def redact(
    file: Annotated[Path | None, typer.Argument(help="A text file, .docx or .pdf.")] = None,
    target: Annotated[
        str,
        typer.Option(
            "--out",
            help="Write the redacted copy there (default: stdout; for .docx and .pdf NAME.redacted beside the file).",
            metavar="FILE",
        ),
    ] = "-",
    jsonl: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--jsonl", help="Redact the records of IN into OUT; - is stdin or stdout.", metavar="IN OUT"
        ),
    ] = None,
    people: Annotated[
        Path | None, typer.Option(help='People of the case: a JSON list of {"name", "role"}.', metavar="JSON")
    ] = None,
    audio: Annotated[
        Path | None,
        typer.Option(
            help="Silence the words of this recording that say an identifier; --out ends in .wav, .flac or .opus.",
            metavar="RECORDING",
        ),
    ] = None,
    transcript: Annotated[
        Path | None,
        typer.Option(help="One record of `rapt transcribe` (else the recording is transcribed first).", metavar="JSON"),
    ] = None,
    beside: Annotated[
        str, typer.Option("--json", help="With --audio: write the redacted transcript there.", metavar="OUT")
    ] = "",
    tone: Annotated[bool, typer.Option("--tone", help="With --audio: a soft tone in place of silence.")] = False,
    policy: Annotated[
        str, typer.Option(help="What happens to each type; see --policies.", metavar="NAME")
    ] = "model_safe",
    case: Annotated[
        str, typer.Option(help="Store it in this case: consent must stand, tokens are the case's.", metavar="ID")
    ] = "",
    restore: Annotated[
        Path | None, typer.Option(help="Put the names of --case back into this text.", metavar="FILE")
    ] = None,
    redaction: Annotated[str, typer.Option(help="With --restore: which redaction is meant.", metavar="ID")] = "",
    rasterise: Annotated[
        bool,
        typer.Option("--rasterise", help="Let pages of a .pdf that cannot be rewritten become pictures with black boxes."),
    ] = False,
    boxes: Annotated[
        Path | None,
        typer.Option(
            help="With --rasterise: page numbers with lists of left, top, right, bottom (points) that you marked.",
            metavar="JSON",
        ),
    ] = None,
    policies: Annotated[bool, typer.Option("--policies", help="List the policies.")] = False,
) -> None:
    """Replace what identifies people by tokens; if the leak test finds anything left, nothing is written."""
    if policies:
        redact_case.show_policies()
        return
    if restore is not None:
        if (file, jsonl, audio) != (None, None, None):
            raise UsageError("--restore stands alone.", "Give --restore FILE --case ID, and --out if you like.")
        redact_case.restore_file(restore, case, redaction, target)
        return
    if sum(one is not None for one in (file, jsonl, audio)) != 1:
        raise UsageError("Give one file, --jsonl IN OUT, or --audio RECORDING.", "See `rapt redact --help`.")
    if audio is None and (transcript is not None or beside or tone):
        raise UsageError("--transcript, --json and --tone go with --audio.", "See `rapt redact --help`.")
    chosen = settings()
    known = _people(people) if people else []
    if audio is not None:
        if case or policy != "model_safe":
            raise UsageError("--case and --policy are for texts.", "Leave them out with --audio.")
        from ui.cli.redact_audio import redact_recording

        redact_recording(chosen, audio, transcript, target, beside, known, tone=tone)
        return
    if file is not None and redact_document.document_type(file):
        if case:
            raise UsageError("Documents are not kept in a case yet.", "Leave --case out; give --people in its place.")
        redact_document.redact_file(chosen, file, target, known, policy=policy, rasterise=rasterise, boxes=boxes)
        return
    if rasterise or boxes:
        raise UsageError("--rasterise and --boxes are for .pdf files.", "See `rapt redact --help`.")
    way = redact_case.way(case, policy)
    if jsonl is not None:
        from ui.cli.redact_records import redact_records

        code = redact_records(*jsonl, lambda record: _one(way, record, known))
        if code:
            raise typer.Exit(code)
        return
    assert file is not None
    text = read_text(file)
    done = way(text, known)
    if target == "-":
        sys.stdout.write(done.text)
    else:
        write_text(Path(target), done.text)
    counts = Counter(entity.type for entity in done.entities)
    say("Replaced: " + (", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())) or "nothing") + ".")
    for one in done.findings:
        say(one.message)
    if stored := redact_case.stored_id(done):
        say(f"Kept in the case as {stored}.")


def read_text(path: Path) -> str:
    """Return a UTF-8 text file as it is; raises BadInput for .docx, .pdf and what is no text."""
    from redaction.service import MAX_CHARS, too_long

    try:
        if path.stat().st_size > 4 * MAX_CHARS:  # no character takes more bytes
            raise too_long()
        data = path.read_bytes()
    except OSError:
        raise BadInput("The file cannot be read.", "Check its name and your right to read it.") from None
    if path.suffix.lower() in (".docx", ".pdf") or data[:4] in (b"PK\x03\x04", b"%PDF"):
        raise BadInput(
            "This version redacts text, not .docx or .pdf files.",
            "Save it as plain text (.txt) and redact that; do not share the original.",
            code="format_not_supported",
        )
    if b"\x00" in data:
        raise BadInput("The file is not a text.", "Save it as plain text (UTF-8).", code="not_text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(
            "The file is not UTF-8 text.", "Save it as plain text (UTF-8).", code="not_text"
        ) from None


def _people(path: Path) -> list[dict[str, str]]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise BadInput(
            "The file of people cannot be read.", "It holds one JSON list.", code="bad_people"
        ) from None
    if not isinstance(value, list):
        raise BadInput("The file of people is not a list.", "It holds one JSON list.", code="bad_people")
    return value


def _one(way: Way, record: dict[str, Any], known: list[dict[str, str]]) -> dict[str, Any]:
    text = record.get("text")
    if not isinstance(text, str):
        raise BadInput("The record has no text.", 'Each record holds "id" and "text".', code="no_text")
    people = record.get("people") or []
    if not isinstance(people, list):
        raise BadInput(
            "The people of the record are not a list.",
            'Give [{"name": "…", "role": "…"}].',
            code="bad_people",
        )
    done = way(text, [*known, *people])
    return {
        "id": record.get("id"),
        "text": done.text,
        "entities": [entity.as_record() for entity in done.entities],
        "findings": [one.model_dump(mode="json") for one in done.findings],
        "status": "unreviewed_draft",
        **redact_case.more(done),
    }
