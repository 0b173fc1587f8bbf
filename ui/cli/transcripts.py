"""Reading a transcript from a record, or making it from a recording."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput
from ui.cli import common

if TYPE_CHECKING:
    from core.evidence import Transcript
    from core.settings import Settings


def read_transcript(source: Path, settings: Settings, speakers: int | None = None) -> Transcript:
    """Return the transcript of a ``.json`` record (or a list of one), or of a recording; raises BadInput."""
    from transcription import from_record, transcribe_file

    if source.suffix.lower() == ".json":
        try:
            data = json.loads(source.read_text("utf-8"))
        except OSError:
            raise BadInput("The transcript file cannot be read.", "Check its name and your right to read it.") from None
        except ValueError:
            raise BadInput("The transcript file is not JSON.", "Give one record of `rapt transcribe`.") from None
        if isinstance(data, list):
            if len(data) != 1:
                raise BadInput("The transcript file holds several records.", "Give a file with one record.")
            data = data[0]
        return from_record(data)
    return transcribe_file(source, settings=settings, num_speakers=speakers, progress=_Progress())


class _Progress:
    """Says how far the work is, at most every two seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, fraction: float, message: str) -> None:
        if time.monotonic() - self._last >= 2:
            self._last = time.monotonic()
            common.say(f"{fraction:4.0%} {message}")
