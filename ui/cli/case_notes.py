"""Drafting a note into a case from the command line: stored, consented, audited like on the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.common import acting_user, open_store

if TYPE_CHECKING:
    from core.evidence import Draft


def draft_into_case(source: Path, template: str, case: str, speakers: int | None, writer: str) -> tuple[Draft, str]:
    """Return (draft, draft id); raises ConsentMissing before anything is read, AccessDenied, BadInput.

    A recording is kept with its transcript; a transcript file joins the case as the draft's source only.
    """
    from core import sources
    from core.cases import get_case
    from core.consent import require_consent
    from core.drafts import save_draft
    from core.killswitch import require_on
    from core.transcripts import save_transcript
    from pilots.visit_notes import draft_note
    from pilots.visit_notes.jobs import PILOT
    from ui.cli.transcripts import read_transcript
    from ui.compose import load

    load()
    settings = open_store()
    user = acting_user(settings)
    found = get_case(settings, user, case)
    require_on(settings, PILOT)
    require_consent(settings, found.id)
    people = tuple((p.name, str(p.role)) for p in found.people)
    transcript_id = ""
    if source.suffix.lower() == ".json":
        transcript = read_transcript(source, settings)
    else:
        with source.open("rb") as stream:
            kept = sources.add_recording(settings, user, found.id, stream, source.name)
        transcript = read_transcript(source, settings, speakers)
        transcript_id = save_transcript(settings, user, kept.id, transcript).id
        sources.set_state(settings, user, kept.id, "transcribed")
    drafted = draft_note(transcript, template, settings=settings, people=people, writer=writer)
    return drafted, save_draft(settings, user, found.id, drafted, transcript_id=transcript_id).id
