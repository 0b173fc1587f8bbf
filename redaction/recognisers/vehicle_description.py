"""What somebody drives, by colour and make: it points at them on their street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser

_COLOUR = (
    r"(?:(?:lime|dark|light|pale|bright|navy|royal|sky|racing|metallic|battered)[ -])?"
    r"(?:red|blue|green|white|black|grey|gray|silver|gold|yellow|orange|purple|maroon|cream|beige|brown|pink|burgundy|turquoise|mustard|teal|bronze|navy)"
)
_MAKE = (
    r"(?:ford|fiesta|focus|mondeo|escort|transit|galaxy|kuga|puma|vauxhall|corsa|astra|zafira|insignia|meriva|vivaro|volkswagen|vw|golf|polo"
    r"|passat|caddy|transporter|audi|bmw|mercedes|sprinter|vito|toyota|yaris|aygo|corolla|hilux|prius|honda|jazz|civic|nissan|micra|juke"
    r"|qashqai|navara|renault|clio|megane|kangoo|scenic|twingo|peugeot|partner|citro[e\u00eb]n|berlingo|picasso|saxo|skoda|fabia|octavia|seat"
    r"|ibiza|leon|kia|picanto|rio|hyundai|mini|mini cooper|fiat|panda|doblo|punto|land rover|range rover|defender|discovery|jaguar|volvo|mazda"
    r"|suzuki|swift|dacia|duster|sandero|tesla|saab|rover|morris(?: minor| traveller)?|subaru|mitsubishi|lexus|isuzu|iveco|luton|people carrier|van|minibus"
    r"|campervan|camper|moped|motorbike|pick-?up|4x4|caravan)"
)
_MORE = r"(?: (?:[A-Z][\w-]*|[A-Z]?\d{1,3}|van|estate|car|jeep|people carrier|traveller|fabia|golf|sticker))"
_WITH = r"(?:,? with (?:a |an |the |one |no )?(?:\w+ ){0,5}?(?:door|doors|sticker|stickers|dent|roof|window|windows|bumper|wheel|wheels|bonnet|bars|top|side|boot|belts|flames|light|lights)(?: (?:in|on|of) (?:the |its )?\w+)?)"


class VehicleDescription(UkRecogniser):
    """A colour and a make (or "van"), with what is said to be on it."""

    NAME = "vehicle_description"
    ENTITY = "VEHICLE_DESCRIPTION"
    RULES = (
        Rule("colour and make", rf"(?<!\w)(?i:{_COLOUR} {_MAKE}(?!\w)){_MORE}{{0,2}}(?i:{_WITH})?", 0.6, cased=True),
        Rule("make with something on it", rf"(?<!\w)(?:a|the) {_MAKE}(?: \w+)?{_WITH}", 0.6),
    )
    EXAMPLE = "he drives a silver Astra with a dent in the door"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            if before := _ARTICLE.search(text, max(0, result.start - 24), result.start):
                result.start = before.start()
            yield result


_ARTICLE = re.compile(r"(?<!\w)(?:(?:a|the|an|little|old|big|small) ){1,3}\Z", re.I)
