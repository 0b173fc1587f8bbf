"""Unique pupil numbers and unique learner numbers."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class Upn(UkRecogniser):
    """A letter, eleven digits and a digit or letter; the first letter checks the rest."""

    NAME = "upn"
    ENTITY = "UPN"
    RULES = (Rule("pupil number", r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?!\w)", 0.1, 0.9),)
    CONTEXT = ("upn", "pupil(?: (?:no|number|id))?")
    SPOKEN = True
    EXAMPLE = "UPN: B801200001001"

    def check(self, value: str) -> bool | None:
        """Return True when the check letter holds, None otherwise: a mistyped one needs context."""
        from stdnum.gb import upn

        return True if upn.is_valid(value) else None


class Uln(UkRecogniser):
    """Ten digits called a ULN."""

    NAME = "uln"
    ENTITY = "ULN"
    RULES = (Rule("ten digits", r"(?<![\d.-])\d{4}[ -]?\d{3}[ -]?\d{3}(?![\d-])", 0.2),)
    CONTEXT = ("uln", "learner (?:no|number|reference|id)")
    SPOKEN = True
    EXAMPLE = "ULN 1234567890"
