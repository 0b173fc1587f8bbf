"""Street addresses as they are written."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.street_words import HOUSE, SURE, UNIT, WORD_TOO

_CAP = r"[A-Z][\w'\u2019-]*"
_NAME = rf"{_CAP}(?: (?:{_CAP}|of|the|in|and|on|upon|y|yr|le|la|de)){{0,3}}"
_NUMBER = r"\d{1,4} ?[A-Za-z]?(?: ?[-/&\u2013] ?\d{1,4}[A-Za-z]?)?"
_STREET = rf"{_NAME} (?i:{SURE}|{WORD_TOO})"
_UNIT = rf"(?i:(?:(?:{UNIT})(?: no\.?)?|(?:top|ground|first|second|third|lower ground|upper|basement|garden)(?: floor)?(?: flat)?),? ?)"
_PART = rf"(?:(?:nr\.?|near|off|above|below|behind|opposite|rear of|top of|end of|the) )*(?:{_NUMBER},? )?{_CAP}(?: (?:{_CAP}|of|the|on|upon|caravan|site|park)){{0,4}}"
_NEXT = rf"(?:, {_PART}){{0,2}}"


class StreetAddress(UkRecogniser):
    """A house number with a street, a named street, a flat or pitch, a house said to be somebody's."""

    NAME = "street_address"
    ENTITY = "ADDRESS"
    RULES = (
        Rule(
            "number and street",
            rf"(?<![\w/.])(?:{_UNIT}[\dA-Z]{{1,4}},? )?(?:(?i:no\.?|number) ?)?{_NUMBER},? (?:(?:up|down|over|on|in) )?{_STREET}(?!\w)(?:, (?:\d(?:st|nd|rd|th)|ground|first|second|third|top) floor)?",
            0.85,
            cased=True,
        ),
        Rule(
            "unit and what follows",
            rf"(?<![\w/.])(?i:{UNIT})(?: no\.?)? ?(?:\d{{1,4}}[A-Za-z]?|[A-Z]),? (?:(?:the|above|at|on) )?{_PART}{_NEXT}",
            0.6,
            cased=True,
        ),
        Rule("flat", r"(?<!\w)(?:Flat|Apartment|Apt|Flt)\.? ?(?:\d{1,4}[A-Za-z]?|[A-Z])(?![\w'\u2019])", 0.6, cased=True),
        Rule("part of a house", rf"(?<!\w)(?i:(?:top|ground|first|second|third|lower ground|upper|basement|garden|rear) (?:floor )?(?:flat|floor),?|rear of|flat above|flat over) (?:{_NUMBER},? )?{_PART}", 0.7, cased=True),
        Rule("named street", rf"(?<!\w){_NAME} (?:Street|Road|Avenue|Crescent|Terrace|Lane|Drive|Close|Gardens|Grove|Mews|Row|Rd|Ave|St(?=[,.;\n|/)]|$| /))(?!\w)", 0.6, cased=True),
        Rule("street after a preposition", rf"(?<!\w)(?:on|at|up|down|off|to|from|near|in|enter|of|Home,|House,|Centre,|Dye,|Lodge,) (?P<v>{_NAME} (?:Way|Yard|Walk|Rise|Brow|View|Parade|Wharf|Quay|Wynd|Fold|Garth|Croft|Cut|Staithe|Villas|Cottages|Buildings|Place))(?!\w)", 0.5, cased=True),
        Rule("welsh street", rf"(?<!\w)(?:Heol|Ffordd|Stryd|Lôn|Maes|Cwrt|Bryn|Tŷ|Ty|Pant|Plas|Pen)[ -](?:(?:y|yr|y-)[ -]?)?{_CAP}(?:,? (?:number |no\.? )?[\w-]+(?=,))?(?: Farm)?", 0.5, cased=True),
        Rule(
            "house and street",
            rf"(?<!\w)(?:The |the )?{_NAME}(?i: (?:{HOUSE}))(?: \([^)\n]{{1,25}}\))?, (?:{_NUMBER},? )?(?:{_STREET}|{_NAME}(?=[,.|\n]|\s{{2}}|$))(?!\w)",
            0.7,
            cased=True,
        ),
        Rule("house, then street", rf"(?<!\w)(?:The )?{_CAP}(?: {_CAP}){{0,2}}, (?:{_NUMBER},? )?(?:{_NAME} (?:Street|Road|Avenue|Crescent|Terrace|Lane|Drive|Close|Gardens|Grove|Mews|Row|Rd|Ave|Lane|Brow|Yard|Drove|Wharf))(?!\w)", 0.6, cased=True),
        Rule(
            "number and street, small letters",
            rf"(?<![\w/.])(?:(?:{UNIT}) \d{{1,4}}[a-z]?,? )?(?:number |no\.? )?\d{{1,4}} ?[a-z]? (?!(?:days?|weeks?|months?|years?|minutes?|hours?"
            r"|miles?|people|times|per|of|in|and|to|up|down|the|a|left|right|out|off)\b)"
            rf"[a-z'\u2019-]{{3,}}(?: [a-z'\u2019-]{{3,}})?? (?:street|road|avenue|crescent|terrace|lane|drive|close|clos|gardens|grove|mews|row|rd|st|ave)(?!\w)",
            0.7,
        ),
        Rule(
            "house named as the address",
            rf"(?<!\w)(?i:address(?: is)?|lives? (?:at|in|on)|living at|resides? at|staying at|home is|we're at|pick-?up|moved (?:in)?to|deeds to"
            rf"|visit(?:ed)?(?: w/ \w+ \w+)?(?: at| @)|c/o|up at)[: ]{{1,2}}(?P<v>(?:the |The )?{_NAME}(?i: (?:{HOUSE})){_NEXT})",
            0.8,
            cased=True,
        ),
        Rule("care of", rf"(?<!\w)c/o (?:the |The )?(?:{_NUMBER},? )?{_PART}{_NEXT}", 0.6, cased=True),
        Rule("boat", rf"(?:(?:mooring|berth) \d+,? )?(?i:narrowboat|houseboat|barge|boat|nb|mv)(?: called| named)? (?P<v>[\"'\u2018\u201c]{_NAME}[\"'\u2019\u201d](?:, (?:below|above|at|near|by) {_NAME}(?: \d+)?)?{_NEXT})", 0.7, cased=True),
        Rule("boat by name", rf"(?<!\w)(?:nb|NB|mv|MV) {_NAME}{_NEXT}", 0.6, cased=True),
        Rule("number and two names", rf"(?i:\b(?:home|croft|property|house|bungalow|lives? at|living at|address)\b)[: ]{{1,3}}(?P<v>(?i:no\.? ?)?\d{{1,4}}[A-Za-z]?,? {_CAP}(?: {_CAP}){{1,2}})", 0.6, cased=True),
        Rule("below a lock", rf"(?<!\w)(?i:below|above|at|near) Lock \d+,? {_NAME}", 0.7, cased=True),
        Rule("door number of a neighbour", r"(?<!\w)(?:neighbour|nbr|family|children|house|lives?|live|at|from|here)(?: \w+){0,3}? (?P<v>(?:no\.?|number|nos?\.?) \d{1,3}[a-z]?)(?![\w/%]|\.\d)", 0.6),
        Rule("prison", r"(?<!\w)HM(?:P|YOI|P/YOI|PYOI) [A-Z][\w'-]+(?: [A-Z][\w'-]+)?", 0.7, cased=True),
        Rule("document exchange", r"(?<!\w)DX:? \d{4,7}(?!\d)", 0.7, cased=True),
        Rule("po box", r"(?<!\w)P\.?O\.? box \d+", 0.8),
    )
    EXAMPLE = "She lives at 14 Larkspur Close."
