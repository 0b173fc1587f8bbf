"""What ``transcribe`` and ``visit-notes draft`` do alike with a recording: spellings, and joining a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput, RaptError
from core.failures import error_record

if TYPE_CHECKING:
    from core.access import User
    from core.cases import Case
    from core.evidence import Transcript
    from core.settings import Settings
    from core.transcripts import TranscriptRecord


def spellings(settings: Settings, people: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the local vocabulary: the case's names first, then the council's agencies and jargon."""
    from core.profile import load_profile

    return (*people, *load_profile(settings=settings).vocabulary.words())


def consented_case(settings: Settings, user: User, case: str) -> Case:
    """Return the case; raises ConsentMissing and AccessDenied before anything is read."""
    from core.cases import get_case
    from core.consent import require_consent

    found = get_case(settings, user, case)
    require_consent(settings, found.id)
    return found


def require_file(path: Path) -> None:
    """Raise BadInput when there is no such recording."""
    if not path.is_file():
        raise BadInput("The recording cannot be found.", "Check the file's name and folder.", code="unreadable_file")


def transcribe_into_case(
    settings: Settings, user: User, case_id: str, path: Path, write_down: Callable[[], Transcript]
) -> TranscriptRecord:
    """Keep the recording and what ``write_down`` makes of it, and return the transcript's record.

    The recording is stored first: right, consent and room are checked before hours of work. When
    the work fails the recording stays, in the state ``failed`` with the error's code.
    """
    from core import sources
    from core.transcripts import save_transcript

    with path.open("rb") as stream:
        source = sources.add_recording(settings, user, case_id, stream, path.name)
    sources.set_state(settings, user, source.id, "working")
    try:
        saved = save_transcript(settings, user, source.id, write_down())
    except Exception as error:
        with suppress(RaptError):  # consent withdrawn meanwhile, or no room even for this: the first error is told
            sources.set_state(settings, user, source.id, "failed", problem=error_record(error)["code"])
        raise
    sources.set_state(settings, user, source.id, "transcribed")
    return saved
