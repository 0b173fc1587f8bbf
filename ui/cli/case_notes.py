"""Drafting a note into a case from the command line: stored, consented, audited like on the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.common import acting_user, open_store
from ui.cli.recordings import consented_case, require_file, transcribe_into_case

if TYPE_CHECKING:
    from core.evidence import Draft


def draft_into_case(source: Path, template: str, case: str, speakers: int | None, writer: str) -> tuple[Draft, str]:
    """Return (draft, draft id); raises ConsentMissing before anything is read, AccessDenied, BadInput.

    A recording is kept with its transcript; a transcript file joins the case as the draft's source only.
    """
    from core.drafts import save_draft
    from core.killswitch import require_on
    from pilots.visit_notes import draft_note
    from pilots.visit_notes.jobs import PILOT
    from ui.cli.transcripts import read_transcript
    from ui.compose import load

    load()
    settings = open_store()
    user = acting_user(settings)
    require_on(settings, PILOT)
    found = consented_case(settings, user, case)
    names = [person.name for person in found.people]
    transcript_id = ""
    if source.suffix.lower() == ".json":
        transcript = read_transcript(source, settings)
    else:
        require_file(source)
        saved = transcribe_into_case(
            settings, user, found.id, source, lambda: read_transcript(source, settings, speakers, names)
        )
        transcript, transcript_id = saved.transcript, saved.id
    people = tuple((p.name, str(p.role)) for p in found.people)
    drafted = draft_note(transcript, template, settings=settings, people=people, writer=writer)
    return drafted, save_draft(settings, user, found.id, drafted, transcript_id=transcript_id).id
