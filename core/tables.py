"""The tables of the store. Columns called ``sealed`` are encrypted: nothing personal is in clear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcTime

Id = String(64)
Code = String(64)


def _case() -> Mapped[str]:
    return mapped_column(Id, ForeignKey("cases.id"), index=True)


class MetaRow(Base):
    """Facts about the store itself."""

    __tablename__ = "store_meta"
    name: Mapped[str] = mapped_column(Code, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class UserRow(Base):
    """A member of staff; the display name is sealed."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    teams: Mapped[list[str]] = mapped_column(JSON)
    active: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseRow(Base):
    """A case; reference, title and people are sealed, the reference is found by its fingerprint."""

    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    reference_mac: Mapped[str] = mapped_column(Code, unique=True)
    team: Mapped[str] = mapped_column(Code, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(Id)


class ConsentRow(Base):
    """One asking for consent and its answer; the newest of a case is the one that stands."""

    __tablename__ = "consents"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    case_id: Mapped[str] = _case()
    state: Mapped[str] = mapped_column(Code)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[str] = mapped_column(Id)


class WithdrawalRow(Base):
    """A withdrawal of consent; ``finished_at`` is empty until everything is erased."""

    __tablename__ = "withdrawals"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    requested_at: Mapped[datetime] = mapped_column(UtcTime)
    requested_by: Mapped[str] = mapped_column(Id)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)


class FileRow(Base):
    """An encrypted file; without the salt of this row the file cannot be opened any more."""

    __tablename__ = "files"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    kind: Mapped[str] = mapped_column(Code)
    sha256: Mapped[str] = mapped_column(Code)
    size: Mapped[int] = mapped_column(BigInteger)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    __table_args__ = (UniqueConstraint("case_id", "kind", "sha256", name="uq_files_content"),)


class SourceRow(Base):
    """A recording of a case."""

    __tablename__ = "sources"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    file_id: Mapped[str | None] = mapped_column(Id, ForeignKey("files.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(Code)
    problem: Mapped[str] = mapped_column(Code, default="")
    media_type: Mapped[str] = mapped_column(Code, default="")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(Id)


class TranscriptRow(Base):
    """One version of a recording's transcript; version 1 is the machine's and never changes."""

    __tablename__ = "transcripts"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    source_id: Mapped[str] = mapped_column(Id, ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(Id)
    __table_args__ = (UniqueConstraint("source_id", "version", name="uq_transcripts_version"),)


class DraftRow(Base):
    """One draft as the machine wrote it; people's decisions are kept beside it."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    transcript_id: Mapped[str] = mapped_column(Id, default="")
    pilot: Mapped[str] = mapped_column(Code)
    template: Mapped[str] = mapped_column(Code)
    version: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(128), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(Id)


class DecisionRow(Base):
    """One person's decision on one section of one draft; the newest of a section stands."""

    __tablename__ = "decisions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    draft_id: Mapped[str] = mapped_column(Id, ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = mapped_column(Code)
    decision: Mapped[str] = mapped_column(Code)
    author: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcTime)
    seconds: Mapped[float]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ResolutionRow(Base):
    """One person's resolution of one finding of a draft; the newest of a finding stands."""

    __tablename__ = "resolutions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    draft_id: Mapped[str] = mapped_column(Id, ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    finding: Mapped[int]
    how: Mapped[str] = mapped_column(Code)
    author: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcTime)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReleasedRow(Base):
    """The final text a named approver released; the draft it came from may be erased before it."""

    __tablename__ = "released"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = _case()
    draft_id: Mapped[str] = mapped_column(Id, unique=True)
    approver: Mapped[str] = mapped_column(Id)
    approved_at: Mapped[datetime] = mapped_column(UtcTime)
    fingerprint: Mapped[str] = mapped_column(Code)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseVaultRow(Base):
    """What leads back from the tokens of a case; ``sealed`` is empty once it was erased.

    ``numbers`` (type → highest number given) stays for ever: a number that stood for somebody in a
    copy outside must never come to mean somebody else.
    """

    __tablename__ = "case_vaults"
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    version: Mapped[int]
    numbers: Mapped[dict[str, int]] = mapped_column(JSON)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class RedactionRow(Base):
    """One redacted text of a case; the words that were replaced are sealed, the text itself is not kept."""

    __tablename__ = "redactions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    case_id: Mapped[str] = _case()
    policy: Mapped[str] = mapped_column(Code)
    reversible: Mapped[bool]
    text_mac: Mapped[str] = mapped_column(Code, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(Id)


class SwitchRow(Base):
    """One turn of a pilot's kill switch; the newest stands."""

    __tablename__ = "pilot_switches"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    pilot: Mapped[str] = mapped_column(Code, index=True)
    on: Mapped[bool] = mapped_column("is_on")
    who: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcTime)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class TimingRow(Base):
    """How long a step or a person's review took: figures only, so it outlives the case's content."""

    __tablename__ = "timings"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    pilot: Mapped[str] = mapped_column(Code, index=True)
    step: Mapped[str] = mapped_column(Code)
    outcome: Mapped[str] = mapped_column(Code, default="")
    seconds: Mapped[float]
    words_changed: Mapped[int] = mapped_column(default=0)
    case_id: Mapped[str] = mapped_column(Id, default="")
    draft_id: Mapped[str] = mapped_column(Id, default="")


class AuditRow(Base):
    """One link of the audit chain."""

    __tablename__ = "audit_events"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Code)
    actor: Mapped[str] = mapped_column(Id)
    action: Mapped[str] = mapped_column(Code)
    subject: Mapped[str] = mapped_column(String(128))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(Code)
    mac: Mapped[str] = mapped_column(Code)
    __table_args__ = (Index("ix_audit_events_subject", "subject"),)
