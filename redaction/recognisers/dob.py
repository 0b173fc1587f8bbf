"""Dates of birth: a date that is said to be one."""

from __future__ import annotations

from redaction.recognisers import dates
from redaction.recognisers.base import Rule, UkRecogniser

_LABEL = (
    r"(?<!\w)(?:d\.? ?o\.? ?b\.?(?: ?/ ?edd)?|date of birth|birth ?date|born|birthday|b\.|turned \d+)"
    r"(?: is| was|'s|[ :=|.,\u2013-]| on| in| the| um| er| it's| we say| think| a (?:mon|tues|wednes|thurs|fri|satur|sun)day|\?\s*\n+(?:[^\n:]{0,25}: )?){0,12} ?"
)
_ANY = "|".join((dates.NUMERIC, dates.FULL, dates.SAID))


class DateOfBirth(UkRecogniser):
    """A date straight after "born", "DOB" or "date of birth"; a year or digits read aloud near them."""

    NAME = "dob"
    ENTITY = "DOB"
    RULES = (
        Rule("labelled date", rf"{_LABEL}(?P<v>{_ANY}){dates.EDGE_AFTER}", 0.95),
        Rule("labelled, month in another language", rf"{_LABEL}(?P<v>\d{{1,2}}\.? (?:de )?[^\W\d_]{{3,12}} (?:de )?(?:19|20)\d\d)(?!\d)", 0.8),
        Rule("labelled, another calendar", rf"{_LABEL}(?P<v>\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}})(?!\d)", 0.8),
        Rule("labelled eight digits", rf"{_LABEL}(?P<v>\d{{8}}|\d\d ?\d\d ?\d\d(?:\d\d)?)(?!\d)", 0.8),
        Rule("born in a year", rf"(?<!\w)born (?:back )?in (?P<v>(?:18|19|20)\d\d|{dates.SAID_YEAR})", 0.8),
        Rule("in brackets after a name", rf"(?<=\w )\((?:b\.?|born|dob:?) ?(?P<v>{_ANY}|(?:19|20)\d\d)\)", 0.8),
        Rule("after b", rf"(?<=[\w)] )[ ]?b\.? (?P<v>{_ANY})(?!\w)", 0.8),
        Rule("day, month and year in words", r"(?<![\d:.\u00a3-])\d{1,2}[ ,/.-]{0,2}\d{1,2}[ ,/.-]{0,2}(?:19|20)?\d\d(?!\d|[./:]\d)", 0.1),
        Rule("year in a box", r"(?<=\| )(?:19|20)[0-2]\d(?= \|)", 0.5),
    )
    CONTEXT = ("date of birth", r"d\.?o\.?b\.?", "birth ?date", "born", "birthday", "d o b", "on the agreement as", "age")
    WINDOW = (70, 0)
    SPOKEN = True
    EXAMPLE = "DOB: 12/05/1948"
