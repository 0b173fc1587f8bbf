"""Bank accounts: sort codes, account numbers, British IBANs."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import all_same, digits

_PAIRS = r"\d{2}[-\u2013 ./]\d{2}[-\u2013 ./]\d{2}"
_EIGHT = r"\d(?: ?\d){7}"
_BETWEEN = r"(?:[ \t,;:/|\u2013-]|and|account|acc|acct|a/c|no|number|num|sort ?code|s/c|\.(?=\D)){1,9}"


class SortCode(UkRecogniser):
    """Six digits in pairs; a date looks the same, so a word or an account number must stand beside it."""

    NAME = "sort_code"
    ENTITY = "SORT_CODE"
    RULES = (
        Rule("pairs", r"(?<![\w/-])\d{2}[-\u2013 ]\d{2}[-\u2013 ]\d{2}(?![\w/-])", 0.15),
        Rule("labelled", r"(?<!\w)(?:sort(?: ?code)?|s/c)(?: is|[ :#]){0,3} ?(?P<v>\d\d[-/. ]?\d\d[-/. ]?\d\d)(?!\d)", 0.6),
        Rule("before an account", rf"(?<![\w/-])(?P<v>{_PAIRS}|\d{{6}}){_BETWEEN}{_EIGHT}(?![\w-])", 0.9),
        Rule("after an account", rf"(?<![\w/-]){_EIGHT}{_BETWEEN}(?P<v>{_PAIRS}|\d{{6}})(?![\w/-])", 0.9),
    )
    CONTEXT = ("sort ?code", "sort", "s/c", "bank", "direct debit", "bacs")
    WINDOW = (45, 30)
    SPOKEN = True
    EXAMPLE = "sort code 20-00-00"


class BankAccount(UkRecogniser):
    """Eight digits called an account, or beside a sort code."""

    NAME = "bank_account"
    ENTITY = "BANK_ACCOUNT"
    RULES = (
        Rule("eight digits", r"(?<![\w/.-])\d{4} ?\d{4}(?![\w/-]|\.\d)", 0.1),
        Rule("eight digits one by one", r"(?<![\w/.-])\d(?: \d){7}(?![\w/-]|\.\d| \d)", 0.1),
        Rule("seven digits", r"(?<![\w/.-])\d{7}(?![\w/-]|\.\d)", 0.05),
        Rule("after a sort code", rf"(?<![\w/-])(?:{_PAIRS}|\d{{6}}){_BETWEEN}(?P<v>{_EIGHT})(?![\w-])", 0.9),
        Rule("before a sort code", rf"(?<![\w/-])(?P<v>{_EIGHT}){_BETWEEN}{_PAIRS}(?![\w/-])", 0.9),
    )
    CONTEXT = ("sort ?code", "sort", "account(?: (?:no|num|number))?", "a/c", "acct", "acc", "bank", "bacs", "building society")
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
