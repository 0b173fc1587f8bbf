"""CHI numbers (Scotland): date of birth, four digits, modulus 11."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import digits, nhs_valid


class ChiNumber(UkRecogniser):
    """Ten digits that begin with a date and pass the check that NHS numbers share; or called CHI."""

    NAME = "chi_number"
    ENTITY = "CHI_NUMBER"
    RULES = (
        Rule("date and four digits", r"(?<![\d.-])[0-3]\d[01]\d{3} \d{4}(?![\d-]|\.\d)", 0.1, 0.6),
        Rule("ten digits", r"(?<![\d.-])[0-3]\d[01]\d{7}(?![\d-]|\.\d)", 0.1, 0.3),
    )
    CONTEXT = (r"chi(?: (?:no|num|number))?", "community health index")
    SPOKEN = True
    EXAMPLE = "CHI 140238 0461"

    def check(self, value: str) -> bool | None:
        """Return True when date and check digit hold; None otherwise: a mistyped one needs context."""
        plain = digits(value)
        day, month = int(plain[:2]), int(plain[2:4])
        return True if 1 <= day <= 31 and 1 <= month <= 12 and nhs_valid(plain) else None
