"""Erasing what belongs to a case, in every store that keeps any of it.

A store registers an ``ErasureSink``; withdrawal and retention reach it through ``erase``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.files import ArtefactKind, forget
from core.registry import Registry
from core.settings import Settings
from core.tables import CaseVaultRow, DraftRow, FileRow, RedactionRow, ReleasedRow, SourceRow, TranscriptRow


@dataclass(frozen=True)
class Erasure:
    """What to erase of a case: kind → the moment up to which it was made, None for all of it."""

    case_id: str
    cutoffs: Mapping[ArtefactKind, datetime | None]


class ErasureSink(Protocol):
    """A store that can erase what it keeps of a case."""

    def erase(self, session: Session, settings: Settings, what: Erasure) -> Mapping[str, int]:
        """Erase it and return how many of each kind went; erasing again must do no harm.

        ``session`` is the store's open transaction: rows deleted in it go together with the
        ledger line. Another store does its own work and raises if it could not.
        """
        ...


ERASURE_SINKS: Registry[ErasureSink] = Registry("erasure sink")


def erase(session: Session, settings: Settings, what: Erasure) -> dict[str, int]:
    """Let every sink erase, and return the counts by kind (kinds without any are left out)."""
    counts: Counter[str] = Counter()
    for _name, sink in ERASURE_SINKS:
        counts.update(sink.erase(session, settings, what))
    return {kind: count for kind, count in counts.items() if count}


def erase_source(session: Session, settings: Settings, source: SourceRow) -> dict[str, int]:
    """Erase one recording with its transcripts and the drafts made from them; return the counts."""
    transcripts = session.scalars(select(TranscriptRow.id).where(TranscriptRow.source_id == source.id)).all()
    drafts = session.scalars(select(DraftRow.id).where(DraftRow.transcript_id.in_(transcripts))).all()
    audio = session.get(FileRow, source.file_id) if source.file_id else None
    _delete(session, DraftRow, drafts)
    _delete(session, TranscriptRow, transcripts)
    session.delete(source)
    session.flush()
    if audio is not None:
        forget(session, settings, audio)
    counts = {"audio": int(audio is not None), "transcript": len(transcripts), "draft": len(drafts)}
    return {kind: count for kind, count in counts.items() if count}


class _Store:
    """The kernel's own store: rows and encrypted files."""

    def erase(self, session: Session, settings: Settings, what: Erasure) -> dict[str, int]:
        """Erase rows in the transaction; the files' bytes go right after it."""
        counts: dict[str, int] = {
            kind: self._one(session, settings, what.case_id, kind, at) for kind, at in what.cutoffs.items()
        }
        if "draft" in what.cutoffs:
            counts |= _redactions(session, what.case_id, what.cutoffs["draft"])
        # A recording without audio and without transcripts is only a file name: it goes as well.
        with_text = select(TranscriptRow.source_id).where(TranscriptRow.case_id == what.case_id)
        session.execute(
            delete(SourceRow).where(
                SourceRow.case_id == what.case_id, SourceRow.file_id.is_(None), SourceRow.id.not_in(with_text)
            )
        )
        return dict(counts)

    def _one(
        self, session: Session, settings: Settings, case_id: str, kind: ArtefactKind, at: datetime | None
    ) -> int:
        count = 0
        files = select(FileRow).where(FileRow.case_id == case_id, FileRow.kind == kind)
        for row in session.scalars(files if at is None else files.where(FileRow.created_at <= at)).all():
            forget(session, settings, row)
            count += 1
        session.flush()
        session.expire_all()
        if kind == "transcript":
            count += _delete(session, TranscriptRow, _old_transcripts(session, case_id, at))
        elif kind == "draft":
            drafts = select(DraftRow.id).where(DraftRow.case_id == case_id)
            old = session.scalars(drafts if at is None else drafts.where(DraftRow.created_at <= at)).all()
            count += _delete(session, DraftRow, old)
        elif kind == "final":
            finals = select(ReleasedRow.id).where(ReleasedRow.case_id == case_id)
            old = session.scalars(finals if at is None else finals.where(ReleasedRow.approved_at <= at)).all()
            count += _delete(session, ReleasedRow, old)
        return count


def _old_transcripts(session: Session, case_id: str, at: datetime | None) -> Sequence[str]:
    query = select(TranscriptRow.id).where(TranscriptRow.case_id == case_id)
    if at is not None:
        # A correction does not start the clock anew: all versions go by the age of the first.
        first = func.min(TranscriptRow.created_at)
        old = select(TranscriptRow.source_id).group_by(TranscriptRow.source_id).having(first <= at)
        query = query.where(TranscriptRow.source_id.in_(old))
    return session.scalars(query).all()


def _redactions(session: Session, case_id: str, at: datetime | None) -> dict[str, int]:
    """Erase redactions as old as drafts go, and with the last that had a way back the case's vault.

    The numbers that were given stay, see ``CaseVaultRow``.
    """
    mine = select(RedactionRow.id).where(RedactionRow.case_id == case_id)
    old = session.scalars(mine if at is None else mine.where(RedactionRow.created_at <= at)).all()
    counts = {"redaction": _delete(session, RedactionRow, old)}
    vault = session.get(CaseVaultRow, case_id)
    if vault is None or not vault.sealed or session.scalars(mine.where(RedactionRow.reversible).limit(1)).first():
        return counts
    # The version moves on: a redaction under way must not bring back what it read before.
    vault.sealed, vault.version = b"", vault.version + 1
    session.flush()
    return counts | {"case_vault": 1}


def _delete(
    session: Session,
    table: type[DraftRow] | type[TranscriptRow] | type[ReleasedRow] | type[RedactionRow],
    ids: Sequence[str],
) -> int:
    if ids:
        session.execute(delete(table).where(table.id.in_(ids)))
    return len(ids)


ERASURE_SINKS.add("store", _Store())
