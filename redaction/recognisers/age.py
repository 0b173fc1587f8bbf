"""Ages: they identify together with something else, so they are counted and hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.words import AMBIGUOUS, ordinary

_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_SAID = (
    rf"(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONES})?|ten|eleven|twelve|thirteen|fourteen"
    rf"|fifteen|sixteen|seventeen|eighteen|nineteen|an? hundred(?: and {_ONES})?|{_ONES})"
)
_N = rf"(?:1[01]\d|\d{{1,2}}|{_SAID})(?:[ -]and[ -](?:a[ -])?(?:half|quarter|three[ -]quarters)|[\u00bd\u00bc\u00be]| 1?\d/12)?"
_YEARS = r"(?:years?|yrs?|year|y)"
_MONTHS = r"(?:months?|mths?|mnths?|mos?|m)"
_UNIT = rf"(?:{_YEARS}|{_MONTHS}|weeks?|wks?|days?)"
_SOFT = r"(?i:(?:now|only|just|nearly|almost|about|maybe|like|still|probably|rising|over|under|well|um|er|turning|gone|he's|she's) )*"
_WHO = (
    r"(?:(?:(?i:he|she|they|who|i|you|child|boy|girl|baby|mum|dad|nan|twins)|(?!It|There|That|What|Here|Where|This|Which|Score|When|How|If)[A-Z][a-z'\u2019-]+)(?:['\u2019](?:s|m|re|ll be)| is| am| are| was| were"
    r"| will be| be| turned| he| she)|(?i:(?:son|daughter|brother|sister|nephew|niece|twins?|grandson|who) (?:is|are|was)))"
)
_NOT_UNIT = (
    r"(?![\w%\u00b0]|[.:/,]\d|-\w|\u2013\d)(?! ?(?i:%|hours?|hrs?|mins?|minutes?|seconds?|miles?|times?|foot|feet|ft|stone|st\b|kilos?|kg|lbs?"
    r"|pounds?|per ?cent|percent|of\b|o'clock|out of|inch|inches|children|kids|people|grand|quid|metres?|cm|mm|degrees|bed|beds"
    r"|bedrooms?|calls?|visits?|days?|weeks?|wks?|nights?|points?|doors?|floors?|steps?|am\b|pm\b|sessions?|units?|mg|ml|to one"
    r"|more|less|other|falls?|thousand|hundred|residents?|staff|tonnes?|pence|p\b|good|different|big|little|sisters|brothers|boys|girls|lads|minus|plus"
    r"|tablets?|puffs?|meals?|mornings?|afternoons?|evenings?|tabs?|nine\b|eighty\b|past\b|till\b|duty|digits?|kcal|hourly|-hrly|\u00b0|and a half (?:hour|mile|stone)))"
)


class Age(UkRecogniser):
    """An age of a person in years or months."""

    NAME = "age"
    ENTITY = "AGE"
    RULES = (
        Rule("years old", rf"(?<![\w.]){_N}[ -]?{_UNIT}[ -]?(?:olds?|of age)(?!\w)", 0.8, needs=("old", "of age")),
        Rule("years and months", rf"(?<![\w.])\d{{1,3}} ?{_YEARS}\.?,? ?(?:and )?\d{{1,2}} ?{_MONTHS}(?!\w)", 0.8),
        Rule("years and months in words", rf"(?<![\w.]){_SAID} years?,? (?:and )?{_SAID} months?(?!\w)", 0.7, needs=("month",)),
        Rule(
            "aged",
            rf"(?<!\w)(?<!reading )(?<!spelling )(?<!motor )(?<!mental )(?<!equivalent )(?:aged|age[d: ]|age of|age is|age as|i am:|aetat\.?|girl of|boy of|lad of|man of|woman of|lady of) ?(?:about |just |only )?"
            rf"(?P<v>{_N}(?: ?{_UNIT})?)(?![\w%]|\.\d)(?! (?:and over|or over|to|plus|-|times)|:\d|;\d)",
            0.75,
        ),
        Rule("y/o", r"(?<!\w)\d{1,3} ?(?:y/?o|yrs?/?o|y\.o\.)(?!\w)", 0.8),
        Rule("is, in years", rf"(?<!\w){_WHO} {_SOFT}(?P<v>{_N} ?(?:{_YEARS}|{_MONTHS}|weeks?|wks?))(?=[.,;:)\n]|$| (?:and|with|now|but|he|she|we|old|plus)\b)", 0.6, cased=True),
        Rule("is", rf"(?<!\w){_WHO} {_SOFT}(?P<v>{_N}){_NOT_UNIT}", 0.5, cased=True),
        Rule(
            "is, small letters",
            r"(?<!\w)(?!it|that|there|what|this|here|score|number|total|rent|limit|one|which|when)[a-z]{3,}(?: is|'s) (?:now |only )?"
            rf"(?P<v>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONES})?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
            rf"|seventeen|eighteen|nineteen)){_NOT_UNIT}",
            0.45,
            cased=True,
        ),
        Rule("and another", rf"(?<!\w){_N},? (?:maybe |nearly |rising |almost )+(?P<v>{_N})(?=[,.;\n]| (?:and|he|she|now|i)\b)", 0.4, needs=("maybe ", "nearly ", "rising ", "almost ")),
        Rule("in brackets after a name", rf"(?<=[a-zA-Z]) {{1,3}}\((?:(?:then|now|nearly|aged|who is|just) )?(?P<v>{_N}(?: ?(?:{_UNIT}))?)(?=[),;])", 0.5),
        Rule(
            "after a name",
            r"(?<!\w)[A-Z][a-z'\u2019-]+(?:,| \u2013) (?P<v>(?:1[01]\d|[1-9]\d?))(?=[,.;)]|$|\n| and\b| \u2013|-)(?![,.]\d)",
            0.45,
        ),
        Rule("months alone", r"(?:[,\u2013-] |\()(?P<v>\d{1,2} ?(?:mo|mths?|months|m|wks?|yrs?|y))(?=[.,;)\n]|$)(?!\.\d)", 0.5),
        Rule("ages in brackets", r"(?<=\()\d{1,2}(?:, ?\d{1,2}){1,6}(?=\))", 0.45),
        Rule("relation and age", rf"(?<!\w)(?:brother|sister|son|daughter|nephew|niece|cousin|twin|baby|child|girl|boy|lad),? (?P<v>{_N})(?=[,.;)])", 0.5),
        Rule("how old", rf"(?<!\w)how old[^\n]{{0,50}}\n+(?:[^\n:]{{0,30}}: )?(?:(?:um|er|oh|about|nearly|i'm|he's|she's),? )*(?P<v>{_N}){_NOT_UNIT}", 0.7),
        Rule("turned", rf"(?<!\w)(?:turned|turns|turning) (?P<v>{_N}){_NOT_UNIT}", 0.6),
        Rule("rising", r"(?<!\w)rising \d(?!\d)", 0.6),
        Rule("years and months of a child", r"(?<![\w;])\d{1,2};\d{1,2}(?![\w;])", 0.6),
        Rule("age and sex", r"(?<![\w.\u00a3/-])[1-9]\d ?[MF](?=[ ,.;)]|$|\n)(?! \d)", 0.5, cased=True),
        Rule("months of a baby", r"(?<!\w)(?:baby|aged?|old|[A-Z][a-z]+),? (?P<v>\d{1,2}/12)(?=[ ,.;)]|$)", 0.5),
        Rule("in his eighties", r"(?<!\w)in (?:his|her|their) (?:early |mid |late )?(?:[2-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)(?!\w)", 0.7),
        Rule("mid-fifties", r"(?<![\w\u00a3])(?:(?:early|mid|late)[- ]|\?)(?:[2-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)(?!\w)", 0.6),
    )
    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            if why and why.pattern_name == "in brackets after a name" and not _after_a_name(text, result.start):
                continue
            if why and why.pattern_name == "after a name" and _word_before(text, result.start) in _NOT_NAMES:
                continue
            yield result

    EXAMPLE = "she is 84 years old"


_MEASURE = re.compile(_NOT_UNIT)


def not_a_measure(text: str, end: int) -> bool:
    """Return whether what follows a number is no unit ("eighty-one kilos", "18 units", "5 mg")."""
    return bool(_MEASURE.match(text, end))


_PEOPLE = frozenset("son daughter baby twins twin child boy girl brother sister nan mum dad grandson granddaughter".split())


def _after_a_name(text: str, start: int) -> bool:
    """Return whether the word before a bracket can be a name: "Item (2)" numbers things."""
    before = text[max(0, start - 40) : start].rpartition("(")[0].split()
    word = before[-1].strip("\"'\u201d\u2019.,").lower() if before else ""
    return word in _PEOPLE or word in AMBIGUOUS or not ordinary(word)


def _word_before(text: str, start: int) -> str:
    """Return the word before a comma or dash."""
    words = text[max(0, start - 30) : start].rstrip(" ,\u2013").split()
    return words[-1] if words else ""


_NOT_NAMES = frozenset(
    "Section Page Room Flat Item Year Unit Level Band No Number Block Ward Stage Part Step Class Grade Form Box Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec January February March April June July August September October November December At On In And For With Yes No So Mon Tue Wed Thu Fri Sat Sun Chapter Act Reg Score Appendix Annex Figure Table".split()
)
