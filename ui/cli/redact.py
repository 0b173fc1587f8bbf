"""``rapt redact``: a text or records in, the pseudonymised twin out; nothing when something leaks."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from core.atomic import write_text
from core.errors import BadInput, UsageError
from core.failures import error_record, exit_code
from ui.cli.common import read_jsonl, say, settings

if TYPE_CHECKING:
    from core.settings import Settings

app = typer.Typer()


@app.command()
def redact(
    file: Annotated[Path | None, typer.Argument(help="A text file.")] = None,
    target: Annotated[
        str, typer.Option("--out", help="Write the redacted text there (default: stdout).", metavar="FILE")
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
) -> None:
    """Replace what identifies people by tokens; if the leak test finds anything left, nothing is written."""
    if (file is None) == (jsonl is None):
        raise UsageError("Give one file, or --jsonl IN OUT.", "See `rapt redact --help`.")
    chosen = settings()
    known = _people(people) if people else []
    if jsonl is not None:
        code = _records(chosen, *jsonl, known)
        if code:
            raise typer.Exit(code)
        return
    assert file is not None
    text = read_text(file)
    from redaction import redact_text

    done = redact_text(text, known, chosen)
    if target == "-":
        sys.stdout.write(done.text)
    else:
        write_text(Path(target), done.text)
    counts = Counter(entity.type for entity in done.entities)
    say("Replaced: " + (", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())) or "nothing") + ".")
    for one in done.findings:
        say(one.message)


def read_text(path: Path) -> str:
    """Return a UTF-8 text file as it is; raises BadInput for .docx, .pdf and what is no text."""
    try:
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


def _records(chosen: Settings, source: str, target: str, known: list[dict[str, str]]) -> int:
    """Write one record per input record as soon as it is done; return the exit code.

    A file appears whole at its name when all are done; on stdout each record is flushed.
    """
    if target == "-":
        return _stream(chosen, source, sys.stdout, known)
    path = Path(target)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError:
        raise BadInput(
            "The output file cannot be written there.", "Check that the folder exists.", code="unwritable"
        ) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            code = _stream(chosen, source, stream, known)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return code


def _stream(chosen: Settings, source: str, stream: TextIO, known: list[dict[str, str]]) -> int:
    codes: list[int] = []
    for number, record in enumerate(read_jsonl(source), start=1):
        try:
            result = _one(chosen, record, known)
            codes.append(0)
        except Exception as error:
            label = record.get("id") if isinstance(record, dict) else f"line-{number}"
            result = {"id": label, "error": error_record(error)}
            if findings := getattr(error, "findings", ()):
                result["findings"] = [one.model_dump(mode="json") for one in findings]
            codes.append(exit_code(error))
        stream.write(json.dumps(result, ensure_ascii=False) + "\n")
        if stream is sys.stdout:
            stream.flush()
    failed = sum(1 for code in codes if code)
    if failed:
        say(f"{failed} of {len(codes)} records were not redacted; see their errors.")
    return codes[0] if codes and all(codes) else 0


def _one(chosen: Settings, record: dict[str, Any] | BadInput, known: list[dict[str, str]]) -> dict[str, Any]:
    if isinstance(record, BadInput):
        raise record
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
    from redaction import redact_text

    done = redact_text(text, [*known, *people], chosen)
    return {
        "id": record.get("id"),
        "text": done.text,
        "entities": [entity.as_record() for entity in done.entities],
        "findings": [one.model_dump(mode="json") for one in done.findings],
        "status": "unreviewed_draft",
    }
