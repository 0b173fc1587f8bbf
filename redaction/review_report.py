"""The report that goes with a reviewed copy: counts, policy and decisions with their reasons, none of the values."""

from __future__ import annotations

from datetime import datetime

from core.errors import PolicyRefused
from redaction.leak import as_error
from redaction.redactor import finished
from redaction.report import report
from redaction.review import Review
from redaction.review_reasons import ADD_REASONS, REMOVE_REASONS

SAID = "pseudonymised; a person may still be recognised"


def reviewed_text(review: Review) -> str:
    """Return the redacted text; raises LeakFound while the leak test finds something."""
    return finished(review.draft).text


def reviewed_report(review: Review, by: str, at: datetime) -> dict[str, object]:
    """Return the report as plain data; raises LeakFound while the leak test finds something."""
    if not review.clean:
        error: PolicyRefused = as_error(review.draft.leaks)
        raise error
    reasons = ADD_REASONS | REMOVE_REASONS
    return {
        "status": SAID,
        "leak_test": "passed",
        "made_at": at.isoformat(timespec="seconds"),
        "made_by": by,
        "way_back": review.policy.reversible,
        **report(finished(review.draft)).as_record(),
        "findings": [{"code": one.code, "severity": one.severity, "message": one.message} for one in review.draft.findings],
        "decisions": [{**one.as_record(), "reason_in_words": reasons[one.reason]} for one in review.decisions],
    }
