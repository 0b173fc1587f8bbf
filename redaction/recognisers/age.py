"""Ages: they identify together with something else, so they are counted and hidden."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_SAID = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONES})?|ten|eleven"
    rf"|twelve|thirteen|fourteen|"
    rf"fifteen|sixteen|seventeen|eighteen|nineteen|{_ONES})"
)
_N = rf"(?:1[01]\d|\d{{1,2}}|{_SAID})"


class Age(UkRecogniser):
    """An age in years or months of a person."""

    NAME = "age"
    ENTITY = "AGE"
    RULES = (
        Rule(
            "years old",
            rf"(?<!\w)(?P<v>{_N})[ -](?:years?|yrs?|months?|weeks?)[ -](?:old|of "
            rf"age)(?!\w)",
            0.8,
        ),
        Rule(
            "aged",
            rf"(?<!\w)(?:aged|age[: ]|age of|age is) ?(?P<v>{_N})(?![\w%]|\.\d)(?! (?:and over"
            rf"|or over|to|plus|-))",
            0.75,
        ),
        Rule("y/o", r"(?<!\w)(?P<v>\d{1,3}) ?(?:y/?o|yrs?/?o)(?!\w)", 0.8),
        Rule("in brackets after a name", r"(?<=[a-z]) \((?P<v>\d{1,3})\)", 0.5),
        Rule("after a name", r"(?<=[a-z]), (?P<v>(?:1[01]\d|[1-9]\d)),(?= [a-z])", 0.5),
        Rule("turned", rf"(?<!\w)(?:turned|turns|turning) (?P<v>{_N})(?!\w)", 0.6),
    )
    EXAMPLE = "she is 84 years old"
