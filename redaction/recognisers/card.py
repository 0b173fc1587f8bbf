"""Payment cards."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import digits, luhn_valid


class Card(UkRecogniser):
    """Thirteen to nineteen digits that pass the Luhn check."""

    NAME = "card"
    ENTITY = "CARD"
    RULES = (
        Rule("card number", r"(?<![\d.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d]|[.-]\d)", 0.1, 0.8),
        Rule("last four digits", r"(?<!\w)(?:last (?:four|4)|ending(?: in)?)(?: digits)?[^\n.\d]{0,30} ?(?P<v>\d{4})(?!\w|[./-]\d)", 0.1),
    )
    CONTEXT = ("card", "visa", "mastercard", "amex", "debit", "credit", "maestro")
    SPOKEN = True
    EXAMPLE = "card 4111 1111 1111 1111"

    def check(self, value: str) -> bool | None:
        """Return whether the Luhn check holds."""
        return None if len(value) == 4 else luhn_valid(digits(value))

    def keep_invalid(self, value: str) -> bool:
        """A mistyped card number is still most of a card number."""
        return len(digits(value)) >= 15
