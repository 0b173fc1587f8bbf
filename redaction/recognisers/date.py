"""Dates of the calendar; a weekday or a month alone identifies nobody and stays."""

from __future__ import annotations

from redaction.recognisers import dates
from redaction.recognisers.base import Rule, UkRecogniser


class CalendarDate(UkRecogniser):
    """Day and month, numeric dates, month and year, a year after a preposition."""

    NAME = "date"
    ENTITY = "DATE"
    RULES = (
        Rule("numeric", dates.EDGE_BEFORE + dates.NUMERIC + dates.EDGE_AFTER, 0.8),
        Rule("day and month", dates.EDGE_BEFORE + dates.FULL + dates.EDGE_AFTER, 0.8),
        Rule("read aloud", r"(?<!\w)" + dates.SAID + r"(?!\w)", 0.8),
        Rule("month and year", rf"(?<!\w){dates.MONTH},? (?:18|19|20)\d\d(?!\d)", 0.7),
        Rule(
            "year",
            r"(?<!\w)(?:in|since|until|till|during|from|by|before|after|and|between|of) "
            r"(?P<v>(?:19|20)\d\d)"
            r"(?![\d/-]|\.\d)(?! (?:act|order|regulations?|pounds))",
            0.5,
        ),
    )
    EXAMPLE = "seen on 3 March 2026"
