"""Case references: numbers that a word such as "ref", "log" or "account no." goes before, and telling shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser

_NUMBER = r"(?:numbers?|num|no|nos|nr|nuber|ref(?:erence|s)?|id|urn|code|a/c)"
_SYSTEM = (
    "mosaic|liquid ?logic|las|lcs|ehm|eis|carefirst|systmone|emis|rio|framework-?i|capita|civica|northgate|gmc|hcpc"
    "|nmc|swe|pnc|crn|urn|cad|log|serial|ser|sn|enquiry|contact|incident|occurrence|crime|custody|licence|certificate"
    "|invoice|voucher|meter|account|acct|a/c|tenancy|rent|badge|permit|claim|application|case|file|record|policy"
    "|membership|warrant|title|army|reg|registered|registration|unit|ticket|booking|complaint|referral|vat|cris|iccid|mpan|imei|puk|datix|eoc|collar|paris|exhibit|childview|microfiche|council tax|arc|legacy"
)
_LINK = r"(?:[ \t]{0,14}(?:is|was|ending|on this is|here|it's|i know by heart|now|[:#=(|\u2026\u2013-]|\.(?=[ \d])|\.{3,40})){0,3}[ \t(]{1,14}"
_PART = r"(?:[/_.*-][A-Za-z0-9]+)"
_TOKEN = rf"(?=[\w/_.*-]*\d)[A-Za-z0-9]+{_PART}*"
_MORE = r"(?:(?: [A-Z])? (?=[A-Z0-9/-]{0,8}\d)[A-Z0-9]{1,8}(?:[/-][A-Z0-9]+)*(?![\w:]|\.\d))"
_VALUE = rf"(?P<v>(?:[A-Z]{{1,4}} )?{_TOKEN}{_MORE}{{0,4}}(?: of \d\d?/\d\d?)?)"
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d\d))?|(?:19|20)\d\d(?:[/-]\d\d)?")


class CaseReference(UkRecogniser):
    """Whatever follows a word that announces a number and holds three digits or more."""

    NAME = "case_reference"
    ENTITY = "CASE_REFERENCE"
    RULES = (
        Rule("announced number", rf"(?<![\w-])(?i:{_NUMBER})\.?{_LINK}{_VALUE}", 0.75, cased=True),
        Rule("named register", rf"(?<![\w-])(?i:{_SYSTEM})\.?{_LINK}{_VALUE}", 0.7, cased=True),
        Rule(
            "application number",
            r"(?<!\w)(?:application|applications|case|cases|claim)s? ?\(?(?:nos?\.|number) ?(?P<v>\d[\d/]{3,14})",
            0.8,
        ),
        Rule("numbered year", r"(?<![\w/.])(?P<v>\d{4,6}/\d{2})(?![\w/])", 0.7),
        Rule(
            "letters, a stroke, three digits",
            r"(?<![\w/.-])[A-Z]{1,6}\d{0,4}(?:[-/][A-Z0-9]{1,10}){0,3}[-/]\d{3,}(?:[-/][A-Z0-9]{1,8}){0,2}(?![\w/-])",
            0.6,
            cased=True,
        ),
        Rule("letters and five or more digits", r"(?<![\w/-])[A-Z]{1,5}\d{5,12}[A-Z]?(?![\w/-])", 0.5, cased=True),
        Rule("letters, space, five or more digits", r"(?<![\w/])[A-Z]{2,10}:? \d{5,10}(?:/\d\d)?(?![\w/-])", 0.5, cased=True),
        Rule("letters and digits mixed", r"(?<![\w/-])(?=(?:[A-Z]*\d){3})(?=(?:\d*[A-Z]){2})[A-Z\d]{7,16}(?![\w/-])", 0.5, cased=True),
        Rule("prison number", r"(?<!\w)[A-Z]\d{4}[A-Z]{2}(?!\w)", 0.6, cased=True),
        Rule("groups of a key", r"(?<!\w)(?=[A-Z-]*\d)[A-Z0-9]{5}(?:-[A-Z0-9]{5}){1,5}(?!\w)", 0.6, cased=True),
        Rule("police log", r"(?<![\w/])\d{2,6}/\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:\d\d)?(?!\w)", 0.7, cased=True),
        Rule("grouped digits", r"(?<![\w.,\u00a3$\u20ac/:+-])\d{3,5}(?: \d{2,5}){1,6}(?![\w%]|[.,:/-]\d)", 0.45),
        Rule("letters and number over number", r"(?<![\w/])[A-Z]{2,5} \d{1,4}[/-]\d{3,6}(?![\w/-])", 0.5, cased=True),
        Rule("seven or more digits", r"(?<![\w.,\u00a3$\u20ac/:+-])(?:\d-)?\d{7,16}(?![\w%]|[.,]\d)", 0.45),
        Rule("last digits", r"(?<!\w)(?:ref|reference|number|account)[^\n.]{0,20} (?:ending|ended|ends)(?: in)? (?P<v>\d{3,4})(?!\w)", 0.6),
        Rule("court case", r"(?<!\w)[A-Z]{2}\d\d[A-Z]\d{5}(?!\w)", 0.9, cased=True),
        Rule("occurrence in a year", r"(?<![\w/])\d\d[*/]\d{6,8}(?![\w/])", 0.7),
    )
    SPOKEN = True
    EXAMPLE = "Mosaic ID: 4471902"

    def __init__(self, patterns: tuple[str, ...] = ()) -> None:
        self._patterns = patterns
        super().__init__()

    def rules(self) -> tuple[Rule, ...]:
        """Return the labelled shapes and those of the council profile."""
        own = tuple(Rule(f"council profile {n}", p, 0.9) for n, p in enumerate(self._patterns, 1) if _compiles(p))
        return self.RULES + own

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            name = why.pattern_name or "" if why else ""
            if name.startswith("council") or _identifies(text[result.start : result.end], name):
                yield result


def _identifies(value: str, rule: str) -> bool:
    """Return whether a value is neither a date, a year nor a small number."""
    plain = re.sub(r"[^A-Za-z0-9]", "", value)
    count = sum(c.isdigit() for c in plain)
    if re.fullmatch(r"(?:[Ss]s?|[Rr]eg|[Pp]ara)\.?\d{1,3}[A-Z]{0,2}", value):
        return False  # a provision of a law
    if len(plain) < 4 and not (rule in ("named register", "last digits") and count == 3):
        return False
    if rule == "grouped digits" and (count < 8 or all(re.fullmatch(r"(?:19|20)\d\d", part) for part in value.split())):
        return False
    if count < 3 or (_DATE.fullmatch(value) and rule != "numbered year"):
        return False
    return not re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)|\d+(?:mg|ml|mcg|kg|cm|mm|pm|am|hrs?|yrs?|kcal|g)", value)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
