"""National Insurance numbers."""

from __future__ import annotations

import re

from redaction.recognisers.base import Rule, UkRecogniser

_PREFIX = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]", re.I)


class Nino(UkRecogniser):
    """Two letters, six digits, a letter A to D; an impossible prefix (QQ) needs a word that says so."""

    NAME = "nino"
    ENTITY = "NINO"
    RULES = (
        Rule(
            "two letters, six digits, suffix",
            r"(?<![A-Z0-9])[A-Z]{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?[A-D](?![A-Z0-9])",
            0.45,
            0.9,
        ),
        Rule("a figure that cannot be read", r"(?<![A-Z0-9])[A-Z]{2}(?:[ .-]?[\d?]){6}[ .-]?[A-D](?![A-Z0-9])", 0.1),
        Rule(
            "two letters, six digits",
            r"(?<![A-Z0-9])[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ "
            r"-]?\d{2}(?![A-Z0-9])",
            0.1,
        ),
    )
    CONTEXT = ("ni", "nino", r"n\.i\.?", "national insurance", "insurance number")
    SPOKEN = True
    EXAMPLE = "NINO: AB 12 34 56 C"

    def check(self, value: str) -> bool | None:
        """Return True for a prefix that is issued; None otherwise, because samples use impossible ones."""
        return True if _PREFIX.match(value) and value[-1].isalpha() else None
