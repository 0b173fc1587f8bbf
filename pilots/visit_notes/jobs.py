"""The pilot's durable jobs: transcribe a recording, draft a note."""

from __future__ import annotations

from collections.abc import Sequence

from core.cases import Case
from core.evidence import Draft, Transcript
from core.jobs import JobContext, Step, job
from pilots import walk

PILOT = "visit_notes"
TRANSCRIBE = "visit_notes.transcribe"
DRAFT = "visit_notes.draft"


@job(TRANSCRIBE)
def transcribe() -> Sequence[Step]:
    """Check consent, then transcribe with speakers; args: case, source, user, speakers (or None)."""
    return (
        Step("gate", "Checking consent", lambda c: walk.gate(c, PILOT), 0.02),
        Step("transcribe", "Listening to the recording", lambda c: walk.transcribe(c, PILOT), 1.0),
    )


@job(DRAFT)
def draft() -> Sequence[Step]:
    """Check consent, then draft the note; args: case, source, user, template, writer (or None)."""
    return (
        Step("gate", "Checking consent", lambda c: walk.gate(c, PILOT), 0.02),
        Step("draft", "Drafting the note", _draft, 1.0),
    )


def _draft(context: JobContext) -> None:
    from pilots.visit_notes.draft import draft_note

    def write(transcript: Transcript, case: Case) -> Draft:
        return draft_note(
            transcript, str(context.args["template"]), settings=context.settings,
            people=tuple((p.name, str(p.role)) for p in case.people), writer=str(context.args.get("writer") or ""),
        )

    walk.draft(context, PILOT, write)
