"""Telephone numbers, British unless they carry another country's code."""

from __future__ import annotations

from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import all_same, digits


class Phone(UkRecogniser):
    """A number that phonenumbers takes for a British one; a short local number needs a word like "ring"."""

    NAME = "phone"
    ENTITY = "PHONE"
    RULES = (
        Rule(
            "national or +44",
            r"(?<![\w.+/-])(?:\+|00 ?)?\(?(?:44[ -]?)?\(?0?\)?(?:\d[ "
            r"\u00a0()-]{0,2}){8,10}\d(?![\d]|[.-]\d|\w)",
            0.55,
            0.75,
        ),
        Rule("international", r"(?<![\w.])\+(?!44)\d{1,3}(?:[ ()-]{0,2}\d){6,12}(?!\w)", 0.6, 0.75),
        Rule("local six digits", r"(?<![\w./-])\d{6}(?![\w/-]|\.\d)", 0.1),
        Rule("local groups", r"(?<![\w./-])\d{3,4}[ -]\d{3,4}(?![\w/-]|\.\d)", 0.1),
    )
    CONTEXT = (
        "tel", "telephone", "phone", "phoned", "mobile", "mob", "landline", "ring", "rang", "call", "called",
        "text", "texted", "fax", "contact", "number (?:is|was)", "reach(?:ed)?",
    )  # fmt: skip
    WINDOW = (45, 15)
    SPOKEN = True
    EXAMPLE = "Tel: 01632 960123"

    def check(self, value: str) -> bool | None:
        """Return True when phonenumbers calls it valid, None when possible, False when neither."""
        import phonenumbers

        plain = digits(value)
        if len(plain) < 9:
            return None
        if all_same(plain):
            return False
        if not value.lstrip("(").startswith(("0", "+", "44")):
            return False
        try:
            number = phonenumbers.parse(value, "GB")
        except phonenumbers.NumberParseException:
            return False
        if not phonenumbers.is_possible_number(number):
            return False
        # numbers kept for drama (01632) are possible but not valid: they are hidden all the same
        return True if phonenumbers.is_valid_number(number) else None

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            end = result.end
            while end > result.start and not text[end - 1].isdigit():
                end -= 1
            start = result.start
            while start < end and text[start] in "( " and ")" not in text[start:end]:
                start += 1
            result.start, result.end = start, end
            yield result
