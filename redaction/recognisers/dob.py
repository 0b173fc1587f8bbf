"""Dates of birth: a date that is said to be one."""

from __future__ import annotations

from redaction.recognisers import dates
from redaction.recognisers.base import Rule, UkRecogniser

_LABEL = (
    r"(?<!\w)(?:d\.?o\.?b\.?|date of birth|birth ?date|born|birthday)(?: is| was|[ :=-]| on| "
    r"in| the){0,4} ?"
)
_ANY = "|".join((dates.NUMERIC, dates.FULL, dates.SAID))


class DateOfBirth(UkRecogniser):
    """A date straight after "born", "DOB" or "date of birth"."""

    NAME = "dob"
    ENTITY = "DOB"
    RULES = (
        Rule("labelled date", rf"{_LABEL}(?P<v>{_ANY}){dates.EDGE_AFTER}", 0.95),
        Rule("labelled eight digits", rf"{_LABEL}(?P<v>\d{{8}}|\d\d ?\d\d ?\d\d(?:\d\d)?)(?!\d)", 0.8),
        Rule("born in a year", rf"(?<!\w)born (?:back )?in (?P<v>(?:18|19|20)\d\d|{dates.SAID_YEAR})", 0.8),
        Rule(
            "in brackets after a name",
            rf"(?<=\w )\((?:b\.?|born|dob:?) ?(?P<v>{_ANY}|(?:19"
            rf"|20)\d\d)\)",
            0.8,
        ),
    )
    EXAMPLE = "DOB: 12/05/1948"
