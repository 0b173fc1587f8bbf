"""How dates are written and said in Britain: one grammar for dates and dates of birth."""

from __future__ import annotations

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_WORD = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|"
    r"(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_YEAR = r"(?:(?:18|19|20)\d\d|['\u2019]\d\d)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_YEAR_WORD = (
    rf"(?:(?:nineteen|twenty|eighteen)(?: hundred(?: and)?)?[ -](?:(?:oh|o)[ -]{_ONES}"
    rf"|{_TENS}(?:[ -]{_ONES})?|{_TEEN}|{_ONES})"
    rf"|two thousand(?: and)?(?: (?:{_TENS}(?:[ -]{_ONES})?|{_TEEN}|{_ONES}))?)"
)
_SEP = r"[ ,]{1,2}(?:of )?"

FULL = rf"(?:{_DAY}(?: of)?[ -]{MONTH}(?:[ ,-]{{1,2}}{_YEAR})?|{MONTH} {_DAY}(?!\d)(?:,? {_YEAR})?)"
"""day and month, with or without year"""
SAID = rf"(?:{_DAY_WORD} of {MONTH}(?:{_SEP}(?:{_YEAR_WORD}|{_YEAR}))?)"
"""read aloud: the twelfth of May nineteen forty-eight"""
NUMERIC = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<s>[/.-])(?:0?[1-9]|1[0-2])(?P=s)(?:(?:18|19|20)\d\d|\d\d)"
    r"|(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
)
SAID_YEAR = _YEAR_WORD
EDGE_BEFORE = r"(?<![\w/.-])"
EDGE_AFTER = r"(?!\w|[/-]\d)"
