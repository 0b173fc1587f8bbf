"""``rapt transcribe``: recordings in, transcripts with speakers and times out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.common import acting_user, batch, check_target, open_store, say, settings, write_json
from ui.cli.progress import teller
from ui.cli.recordings import consented_case, require_file, spellings, transcribe_into_case

if TYPE_CHECKING:
    from core.access import User
    from core.evidence import Transcript
    from core.settings import Settings

app = typer.Typer()


@app.command()
def transcribe(
    audio: Annotated[list[Path], typer.Argument(help="Audio or video files.")],
    target: Annotated[str, typer.Option("--json", help="Write the list there; - is stdout.", metavar="OUT")],
    speakers: Annotated[
        int | None, typer.Option(min=1, max=20, help="How many people speak, when known.")
    ] = None,
    case: Annotated[str, typer.Option(help="Join the results to this case (id or reference).")] = "",
    engine: Annotated[str, typer.Option(help="faster-whisper or openai-whisper.")] = "",
) -> None:
    """Write down recordings. One bad file among several becomes a record with an error; the others go on."""
    check_target(target)
    chosen = open_store() if case else settings()
    vocabulary, user, case_id = _around(chosen, case)

    def one(item: tuple[int, Path]) -> dict[str, Any]:
        number, path = item
        return _one(
            chosen, path, user=user, case_id=case_id, speakers=speakers, engine=engine, vocabulary=vocabulary,
            progress=teller(lambda fraction, message: f"recording {number} of {len(audio)}: {fraction:4.0%} {message}"),
        )  # fmt: skip

    items = list(enumerate(audio, start=1))
    if len(items) == 1:
        write_json(target, [one(items[0])])  # its error, if any, is the command's own: no file then
        return
    records, code = batch(items, one, lambda _, item: {"id": item[1].stem, "path": item[1].name})
    write_json(target, records)
    failed = sum("error" in record for record in records)
    if failed:
        say(f"{failed} of {len(records)} recordings could not be transcribed; see their records.")
    if code:
        raise typer.Exit(code)


def _around(chosen: Settings, case: str) -> tuple[tuple[str, ...], User | None, str]:
    """Return (local vocabulary, acting user, case id); with a case, consent must be on record."""
    if not case:
        return spellings(chosen), None, ""
    user = acting_user(chosen)
    found = consented_case(chosen, user, case)
    return spellings(chosen, (person.name for person in found.people)), user, found.id


def _one(
    chosen: Settings,
    path: Path,
    *,
    user: User | None,
    case_id: str,
    speakers: int | None,
    engine: str,
    vocabulary: tuple[str, ...],
    progress: Callable[[float, str], None],
) -> dict[str, Any]:
    from transcription import to_record, transcribe_file

    require_file(path)

    def write_down() -> Transcript:
        return transcribe_file(
            path, settings=chosen, engine=engine or None, num_speakers=speakers, vocabulary=vocabulary,
            progress=progress,
        )  # fmt: skip

    if user is None:
        return {**to_record(write_down()), "status": "unreviewed_draft"}
    saved = transcribe_into_case(chosen, user, case_id, path, write_down)
    extra = {"status": "unreviewed_draft", "case": case_id, "source": saved.source_id, "transcript": saved.id}
    record: dict[str, Any] = {**to_record(saved.transcript), **extra}
    return record
