"""Every finding code in one table: meaning, usual severity and remedy (``rapt findings list``)."""

from __future__ import annotations

from dataclasses import dataclass

from core.evidence import Evidence, Finding, Severity
from core.registry import Registry


@dataclass(frozen=True)
class FindingKind:
    """What a code means and what a person should do about it."""

    code: str
    severity: Severity
    meaning: str
    remedy: str
    rank: int = 50
    """lower is shown first"""


FINDING_KINDS: Registry[FindingKind] = Registry("finding code")


def define(code: str, severity: Severity, meaning: str, remedy: str, rank: int = 50) -> str:
    """Register a finding code and return it; components call this once at import."""
    FINDING_KINDS.add(code, FindingKind(code, severity, meaning, remedy, rank))
    return code


def finding(
    code: str,
    message: str,
    evidence: tuple[Evidence, ...] = (),
    *,
    statement: str = "",
    section: str = "",
    severity: Severity | None = None,
) -> Finding:
    """Make a finding of a registered code; raises UsageError when the code is not registered."""
    kind = FINDING_KINDS.get(code)
    return Finding(
        code=code,
        severity=severity or kind.severity,
        message=message,
        evidence=evidence,
        statement=statement,
        section=section,
        rank=kind.rank,
    )
