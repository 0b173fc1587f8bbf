"""Reading a transcript from a record, or making it from a recording."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput
from ui.cli.progress import teller
from ui.cli.recordings import require_file, spellings

if TYPE_CHECKING:
    from core.evidence import Transcript
    from core.settings import Settings


def read_transcript(
    source: Path, settings: Settings, speakers: int | None = None, people: Iterable[str] = ()
) -> Transcript:
    """Return the transcript of a ``.json`` record (or a list of one), or of a recording; raises BadInput.

    A recording is heard with the council's vocabulary and the names of ``people``.
    """
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
    require_file(source)
    return transcribe_file(
        source, settings=settings, num_speakers=speakers, vocabulary=spellings(settings, people),
        progress=teller(lambda fraction, message: f"{fraction:4.0%} {message}"),
    )  # fmt: skip
