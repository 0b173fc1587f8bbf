"""Checks an amended note again, so that mending a sentence clears its finding and spoiling one raises a new one."""

from __future__ import annotations

from core.evidence import Draft, Finding, Transcript
from core.review_state import RECHECKS


def recheck(draft: Draft, transcript: Transcript | None) -> tuple[Finding, ...]:
    """Return the support findings of the draft as it stands after people's amendments."""
    if transcript is None:
        return ()
    from pilots.visit_notes.draft import check_statements

    return tuple(check_statements(draft, transcript))


RECHECKS.add("visit_notes", recheck)
