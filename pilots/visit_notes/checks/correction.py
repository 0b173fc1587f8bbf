"""Tells the practitioner where a speaker corrected a figure, so that the corrected one is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.evidence import Finding
from core.findings import finding
from pilots.visit_notes.codes import CORRECTION_SUPERSEDED
from pilots.visit_notes.corrections import Correction
from pilots.visit_notes.utterances import Utterance

_MOST = 8


def superseded(
    items: Sequence[Utterance], found: Sequence[Correction], kept: set[int], who: Callable[[str], str]
) -> list[Finding]:
    """Return a finding for each correction whose words stand in the note."""
    out = []
    for c in found:
        if c.later not in kept or not c.marked:
            continue
        earlier, later = items[c.earlier], items[c.later]
        evidence = (later.evidence(),) if c.earlier == c.later else (earlier.evidence(), later.evidence())
        out.append(
            finding(
                CORRECTION_SUPERSEDED,
                f"“{c.wrong}” ({who(earlier.speaker)}) was followed by “{c.right}” ({who(later.speaker)}): "
                f"the later one counts unless you know better.",
                evidence,
            )
        )
    return out[:_MOST]
