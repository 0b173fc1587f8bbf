"""Starting the pilot's jobs and finding the newest one of a recording."""

from __future__ import annotations

from core import jobs
from core.access import Action, User, require
from core.cases import get_case
from core.consent import require_consent
from core.jobs import JobStatus
from core.killswitch import require_on
from core.settings import Settings
from pilots.visit_notes.jobs import DRAFT, PILOT, TRANSCRIBE
from pilots.visit_notes.note_templates import get_template
from pilots.walk import of_case


def start_transcription(
    settings: Settings, user: User, case_id: str, source_id: str, num_speakers: int | None = None
) -> str:
    """Queue the transcription of a recording and return the job's id.

    While one is queued or running its id is returned. Raises ConsentMissing, PolicyRefused (pilot
    switched off) or AccessDenied before anything is queued.
    """
    _may(settings, user, case_id, source_id, Action.UPLOAD)
    args = {"case": case_id, "source": source_id, "user": user.id, "speakers": num_speakers}
    return _enqueue(settings, TRANSCRIBE, source_id, args)


def start_draft(
    settings: Settings, user: User, case_id: str, source_id: str, template_key: str, writer: str = ""
) -> str:
    """Queue the drafting of a note from the newest transcript and return the job's id."""
    _may(settings, user, case_id, source_id, Action.DRAFT)
    template = get_template(template_key).key
    args = {"case": case_id, "source": source_id, "user": user.id, "template": template, "writer": writer or None}
    return _enqueue(settings, DRAFT, source_id, args)


def latest_job(settings: Settings, source_id: str, name: str) -> JobStatus | None:
    """Return the newest job of that name for a recording, or None."""
    newest = None
    for number in range(1, 10_000):
        try:
            newest = jobs.status(_job_id(name, source_id, number), settings)
        except jobs.UsageError:
            return newest
    return newest


def _may(settings: Settings, user: User, case_id: str, source_id: str, action: Action) -> None:
    case = get_case(settings, user, case_id)
    require(user, action, case)
    require_on(settings, PILOT)
    require_consent(settings, case.id)
    of_case(settings, user, case.id, source_id)


def _enqueue(settings: Settings, name: str, source_id: str, args: jobs.Args) -> str:
    last = latest_job(settings, source_id, name)
    if last is not None and last.state in ("queued", "running") and last.args.get("template") == args.get("template"):
        return last.id
    number = int(last.id.rsplit("-", 1)[1]) + 1 if last else 1
    return jobs.enqueue(name, args, settings, job_id=_job_id(name, source_id, number))


def _job_id(name: str, source_id: str, number: int) -> str:
    return f"vn-{name.split('.')[1]}-{source_id}-{number}"
