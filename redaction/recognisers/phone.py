"""Telephone numbers, British unless they carry another country's code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.digits import all_same, digits

_SPACE = r"[ \u00a0()-]"
_EXTENSION = re.compile(r"[ ,(]{0,3}(?:ext(?:ension|n)?\.?|x) ?:? ?\d{2,5}(?!\d)", re.I)


class Phone(UkRecogniser):
    """A number that phonenumbers takes for a British one; a short local number needs a word like "ring"."""

    NAME = "phone"
    ENTITY = "PHONE"
    RULES = (
        Rule(
            "national or +44",
            rf"(?<![\w.+/-])(?:\+|00 ?|plus )?\(?(?:44[ -]?)?\(?[0oO]?\)?(?:[\doO]{_SPACE}{{0,2}}){{8,10}}[\doO](?![\d]|[.-]\d|\w)",
            0.55,
            0.75,
        ),
        Rule("eleven digits", r"(?<![\w.+/-])0\d{4}[ -]{0,2}\d{3}[ -]?\d{3}(?!\d)", 0.5, 0.7),
        Rule("international", rf"(?<![\w.])\+(?!44)\d{{1,3}}(?:{_SPACE}{{0,2}}\d){{6,12}}(?!\w)", 0.6, 0.75),
        Rule("international, 00", rf"(?<![\w.])00 ?(?!44)[1-9]\d{{0,2}}(?:{_SPACE}{{0,2}}\d){{7,12}}(?!\w)", 0.6, 0.75),
        Rule("local six digits", r"(?<![\w./-])\d{6}(?![\w/-]|\.\d)", 0.1),
        Rule("local groups", r"(?<![\w./-])\d{3,4}[ -]\d{3,4}(?![\w/-]|\.\d)", 0.1),
        Rule("exchange and number", r"(?<!\w)(?:[A-Z][a-z]+ ){1,3}\d{3}[ -]?\d{3}(?![\w/-]|\.\d| \d)", 0.1, cased=True),
        Rule("extension", r"(?<!\w)(?:ext(?:ension|n)?\.?|dect) ?(?:no\.? |number |is )?(?P<v>\d ?\d{2,4})(?![\w/])", 0.6),
        Rule("last digits", r"(?<!\w)(?:number|mobile|phone|line)[^\n.]{0,25} (?:ended|ends|ending)(?: in)? (?P<v>\d{3,4})(?!\w)", 0.6),
    )
    CONTEXT = (
        "tel", "telephone", "phone", "phoned", "mobile", "mob", "landline", "ring", "rang", "call", "called",
        "text", "texted", "fax", "contact", "number (?:is|was)", "reach(?:ed)?", "direct line", "t", "m", "whatsapp",
    )  # fmt: skip
    WINDOW = (45, 15)
    SPOKEN = True
    EXAMPLE = "Tel: 01632 960123"

    def check(self, value: str) -> bool | None:
        """Return True when phonenumbers calls it valid, None when possible, False when neither."""
        import phonenumbers

        value = re.sub("[oO]", "0", re.sub(r"^plus |^(?=44\\d{10}$)", "+", value))
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
            while end > result.start and text[end - 1] not in "0123456789oO":
                end -= 1
            start = result.start
            while start < end and text[start] in "( " and ")" not in text[start:end]:
                start += 1
            if sum(c.isdigit() for c in text[start:end]) < 3:
                continue
            if more := _EXTENSION.match(text, end):
                end = more.end()
            result.start, result.end = start, end
            yield result
