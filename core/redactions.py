"""Redactions of a case: one sealed vault for all of its documents, one sealed row for each of them.

What lies in the vault is redaction's own business (a JSON value); here it is sealed, numbered by
version, and opened for putting names back only together with a line in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.consent import require_standing
from core.db import new_id, reading, writing
from core.errors import BadInput, PolicyRefused
from core.rows import case_row
from core.settings import Settings
from core.tables import CaseVaultRow, RedactionRow
from core.vault import mac, seal, unseal

Numbers = Mapping[str, int]
"""type → highest number given in this case"""


@dataclass(frozen=True)
class CaseVault:
    """A case's vault as it stood when it was read."""

    value: Mapping[str, Any]
    """empty before the first redaction and after erasure"""
    numbers: Numbers
    """outlive the value"""
    version: int
    """0 before there is one"""


@dataclass(frozen=True)
class RedactionRecord:
    """That a text of the case was redacted: when, by whom and how, without any of its words."""

    id: str
    case_id: str
    policy: str
    reversible: bool
    created_at: datetime
    created_by: str


class StaleVault(BadInput):
    """Another redaction of the case was kept meanwhile: read the vault again and redact anew."""

    code = "stale_vault"


@dataclass(frozen=True)
class NewRedaction:
    """What one redaction wants kept."""

    text: str
    """the redacted text: only its keyed fingerprint is stored"""
    policy: str
    reversible: bool
    content: Mapping[str, Any]
    """what stood at the tokens; must be empty when there is no way back"""
    counts: Mapping[str, int]
    """type → how often it was replaced, for the ledger"""
    vault: Mapping[str, Any]
    numbers: Numbers


PutBack = Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[str, int]]
"""(the case's vault, content of the text's own redaction or {}) → (restored text, tokens put back)"""


def read_vault(settings: Settings, user: User, case_id: str) -> CaseVault:
    """Return the vault, for a redaction to build on; AccessDenied, ConsentMissing."""
    with reading(settings) as session:
        require(user, Action.DRAFT, case_row(session, case_id))
        require_standing(session, case_id)
        row = session.get(CaseVaultRow, case_id)
        return CaseVault(_value(settings, row), row.numbers, row.version) if row else CaseVault({}, {}, 0)


def save_redaction(
    settings: Settings, user: User, case_id: str, new: NewRedaction, *, based_on: int
) -> RedactionRecord:
    """Keep a redaction and the vault as it left it, both or neither, with a line of counts.

    Raises StaleVault when ``based_on`` is not the vault's version any more, AccessDenied,
    ConsentMissing; ValueError when a redaction without a way back brings content.
    """
    if new.content and not new.reversible:
        raise ValueError("a redaction without a way back keeps no words")
    with writing(settings) as session:
        require(user, Action.DRAFT, case_row(session, case_id))
        require_standing(session, case_id)
        _keep_vault(session, settings, case_id, new, based_on)
        row = RedactionRow(
            id=new_id("redaction"),
            case_id=case_id,
            policy=new.policy,
            reversible=new.reversible,
            text_mac=_mac(settings, new.text),
            created_at=now(),
            created_by=user.id,
        )
        row.sealed = seal(settings, dict(new.content), f"redactions/{row.id}")
        session.add(row)
        counts = {kind.lower(): count for kind, count in new.counts.items()}
        audit.append(session, settings, user, "redaction_made", row.id, **counts)
        return _out(row)


def list_redactions(settings: Settings, user: User, case_id: str) -> tuple[RedactionRecord, ...]:
    """Return the redactions of a case, newest first."""
    query = select(RedactionRow).where(RedactionRow.case_id == case_id).order_by(RedactionRow.number.desc())
    with reading(settings) as session:
        require(user, Action.OPEN_CASE, case_row(session, case_id))
        return tuple(_out(row) for row in session.scalars(query))


def restore_names(
    settings: Settings, user: User, case_id: str, text: str, put_back: PutBack, redaction_id: str = ""
) -> str:
    """Return what ``put_back`` makes of the vault, once the ledger line (a count) is written with it.

    The text's own redaction is the one named, else the newest that produced exactly this text.
    Raises AccessDenied, ConsentMissing, BadInput for a redaction that is not there, PolicyRefused
    when it has no way back or nothing of the case is kept any more.
    """
    with writing(settings) as session:
        require(user, Action.RESTORE_NAMES, case_row(session, case_id))
        require_standing(session, case_id)
        row = _of_text(session, settings, case_id, text, redaction_id)
        if row is not None and not row.reversible:
            raise PolicyRefused(
                "This copy was made without a way back: its names were not kept.",
                "Open the original document in the case system.",
                code="no_way_back",
            )
        vault = session.get(CaseVaultRow, case_id)
        if vault is None or not vault.sealed:
            raise PolicyRefused(
                "Nothing is kept that could put names back: nothing was redacted in this case, or it was erased.",
                "Open the original document in the case system.",
                code="nothing_to_restore",
            )
        content = unseal(settings, row.sealed, f"redactions/{row.id}") if row else {}
        restored, count = put_back(_value(settings, vault), content)
        audit.append(session, settings, user, "redaction_restored", row.id if row else case_id, tokens=count)
    return restored


def _keep_vault(session: Session, settings: Settings, case_id: str, new: NewRedaction, based_on: int) -> None:
    row = session.get(CaseVaultRow, case_id)
    if (row.version if row else 0) != based_on:
        raise StaleVault("Another text of this case was redacted meanwhile.", "Redact this one again.")
    if row is None:
        row = CaseVaultRow(case_id=case_id, version=0)
        session.add(row)
    row.version, row.changed_at = based_on + 1, now()
    row.numbers = dict(new.numbers)
    row.sealed = seal(settings, dict(new.vault), f"case_vaults/{case_id}") if new.vault else b""


def _of_text(
    session: Session, settings: Settings, case_id: str, text: str, redaction_id: str
) -> RedactionRow | None:
    query = select(RedactionRow).where(RedactionRow.case_id == case_id)
    if not redaction_id:
        same = query.where(RedactionRow.text_mac == _mac(settings, text))
        return session.scalars(same.order_by(RedactionRow.number.desc()).limit(1)).first()
    row = session.scalars(query.where(RedactionRow.id == redaction_id)).first()
    if row is None:
        raise BadInput(
            "There is no such redaction in this case.",
            "It may have been deleted; leave the id out to go by the text.",
            code="no_such_redaction",
        )
    return row


def _value(settings: Settings, row: CaseVaultRow) -> Mapping[str, Any]:
    return unseal(settings, row.sealed, f"case_vaults/{row.case_id}") if row.sealed else {}


def _mac(settings: Settings, text: str) -> str:
    # keyed: a plain hash of a short text could be guessed
    return mac(settings, "redacted text", text.encode("utf-8", "surrogatepass"))


def _out(row: RedactionRow) -> RedactionRecord:
    return RedactionRecord(row.id, row.case_id, row.policy, row.reversible, row.created_at, row.created_by)
