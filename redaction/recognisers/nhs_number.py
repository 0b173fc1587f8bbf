"""NHS numbers: ten digits, modulus 11."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import all_same, digits, nhs_valid


class NhsNumber(UkRecogniser):
    """A tenth of all ten-digit numbers passes the check digit: a bare one needs a word that says NHS.

    A number that is called an NHS number is hidden even when a digit is mistyped.
    """

    NAME = "nhs_number"
    ENTITY = "NHS_NUMBER"
    RULES = (
        Rule("grouped 3-3-4", r"(?<![\d-])\d{3}[ \u00a0-]{1,2}\d{3}[ \u00a0-]{1,2}\d{4}(?!-?\d)", 0.0, 0.7),
        Rule("ten digits in other groups", r"(?<![\d.-])\d(?:[ .]?\d){9}(?![\d-]|[ .]\d)", 0.0, 0.2),
        Rule("ten digits", r"(?<![\d.-])\d{10}(?![\d-]|\.\d)", 0.0, 0.25),
    )
    CONTEXT = (r"n\.?h\.?s\.?(?: (?:no|num|number|id)\b)?", "patient (?:no|number|id)", "hospital number")
    NEGATIVE = (
        "order",
        "invoice",
        "page",
        "tracking",
        "parcel",
        "isbn",
        "ticket",
        "receipt",
        "barcode",
        "serial",
    )
    SPOKEN = True
    EXAMPLE = "NHS number 943 476 5919"

    def check(self, value: str) -> bool | None:
        """Return whether the check digit holds."""
        return nhs_valid(digits(value))

    def keep_invalid(self, value: str) -> bool:
        """A mistyped number still leads to the person; a row of one digit leads to nobody."""
        return not all_same(digits(value))
