"""The one document a session reviews: its review, where it came from, and every decision's line in the audit chain."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core import audit
from core.access import User
from core.clock import now
from core.errors import BadInput
from core.evidence import Transcript
from core.settings import Settings
from redaction.policy import policy

if TYPE_CHECKING:  # the recognisers' libraries take seconds to load: not before they are needed
    from redaction.people import People
    from redaction.redactor import Draft
    from redaction.review import Review, Why
    from redaction.review_case import CaseReview

KEY = "redaction_work"
DOCUMENTS = (".docx", ".pdf")
MAX_REVIEW = 2_000_000
"""characters of a text that can be read on a page; longer ones are for `rapt redact`"""


@dataclass
class Work:
    """What is under review; it lives in the session only and is gone with it."""

    id: str
    name: str
    """as people see it: the file's name, the recording's"""
    suffix: str
    review: Review = field(repr=False)
    data: bytes = field(default=b"", repr=False)
    """the original file of a .docx or .pdf"""
    case: CaseReview | None = field(default=None, repr=False)
    stored: str = ""
    """id of the redaction once it is kept in its case"""
    file: tuple[int, bytes] | None = field(default=None, repr=False)
    """the finished .docx or .pdf, and after how many decisions it was made"""

    @property
    def is_document(self) -> bool:
        """Whether the copy is a .docx or .pdf."""
        return self.suffix in DOCUMENTS

    @property
    def subject(self) -> str:
        """The audit subject: ids only."""
        return f"{self.case.attempt.case_id}/{self.id}" if self.case else self.id


def current() -> Work | None:
    """Return what this session reviews, or None."""
    return st.session_state.get(KEY)


def forget() -> None:
    """Drop it: nothing of it stays in the session."""
    for key in [k for k in st.session_state if str(k).startswith("redaction_")]:
        del st.session_state[key]


def start_text(settings: Settings, user: User, text: str, people: People, policy_name: str, name: str = "") -> Work:
    """Begin with a text that belongs to no case."""
    from redaction.review import begin
    from redaction.service import redactor

    _sized(text)
    review = begin(redactor(settings), text, people, policy(policy_name))
    return _started(settings, user, Work(_new_id(), name, ".txt", review))


def start_document(settings: Settings, user: User, data: bytes, name: str, people: People, policy_name: str) -> Work:
    """Begin with a .docx or .pdf: all of its text is reviewed as one."""
    from redaction.documents.kinds import Options
    from redaction.documents.service import kind_of
    from redaction.documents.slots import join
    from redaction.review import begin
    from redaction.service import redactor

    kind = kind_of(Path(name), data)
    text = join(kind.open(data, Options()).slots()).text
    _sized(text)
    review = begin(redactor(settings), text, people, policy(policy_name))
    return _started(settings, user, Work(_new_id(), name, kind.suffix, review, data))


def start_case(
    settings: Settings, user: User, case_id: str, transcript: Transcript, name: str, people: People, policy_name: str
) -> Work:
    """Begin with a transcript of a case: its people and tokens are used, and consent must stand."""
    from redaction.review_case import begin_for_case

    text, speakers = transcript_text(transcript)
    known = [*people, *speakers]
    begun = begin_for_case(settings, user, case_id, text, known, policy_name)
    return _started(settings, user, Work(_new_id(), name, ".txt", begun.first, case=begun))


def transcript_text(transcript: Transcript) -> tuple[str, list[dict[str, str]]]:
    """Return the transcript as lines "Name: words", and its named speakers as people."""
    named = [
        {"name": name, "role": transcript.speakers.get(label, "unknown")} for label, name in transcript.names.items() if name
    ]
    lines = [
        f"{transcript.names.get(turn.speaker) or turn.speaker}: {' '.join(turn.text.split())}" for turn in transcript.turns
    ]
    return "\n".join(lines) + "\n", named


def decide(settings: Settings, user: User, work: Work, change: Callable[[Review, Why], Review], reason: str, note: str) -> None:
    """Make a change and note it: codes and counts in the audit chain, never a value. Raises why it was refused."""
    from redaction.review import RemovalRefused, Why

    why = Why(reason, note, user.id, now())
    try:
        changed = change(work.review, why)
    except RemovalRefused:
        audit.record(settings, user, "redaction_removal_refused", work.subject)
        raise
    one = changed.decisions[-1]
    action = "redaction_mask_added" if one.kind == "add" else "redaction_mask_removed"
    audit.record(
        settings, user, action, work.subject, type=one.type.lower(), reason=one.reason, places=one.places, number=one.number
    )
    work.review, work.file = changed, None


def make_file(settings: Settings, work: Work) -> bytes:
    """Return the finished .docx or .pdf with every mask; raises LeakFound when the file still holds something."""
    from redaction.documents import redact_document

    if work.file and work.file[0] == len(work.review.decisions):
        return work.file[1]

    def draft(text: str, people: People) -> Draft:
        if text != work.review.text:
            raise BadInput("The document reads differently now.", "Start again with it.", code="changed_document")
        return work.review.draft

    folder = settings.home / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # the process id leads, so that the sweep at the worker's start finds what a killed app left
    stem = f"{os.getpid()}-{secrets.token_hex(8)}"
    source, out = folder / f"{stem}{work.suffix}", folder / f"{stem}-out{work.suffix}"
    try:
        with os.fdopen(os.open(source, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(work.data)
        redact_document(
            source, out, settings=settings, people=work.review.people, redact=draft, policy_name=work.review.policy.name
        )
        work.file = (len(work.review.decisions), out.read_bytes())
    finally:
        source.unlink(missing_ok=True)
        out.unlink(missing_ok=True)
    return work.file[1]


def _started(settings: Settings, user: User, work: Work) -> Work:
    audit.record(settings, user, "redaction_review_begun", work.subject, policy=work.review.policy.name)
    st.session_state[KEY] = work
    return work


def _new_id() -> str:
    return f"review_{secrets.token_hex(8)}"


def _sized(text: str) -> None:
    if not text.strip():
        raise BadInput("There are no words in it.", "Choose another document; a scan has to be read first.", code="no_text")
    if len(text) > MAX_REVIEW:
        raise BadInput(
            f"The text is longer than {MAX_REVIEW:,} characters, too long to read on a page.",
            "Split it, or use `rapt redact`.",
            code="too_long",
        )
