"""Street addresses."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_SURE = (
    "street|road|avenue|crescent|terrace|boulevard|mews|cul-de-sac|lane|drive|close|gardens"
    "|grove|st|rd|ave|cres|ln|dr"
)
_WORD_TOO = (
    "place|way|court|park|square|green|row|rise|walk|hill|view|end|yard|parade|gate|croft|fold"
    "|vale|mead|meadow|bank|brow|garth|wharf|quay|circus|villas|cottages|mount|heights|orchard"
    "|path|passage|common|approach|broadway|chase|dene|field|fields|heath|loan|wynd"
)
_NAME = r"[A-Z][\w'\u2019-]*(?: (?:[A-Z][\w'\u2019-]*|of|the|in|and|on)){0,3}"
_FLAT = r"(?:(?:flat|apartment|apt|unit|room) ?[\dA-Za-z]{1,4},? )"
_NUMBER = r"\d{1,4}[A-Za-z]?(?: ?[-/&] ?\d{1,4}[A-Za-z]?)?"


class StreetAddress(UkRecogniser):
    """A house number with a street, a named street, a flat, a named house said to be the address."""

    NAME = "street_address"
    ENTITY = "ADDRESS"
    RULES = (
        Rule(
            "number and street",
            rf"(?<![\w/.])(?i:{_FLAT})?{_NUMBER},? {_NAME} (?i:{_SURE}|{_WORD_TOO})(?!\w)",
            0.85,
            cased=True,
        ),
        Rule(
            "flat and building",
            rf"(?<!\w)(?i:{_FLAT}){_NAME}(?: (?i:house|court|lodge|heights|tower))?",
            0.7,
            cased=True,
        ),
        Rule(
            "named street",
            rf"(?<!\w){_NAME} (?:Street|Road|Avenue|Crescent|Terrace|Lane|Drive|Close|Gardens"
            rf"|Grove|Mews|Rd|Ave)(?!\w)",
            0.6,
            cased=True,
        ),
        Rule(
            "number and street, small letters",
            r"(?<![\w/.])\d{1,4}[a-z]? (?!(?:days?|weeks?|months?|years?|minutes?|hours?"
            r"|miles?|people|times|per|of|in|and|to)\b)"
            r"[a-z'\u2019-]{3,}(?: [a-z'\u2019-]{3,}){0,2} (?:street|road|avenue|crescent"
            r"|terrace|lane|drive|close|gardens|grove|mews)(?!\w)",
            0.7,
        ),
        Rule(
            "number read aloud and street",
            r"(?<!\w)(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
            r"|thirteen|fourteen|fifteen|"
            r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
            r"|eighty|ninety|hundred|and)[ -])+"
            r"(?!of |in |to )[a-z'\u2019-]{3,}(?: [a-z'\u2019-]{3,})? "
            r"(?:street|road|avenue|crescent|terrace|lane|drive|close|gardens|grove|mews)(?!\w)",
            0.7,
        ),
        Rule(
            "house named as the address",
            rf"(?<!\w)(?i:address(?: is)?|lives? at|living at|resides? at|home is)[: "
            rf"]{{1,2}}(?P<v>{_NAME} (?:Cottage|House|Farm|Lodge|Bungalow|Barn|Villa|Mill))",
            0.8,
            cased=True,
        ),
        Rule("po box", r"(?<!\w)P\.?O\.? box \d+", 0.8),
    )
    EXAMPLE = "She lives at 14 Larkspur Close."
