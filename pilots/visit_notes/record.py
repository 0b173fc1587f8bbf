"""The draft as the command-line contract's JSON record."""

from __future__ import annotations

from typing import Any

from core.evidence import Action, Draft, Evidence, Finding, Statement


def to_record(draft: Draft) -> dict[str, Any]:
    """Return the record of ``rapt visit-notes draft``."""
    return {
        "pilot": draft.pilot,
        "status": draft.status,
        "template": draft.template,
        "template_version": draft.template_version,
        "writer": draft.writer,
        "models": list(draft.models),
        "sections": [
            {"key": s.key, "heading": s.heading, "status": s.status, "statements": [_statement(x) for x in s.statements]}
            for s in draft.sections
        ],
        "actions": [_action(a) for a in draft.actions],
        "findings": [_finding(f) for f in draft.findings],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id, "text": statement.text, "origin": statement.origin,
        "evidence": [_evidence(e) for e in statement.evidence],
    }


def _action(action: Action) -> dict[str, Any]:
    return {"what": action.what, "owner": action.owner, "due": action.due, "evidence": [_evidence(e) for e in action.evidence]}


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code, "severity": found.severity, "message": found.message,
        "evidence": [_evidence(e) for e in found.evidence], "statement": found.statement, "section": found.section,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return evidence.model_dump(exclude={"kind"})
