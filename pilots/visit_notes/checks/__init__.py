"""What a person must look at: contradictions, possible omissions, corrections, uncertain words."""

from pilots.visit_notes.checks.confidence import low_confidence
from pilots.visit_notes.checks.contradiction import contradictions
from pilots.visit_notes.checks.correction import superseded
from pilots.visit_notes.checks.hypothetical import hypotheticals
from pilots.visit_notes.checks.omission import omissions

__all__ = ["contradictions", "hypotheticals", "low_confidence", "omissions", "superseded"]
