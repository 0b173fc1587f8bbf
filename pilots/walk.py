"""The walk every pilot takes: gate → sources → draft → checks → review → release.

Written once here; a pilot brings its own intake and drafting. Each function is one idempotent step
of a durable job and reads only ids from the job's arguments.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from core import drafts, killswitch, sources, timings, transcripts
from core.access import User
from core.cases import Case, get_case
from core.consent import require_consent
from core.errors import BadInput, PolicyRefused
from core.evidence import Draft, Transcript
from core.failures import error_record
from core.jobs import JobCancelled, JobContext
from core.profile import load_profile
from core.settings import Settings
from core.users import get_user

Write = Callable[[Transcript, Case], Draft]


def gate(context: JobContext, pilot: str) -> None:
    """Refuse to go on when the pilot is switched off or consent does not stand (golden rule 6)."""
    killswitch.require_on(context.settings, pilot)
    require_consent(context.settings, _id(context, "case"))


def transcribe(context: JobContext, pilot: str) -> None:
    """Turn the recording of ``args["source"]`` into its first transcript; the recording stays encrypted.

    The source's state says ``working``, ``transcribed`` or ``failed`` with the error's code.
    """
    from transcription import transcribe_file

    gate(context, pilot)
    settings = context.settings
    user, source_id = get_user(settings, _id(context, "user")), _id(context, "source")
    case = get_case(settings, user, _id(context, "case"))
    of_case(settings, user, case.id, source_id)
    speakers = context.args.get("speakers")
    words = (*(p.name for p in case.people), *load_profile(settings=settings).vocabulary.words())
    sources.set_state(settings, user, source_id, "working")
    started = time.monotonic()
    try:
        with sources.recording_path(settings, user, source_id) as path:
            transcript = transcribe_file(
                path, settings=settings, num_speakers=int(speakers) if speakers else None, vocabulary=words,
                progress=context.progress, transcript_id=source_id,
            )
    except JobCancelled:
        sources.set_state(settings, user, source_id, "stored")
        raise
    except Exception as error:
        sources.set_state(settings, user, source_id, "failed", error_record(error)["code"])
        raise
    require_consent(settings, case.id)  # withdrawn while we worked: keep nothing
    name = sources.get_source(settings, user, source_id).name
    transcripts.save_transcript(settings, user, source_id, transcript.model_copy(update={"path": name}))
    sources.set_state(settings, user, source_id, "transcribed")
    timings.record_step(settings, pilot=pilot, step="transcribe", seconds=time.monotonic() - started, case_id=case.id)


def draft(context: JobContext, pilot: str, write: Write) -> None:
    """Draft from the newest transcript of ``args["source"]`` and keep it under the job's id."""
    gate(context, pilot)
    settings = context.settings
    user = get_user(settings, _id(context, "user"))
    case = get_case(settings, user, _id(context, "case"))
    of_case(settings, user, case.id, _id(context, "source"))
    if drafts.draft_by_key(settings, user, case.id, context.job_id):
        return  # the step was cut off after it had kept its draft
    record = transcripts.latest_transcript(settings, user, _id(context, "source"))
    if record is None:
        raise BadInput("There is no transcript yet.", "Transcribe the recording first.", code="no_transcript")
    started = time.monotonic()
    context.progress(0.1, "Reading the transcript")
    written = write(record.transcript, case)
    context.progress(0.95, "Keeping the draft")
    kept = drafts.save_draft(settings, user, case.id, written, transcript_id=record.id, key=context.job_id)
    timings.record_step(
        settings, pilot=pilot, step="draft", seconds=time.monotonic() - started, case_id=case.id, draft_id=kept.id
    )


def of_case(settings: Settings, user: User, case_id: str, source_id: str) -> None:
    """Raise PolicyRefused when a recording belongs to another case: consent for one covers no other."""
    if sources.get_source(settings, user, source_id).case_id != case_id:
        raise PolicyRefused("This recording belongs to another case.", "Open the case it belongs to.", code="other_case")


def _id(context: JobContext, name: str) -> str:
    return str(context.args.get(name) or "")
