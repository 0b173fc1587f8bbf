"""``rapt redact --audio``: a copy of a recording without the words that say an identifier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import BadInput, UsageError
from ui.cli.common import say, write_json

if TYPE_CHECKING:
    from core.settings import Settings
    from redaction.audio_service import RedactedAudio


def redact_recording(
    chosen: Settings,
    recording: Path,
    transcript: Path | None,
    target: str,
    beside: str,
    people: Sequence[dict[str, str]],
    *,
    tone: bool,
) -> None:
    """Write the silenced copy to ``target`` and, when ``beside`` is given, the redacted transcript as JSON.

    Both appear or neither. Without a transcript the recording is transcribed first.
    """
    if target == "-":
        raise UsageError("A recording needs a file to be written to.", "Add --out FILE.wav, FILE.flac or FILE.opus.")
    from redaction.sound_copy import KINDS

    if Path(target).suffix.lower() not in KINDS:  # before hours of transcription
        raise UsageError("The copy's name must end in .wav, .flac or .opus.", "Give --out FILE.wav, FILE.flac or FILE.opus.")
    if not recording.is_file():
        raise BadInput("The recording cannot be found.", "Check the file's name and folder.", code="unreadable_file")
    from redaction.audio_service import redact_audio
    from ui.cli.transcripts import read_transcript

    if transcript is not None and transcript.suffix.lower() != ".json":
        raise UsageError("The transcript is not a .json file.", "Give one record of `rapt transcribe`.")
    said = read_transcript(transcript or recording, chosen)

    def before(made: RedactedAudio) -> None:
        if beside:
            write_json(beside, record(made))

    done = redact_audio(recording, said, Path(target), people=people, settings=chosen, tone=tone, before=before)
    seconds = sum(one.end - one.start for one in done.silences)
    say(f"Silenced: {len(done.silences)} places, {seconds:.1f} of {done.duration:.1f} seconds.")
    for one in done.findings:
        say(one.message)


def record(made: RedactedAudio) -> dict[str, Any]:
    """Return the redacted transcript with the seconds that were silenced, for JSON."""
    from transcription import to_record

    return {
        **to_record(made.redacted.transcript),
        "status": "unreviewed_draft",
        "silenced": [one.as_record() for one in made.silences],
        "findings": [one.model_dump(mode="json") for one in made.findings],
    }
