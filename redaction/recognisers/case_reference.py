"""Case references: labelled ones, and the shapes that the council's profile declares."""

from __future__ import annotations

import re

from redaction.recognisers.base import Rule, UkRecogniser

_SYSTEMS = (
    "mosaic|liquid ?logic|las|lcs|ehm|eis|carefirst|systmone|emis|rio|swift|framework-?i"
    "|capita|civica|northgate|academy"
)
_LABEL = (
    rf"(?:(?:{_SYSTEMS})(?: (?:id|no|number|ref(?:erence)?|person|client))?|"
    r"(?:case|client|person|service user|referral|record|pupil|ehcp?|file|customer|resident"
    r"|complaint|council tax|"
    r"blue badge|crime|incident|urn|cad|our|your|hospital|mrn|tenancy|rent)"
    r" ?(?:id|no|number|num|ref(?:erence)?|account|badge|urn)(?: (?:no|number|id))?"
    r"|ref(?:erence)?(?: (?:no|number))?)"
)
_VALUE = r"(?=[A-Z0-9/_-]*\d)[A-Z0-9](?:[A-Z0-9]|[/_-](?=[A-Z0-9])){3,24}"


class CaseReference(UkRecogniser):
    """Whatever follows a label such as "Mosaic ID" or "our ref" and holds a digit."""

    NAME = "case_reference"
    ENTITY = "CASE_REFERENCE"
    RULES = (
        Rule("labelled", rf"(?<!\w){_LABEL}\.?(?: is|[ :#=]){{1,4}}(?P<v>{_VALUE})(?!\w)", 0.75),
        Rule(
            "application number",
            r"(?<!\w)(?:application|applications|case|cases|claim)s? ?\(?(?:nos?\.|number) "
            r"?(?P<v>\d[\d/]{3,14})",
            0.8,
        ),
        Rule("numbered year", r"(?<![\w/.])(?P<v>\d{4,6}/\d{2})(?![\w/])", 0.7),
        Rule(
            "letters and six or more digits", r"(?<![\w/])[A-Z]{2,5}[-/ ]?\d{6,10}(?![\w/])", 0.5, cased=True
        ),
    )
    SPOKEN = True
    EXAMPLE = "Mosaic ID: 4471902"

    def __init__(self, patterns: tuple[str, ...] = ()) -> None:
        self._patterns = patterns
        super().__init__()

    def rules(self) -> tuple[Rule, ...]:
        """Return the labelled shapes and those of the council profile."""
        own = tuple(
            Rule(f"council profile {n}", p, 0.9) for n, p in enumerate(self._patterns, 1) if _compiles(p)
        )
        return self.RULES + own


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
