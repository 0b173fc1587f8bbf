"""How dates are written and said in Britain: one grammar for dates and dates of birth."""

from __future__ import annotations

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|ionawr|chwefror|mawrth|ebrill|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
DAY_WORD = (
    r"(?:(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_YEAR = r"(?:(?:18|19|20)\d\d|['\u2019]\d\d)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_LAST_TWO = rf"(?:(?:oh|o)[ -]{_ONES}|{_TENS}(?:[ -]{_ONES})?|{_TEEN})"
_YEAR_WORD = (
    rf"(?:(?:nineteen|twenty|eighteen)(?: hundred(?: and)?)?[ -](?:{_LAST_TWO}|{_ONES})"
    rf"|two thousand(?: and)?(?: (?:{_TENS}(?:[ -]{_ONES})?|{_TEEN}|{_ONES}))?)"
)
_SEP = r"(?:[ ,]{1,2}(?:of |in )?)"
WEEKDAY = (
    r"(?:(?:a )?(?:mon|tues?|wed(?:nes)?s?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?:the )?"
    r"|(?:nos )?(?:lun|mawrth|mercher|iau|gwener|sadwrn|sul), )"
)

FULL = (
    rf"(?:{_DAY}(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:19|20)\d\d|(?:18|19|20)\d\d, {_DAY} {MONTH}|{_DAY}(?:(?: ?(?:-|\u2013|&|,|and|or|to) ?){_DAY})?(?: of)?[ -]{MONTH}(?:[ ,-]{{1,2}}{_YEAR})?"
    rf"|{MONTH} {_DAY}(?!\d)(?:,? {_YEAR})?|(?:18|19|20)\d\d {MONTH} {_DAY}(?!\d))"
)
"""day and month, with or without year"""
SAID = (
    rf"(?:(?:{DAY_WORD}(?:,| and|, and)? ){{0,3}}(?:the )?{DAY_WORD} of (?:{MONTH}|the {DAY_WORD})(?:{_SEP}(?:{_YEAR_WORD}|{_YEAR}|{_LAST_TWO}))?"
    rf"|(?:the )?{_DAY} of the {_DAY}(?:{_SEP}(?:{_YEAR_WORD}|{_YEAR}|{_LAST_TWO}))?)"
)
"""read aloud: the twelfth of May nineteen forty-eight, the ninth of the eleventh"""
NUMERIC = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<s>[/.|\u2044-]| / | \| |\. )(?:0?[1-9]|1[0-2])(?P=s)(?:(?:18|19|20)\d\d|\d\d)"
    r"|(?:18|19|20)\d\d(?P<t>[-/.])(?:0[1-9]|1[0-2])(?P=t)(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[./-](?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})[./-](?:(?:18|19|20)\d\d|\d\d))"
)
SAID_YEAR = _YEAR_WORD
EDGE_BEFORE = r"(?<![\w/.-])"
EDGE_AFTER = r"(?!(?!T\d\d)\w|[/-]\d)"
