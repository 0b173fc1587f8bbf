"""Dates of the calendar; a weekday or a month alone identifies nobody and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers import dates
from redaction.recognisers.base import Rule, UkRecogniser

_DAY = rf"{dates.WEEKDAY}?"
_SHORT = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])"
_WHEN = (
    r"(?:on|by|since|until|till|til|from|to|dated?|due|w/c|w/b|wc|wb|w/e|edd|seen|dictated|typed|signed|review|before|after"
    r"|granted|issued|ordered|order|registered|started|starts|ends|reviewed|rang|visit|h/v|t/c|d\.?|b\.?|back|refs?|adj\. to"
    r"|booked|held|made|meeting|sent|rec'?d|for|and|&|\+|,)"
)
_ENDS = (
    r"(?=[.,;:)!?\n]|$| (?:and|at|or|to|with|when|he|she|they|we|i|it|you|but|so|for|because|cos|cause|then|um|er|is|was|if|as"
    r"|re|in|no|by|from|not|that|the|this|if|about|after|before|please|ok|okay|yeah|right|until|till|there|which|ult|inst|about|any|of each|of every|of the month)\b| [\u2013-])"
)
_ORDINALS = ("irst of", "second of", "third of", "rth of", "fth of", "xth of", "nth of", "hth of", "ieth of", "of the ")
_SCALES = {"7", "10", "12", "5", "4", "3", "2"}


class CalendarDate(UkRecogniser):
    """Day and month, numeric dates, month and year, a year after a preposition, the day of a month."""

    NAME = "date"
    ENTITY = "DATE"
    RULES = (
        Rule("numeric", dates.EDGE_BEFORE + _DAY + dates.NUMERIC + dates.EDGE_AFTER, 0.8),
        Rule("day and month", dates.EDGE_BEFORE + _DAY + dates.FULL + dates.EDGE_AFTER, 0.8),
        Rule("read aloud", rf"(?<!\w){_DAY}" + dates.SAID + r"(?!\w)", 0.8, needs=_ORDINALS),
        Rule("month and year", rf"(?<!\w){dates.MONTH},? (?:(?:18|19|20)\d\d(?!\d)|['\u2019]\d\d(?!\w)|{dates.SAID_YEAR}(?!\w))", 0.7),
        Rule(
            "year",
            r"(?<!\w)(?:in|d\.|died|since|until|till|during|from|by|before|after|and|between|of) "
            r"(?P<v>(?:19|20)\d\d)"
            r"(?![\d/-]|\.\d)(?! (?:act|order|regulations?|pounds))",
            0.5,
        ),
        Rule("day over month", rf"(?<![\w/.\u00a3-]){_SHORT}(?![\w/%-]|\.\d)", 0.45),
        Rule("day over month after a word", rf"(?<!\w){_WHEN} (?P<v>{_DAY}{_SHORT})(?![\w/%-]|\.\d)", 0.6, needs=("/",)),
        Rule("day over month in a log", rf"(?:^|\n)[ \t>*\u2022-]*(?P<v>{_DAY}{_SHORT})(?=[ \t:.\u2013-])(?![.-]\d)", 0.6),
        Rule("weekday and short date", rf"(?<!\w)(?P<v>{dates.WEEKDAY}{_SHORT})(?![\w/%-])", 0.7, needs=("/",)),
        Rule("day dot month", r"(?<!\w)(?:on|dated|since) (?P<v>[0-3]\d\.[01]\d)(?!\w|\.\d| ?(?:am|pm|hrs))", 0.5),
        Rule(
            "ordinal",
            r"(?<!\w)(?P<v>(?:the |(?<=on )|(?<=by )|(?<=until )|(?<=till )|(?<=from )|(?<=since ))"
            rf"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?: ult\.?| inst\.?)?){_ENDS}",
            0.5,
        ),
        Rule(
            "ordinal read aloud",
            r"(?<!\w)(?:on|by|until|till|from|since|before|it's|is|visit|session|yours of) "
            rf"(?P<v>(?:the )?(?!(?:first|second|third)\b){dates.DAY_WORD}){_ENDS}",
            0.5,
        ),
        Rule("weekday and ordinal", rf"(?<!\w)(?P<v>{dates.WEEKDAY}(?:[0-3]?\d(?:st|nd|rd|th)|{dates.DAY_WORD}))(?!\w)", 0.7),
        Rule("day in a log", r"(?:^|\n)[ \t>*|\u2022-]*(?P<v>(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:[a-z]*day)? (?:[0-3]?\d|[0-3]?\d(?:st|nd|rd|th)))(?=[.: |\t\u2013-])(?![.:]\d)", 0.6),
        Rule("ordinal in a table", r"(?:^|\n)[ \t]*\|[ \t]*(?P<v>[0-3]?\d(?:st|nd|rd|th))(?= *\|)", 0.6),
        Rule("year in a chronology", r"(?:^|\n)[ \t]*(?P<v>(?:19|20)\d\d)(?=[ \t]{2,}\S)", 0.6),
        Rule("month of a year in figures", r"(?<![\w./-])(?:0[1-9]|1[0-2])[./](?:19|20)\d\d(?![\w/]|[.-]\d)", 0.6),
        Rule("feast of a year", r"(?<!\w)(?:christmas|xmas|easter|ramadan|eid|diwali|lent|advent|spring|summer|autumn|winter),? (?:19|20)\d\d(?!\d)", 0.5),
        Rule("feast", r"(?<!\w)(?:boxing day|(?:christmas|xmas|new year'?s?|new year\u2019s) (?:eve|day)|candlemas|hogmanay|st valentine'?s day)(?:,? (?:19|20)\d\d)?(?!\w)", 0.6),
    )
    EXAMPLE = "seen on 3 March 2026"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            if why and why.pattern_name == "day over month" and not _greater(text[result.start : result.end]):
                continue
            yield result


def _greater(value: str) -> bool:
    """Return whether the first number is the greater: no score beats its maximum, so it is a day and a month."""
    day, month = re.split("/", value)
    return int(day) > int(month) and not (month in _SCALES and len(day) == 1) and value != "24/7"
