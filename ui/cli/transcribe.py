"""``rapt transcribe``: recordings in, transcripts with speakers and times out."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.failures import error_record
from ui.cli.common import acting_user, batch, open_store, say, settings, write_json

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
    chosen = open_store() if case else settings()
    vocabulary, user, case_id = _around(chosen, case)

    def one(item: tuple[int, Path]) -> dict[str, Any]:
        number, path = item
        return _one(
            chosen, path, user=user, case_id=case_id, speakers=speakers, engine=engine, vocabulary=vocabulary,
            progress=_teller(number, len(audio)),
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
    from core.profile import load_profile

    words = load_profile(settings=chosen).vocabulary.words()
    if not case:
        return words, None, ""
    from core.cases import get_case
    from core.consent import require_consent

    user = acting_user(chosen)
    found = get_case(chosen, user, case)
    require_consent(chosen, found.id)
    return tuple(person.name for person in found.people) + words, user, found.id


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
    from core.errors import BadInput
    from transcription import to_record, transcribe_file

    if not path.is_file():
        raise BadInput(
            "The recording cannot be found.", "Check the file's name and folder.", code="unreadable_file"
        )

    def write_down() -> Transcript:
        return transcribe_file(
            path, settings=chosen, engine=engine or None, num_speakers=speakers, vocabulary=vocabulary,
            progress=progress,
        )  # fmt: skip

    if user is None:
        return {**to_record(write_down()), "status": "unreviewed_draft"}
    from core import sources
    from core.transcripts import save_transcript

    with path.open("rb") as stream:  # stored first: right, consent and room are checked before hours of work
        source = sources.add_recording(chosen, user, case_id, stream, path.name)
    sources.set_state(chosen, user, source.id, "working")
    try:
        made = write_down()
    except Exception as error:
        sources.set_state(chosen, user, source.id, "failed", problem=error_record(error)["code"])
        raise
    saved = save_transcript(chosen, user, source.id, made)
    sources.set_state(chosen, user, source.id, "transcribed")
    extra = {"status": "unreviewed_draft", "case": case_id, "source": source.id, "transcript": saved.id}
    record: dict[str, Any] = {**to_record(made), **extra}
    return record


def _teller(number: int, total: int) -> Callable[[float, str], None]:
    """Return a progress callback that speaks at most every two seconds, and never names the file."""
    last = [time.monotonic()]

    def tell(fraction: float, message: str) -> None:
        if time.monotonic() - last[0] >= 2:
            last[0] = time.monotonic()
            say(f"recording {number} of {total}: {fraction:4.0%} {message}")

    return tell
