"""Schools, care homes, surgeries and wards: where somebody can be found."""

from __future__ import annotations

from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.fold import word_key
from redaction.recognisers.base import Rule, UkRecogniser
from redaction.words import ordinary

_NAME = r"(?:(?:St\.?|[A-Z][\w'\u2019-]+)(?: (?:St\.?|[A-Z][\w'\u2019-]+|of|and|the|&|upon|at|y|yr)){0,4})"
_SCHOOL = (
    r"(?:(?:Primary|Infants?|Junior|Nursery|Secondary|High|Grammar|Special|Community|Catholic|RC|C ?of ?E|CE|VA|VC|Middle|First|Lower|Upper"
    r"|Free|Preparatory|Prep|Alternative|Independent)(?: (?:Primary|Junior|Infants?|Community|Catholic|and Nursery|& Nursery|VA|VC|High|First))*"
    r" (?:School|Academy|College|Provision)|School|Academy|College|Sixth Form|Pre-?school|Playgroup|Juniors|Infants|PRU|University)"
)
_CARE = (
    r"(?:Nursery|Surgery|Medical (?:Centre|Practice|Group)|Health Centre|Group Practice|Practice|Clinic|Hospital|Infirmary|Hospice|MIU|Nursing Home"
    r"|(?:Care|Residential|Children's|Children\u2019s|Rest) Home|Residential|Day (?:Centre|Service)|Care Centre|Home ?Care|Community Hospital"
    r"|Sheltered Housing|Extra Care|Supported Living|Children's Centre|Child(?:ren's)? (?:Development )?Centre|Family Centre|Contact Centre"
    r"|Youth Centre|Community Centre|Recovery Hub|Hub|Pharmacy|Refuge|Church|Chapel|Mosque|Gurdwara|Synagogue|Unit|Wing|Ward|Dental Practice)"
)
_BARE_SCHOOL = r"(?:Primary|Juniors|Infants|High|Girls|Boys|RC|Comprehensive|Grammar|Special)"
_NOT = (
    r"(?!(?:The|A|An|His|Her|Their|Our|My|Your|This|That|Which|What|At|In|To|From|And|Or|But|If|When|Primary|Secondary|Special|High|Nursing"
    r"|Care|Day|Local|General|Mainstream|Home|Adult|Children|Virtual|Systemic|Ref|Best|Family|Community|Public|Private|First|Mental|Child"
    r"|Minor|Multi|Town|Pupil|Acute|Memory|Stroke|New|Old|Same|Crisis|Walk|Legal|Evidence|Anti|Good|Safe|Social|Key|School|Hospital|Nursery|College|Schools|Head|Youth|Contact|Sensory) )"
)
_HOUSE = r"(?:House|Lodge|Court|Manor|Grange|Hall|Towers?|View|Mews|Gardens|Cottage|Laurels|Place|Park)"
_KIND_SAID = (
    r"(?:surgery|practice|clinic|hospice|hospital|infirmary|nursery|pharmacy|primary|juniors|infants|academy|school|special|care home|nursing home"
    r"|day centre|youth centre|child centre|children's centre|family centre|contact centre|centre|homecare|wing|unit|ward|college|girls high|high"
    r"|custody|hub|refuge)"
)
_LEAD = r"(?:at|from|in|to|outside|by|called|for|near|of)"


class PlaceOfCare(UkRecogniser):
    """A name followed by what the place is; a saint; a house that somebody went into."""

    NAME = "place_of_care"
    ENTITY = "PLACE_OF_CARE"
    RULES = (
        Rule("name and kind", rf"(?<!\w)(?:[Tt]he )?{_NOT}{_NAME} (?:{_SCHOOL}|{_CARE})(?!\w)", 0.7, cased=True),
        Rule("in capitals", r"(?<![\w-])[A-Z][A-Z'\u2019-]+(?: [A-Z'\u2019&-]+){0,4} (?:HOSPITAL|SCHOOL|ACADEMY|COLLEGE|SURGERY|PRACTICE|INFIRMARY|HOSPICE|NURSERY|CARE HOME|NURSING HOME)(?!\w)", 0.6, cased=True),
        Rule("school by a short name", rf"(?<!\w){_NOT}(?:St\.? )?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){{0,2}} {_BARE_SCHOOL}(?![\w'-]| (?:Street|Road|Court|Needs|Educational))", 0.5, cased=True),
        Rule("welsh school", r"(?<!\w)Ysgol(?: (?:y|yr|Gynradd|Gyfun|Uwchradd|Bro|Feithrin|Gymraeg))* [A-Z][\w'\u2019-]+(?: [A-Z][\w'-]+)?", 0.8, cased=True),
        Rule("saint", r"(?<!\w)(?:St\.?|Saint) [A-Z][\w-]+(?:['\u2019]s|s['\u2019])?(?: (?:[A-Z]\w+|C of E|churchyard|hospice|school)){0,3}(?!\w)", 0.45, cased=True),
        Rule("our lady", r"(?<!\w)Our Lady(?: (?:of|&|and|St\.?|[A-Z]\w+)){0,5}(?<! of)(?!\w)", 0.6, cased=True),
        Rule("house somebody is at", rf"(?<!\w)(?:at|into|to|from|left|in|placement at|manager (?:of|at)) (?P<v>{_NOT}{_NAME} {_HOUSE})(?!\w| (?:Road|Street))", 0.45, cased=True),
        Rule("saint, small letters", rf"(?<!\w)saint [a-z]+(?:['\u2019]?s)?(?: {_KIND_SAID})?(?!\w)", 0.6, cased=True),
        Rule("kind after a name, small letters", rf"(?<!\w){_LEAD} (?P<v>(?:the )?[a-z'\u2019-]+(?: [a-z'\u2019-]+)? {_KIND_SAID})(?!\w)", 0.45, cased=True),
    )
    EXAMPLE = "moved to Larkrise Court Care Home"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            rule = why.pattern_name or "" if why else ""
            words = word_key(text[result.start : result.end])
            if rule == "saint, small letters" and words[1] in _NOT_SAINTS:
                continue
            if rule == "kind after a name, small letters" and not any(_proper(w) for w in words[:-1]):
                continue
            if rule == "name and kind" and words[-1] in _WEAK and all(ordinary(w) for w in words[:-1]):
                continue
            yield result


_WEAK = frozenset("unit clinic hub wing ward practice school".split())
"""kinds that common names of services end in too ("Forced Marriage Unit", "Forest School")"""
_NOT_SAINTS = frozenset("of and is was the he she it like".split())


def _proper(word: str) -> bool:
    """Return whether a word in small letters can be the name of a place, because it is no ordinary word."""
    return len(word) > 2 and not ordinary(word)
