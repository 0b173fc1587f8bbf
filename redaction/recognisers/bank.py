"""Bank accounts: sort codes, account numbers, British IBANs."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import all_same, digits

_WORDS = ("sort ?code", "sort", "account(?: (?:no|num|number))?", "a/c", "acct", "bank", "bacs")


class SortCode(UkRecogniser):
    """Six digits in pairs; a date looks the same, so a word must say that it is a sort code."""

    NAME = "sort_code"
    ENTITY = "SORT_CODE"
    RULES = (
        Rule("pairs", r"(?<![\w/-])\d{2}[-\u2013 ]\d{2}[-\u2013 ]\d{2}(?![\w/-])", 0.15),
        Rule("labelled", r"(?<!\w)sort ?code(?: is|[ :#]){0,3} ?(?P<v>\d{6})(?!\d)", 0.6),
    )
    CONTEXT = ("sort ?code", "sort", "s/c", "bank")
    WINDOW = (45, 30)
    SPOKEN = True
    EXAMPLE = "sort code 20-00-00"


class BankAccount(UkRecogniser):
    """Eight digits called an account."""

    NAME = "bank_account"
    ENTITY = "BANK_ACCOUNT"
    RULES = (
        Rule("eight digits", r"(?<![\w/.-])\d{4} ?\d{4}(?![\w/-]|\.\d)", 0.1),
        Rule("seven digits", r"(?<![\w/.-])\d{7}(?![\w/-]|\.\d)", 0.05),
    )
    CONTEXT = _WORDS
    WINDOW = (60, 20)
    SPOKEN = True
    EXAMPLE = "account number 31926819"

    def check(self, value: str) -> bool | None:
        """A row of one digit is a placeholder."""
        return False if all_same(digits(value)) else None


class Iban(UkRecogniser):
    """An IBAN whose check digits hold."""

    NAME = "iban"
    ENTITY = "BANK_ACCOUNT"
    RULES = (
        Rule(
            "iban",
            r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)",
            0.0,
            0.95,
            cased=True,
        ),
    )
    EXAMPLE = "GB82 WEST 1234 5698 7654 32"

    def check(self, value: str) -> bool | None:
        """Return whether modulus 97 holds."""
        from stdnum import iban

        return iban.is_valid(value, check_country=False)
