"""Schools, care homes, surgeries and wards: where somebody can be found."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_NAME = r"(?:(?:St\.?|[A-Z][\w'\u2019-]+)(?: (?:[A-Z][\w'\u2019-]+|of|and|the|&|upon)){0,4})"
_KIND = (
    r"(?:(?:Primary|Infant|Junior|Nursery|Secondary|High|Grammar|Special|Community|Catholic|C "
    r"?of ?E|Middle|First)"
    r"(?: (?:Primary|Junior|Community|Catholic|and Nursery))* (?:School|Academy)|School"
    r"|Academy|College|Nursery|Pre-?school|"
    r"Surgery|Medical (?:Centre|Practice|Group)|Health Centre|Practice|Clinic|Hospital|Infirmary|Hospice|"
    r"(?:Care|Nursing|Residential|Children's|Children\u2019s|Rest) Home|Residential|Day Centre"
    r"|Care Centre|Home ?Care|"
    r"Sheltered Housing|Extra Care|Supported Living|Ward|Children's Centre|Family Centre"
    r"|Family Hub|Pharmacy|Refuge|"
    r"Church|Chapel|Mosque|Gurdwara|Synagogue)"
)
_NOT = (
    r"(?!(?:The|A|An|His|Her|Their|Our|My|Your|This|That|Which|What|At|In|To|From|And|Or|But"
    r"|If|When|Primary|Secondary|Special|High|Nursing|Care|Day|Local|General|Mainstream|Home"
    r"|Adult|Children) )"
)


class PlaceOfCare(UkRecogniser):
    """A capitalised name followed by what the place is."""

    NAME = "place_of_care"
    ENTITY = "PLACE_OF_CARE"
    RULES = (
        Rule("name and kind", rf"(?<!\w){_NOT}{_NAME} {_KIND}(?!\w)", 0.7, cased=True),
        Rule("saint's school", r"(?<!\w)St\.? [A-Z][\w'\u2019]+'s(?: [A-Z]\w+)?(?!\w)", 0.5, cased=True),
    )
    EXAMPLE = "moved to Larkrise Court Care Home"
