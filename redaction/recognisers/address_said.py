"""Addresses as they are said: numbers in words, small letters, no commas."""

from __future__ import annotations

from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.street_words import HOUSE, NUMBER_SAID, SURE, UNIT, WORD_TOO
from redaction.words import ordinary, ordinary_words

_N = NUMBER_SAID
_WORD = r"(?!(?:that|that's|it's|and|then|is|was|but|so|um|er|of|to|in|at|on|with|for|i|he|she|they|we|bed|bedroom|storey|since|until|by|from|per|falls|minutes|year|years|days|weeks|hours)\b)[a-z'\u2019-]{2,}"
_STREET = rf"(?:the )?{_WORD}(?: {_WORD})?? (?:{SURE}|{WORD_TOO}|{HOUSE})"
_PLAIN = frozenset("the this that our my his her their your main busy same next wrong other side back front long a an one each every right".split())
_VALUE = rf"(?:(?:{UNIT}) {_N} )?(?:{_N}(?: [a-h])? )?{_STREET}(?: {_STREET})?"


class AddressSaid(UkRecogniser):
    """A number in words with a street or house; what comes after "the address is"."""

    NAME = "address_said"
    ENTITY = "ADDRESS"
    RULES = (
        Rule("number in words and street", rf"(?<![\w-]){_N}(?: [a-h])? (?:the )?{_WORD}(?: {_WORD})?? (?:{SURE}|cottages?|court|view|house|walk|rise|way|hill|parade|place|fold|croft|gate|wharf|pontoon|cloisters)(?!\w)", 0.7),
        Rule("unit and number in words", rf"(?<!\w)(?:flat|flt|room|apartment|pitch|plot|caravan|unit) {_N}(?: [a-h](?!\w))?,? (?:{_STREET}|the {_WORD} {_WORD}(?: (?!in\b|and\b)\w+)?)(?!\w)", 0.7),
        Rule("after address", rf"(?<!\w)(?:address(?: is|'s| given as| of the property is)?|adress|lives? (?:up )?at|living (?:up )?at|we were at|we're at|house is|moved to|stays at)[ :,]+(?P<v>{_VALUE})(?!\w)", 0.6),
        Rule("street after address", rf"(?<!\w)address[^\n]{{0,45}}\n+(?:[^\n:]{{0,25}}: )?(?P<v>{_N}(?: [a-h])? (?:the )?{_WORD}(?: {_WORD})??)(?= that's| it's|,|\.|\n|$| [a-z] [a-z]\b| in\b)", 0.6),
        Rule("number and a name", rf"(?<!\w)(?:at|she's at|he's at|lives at) (?P<v>{_N}(?: [a-h](?!\w))? (?:the )?{_WORD})(?!\w)", 0.5),
        Rule("berth", rf"(?<!\w)(?:berth|mooring|pitch|plot) {_N}(?: {_WORD}){{0,2}}(?!\w)", 0.5),
        Rule("flat with a letter", rf"(?<!\w)flat [a-h],? {_N}(?: to {_N})? {_STREET}(?!\w)", 0.7),
        Rule("over a street", rf"(?<!\w)the (?:maisonette|flat|bungalow|house|caravan|annexe) (?:over|above|behind|at) (?:{_N} )?{_STREET}(?!\w)", 0.7),
        Rule("door number in words", rf"(?<!\w)(?:here|neighbour,?|live|lives|at|children at|from|we're) (?:at )?(?P<v>number {_N})(?!\w)", 0.6),
        Rule("street in small letters", r"(?<!\w)(?:on|onto|at|in|off|down|up|along|near|by) (?P<v>[a-z'\u2019-]{3,}(?: [a-z'\u2019-]{3,})? (?:street|road|lane|avenue|terrace|crescent|grove|gardens))(?!\w)", 0.5, cased=True),
        Rule("flat over", r"(?<!\w)(?:flat|flt) \d{1,3}[a-z]? (?:over|above) [a-z ]{3,25}? (?:on|in) [a-z]{3,} (?:street|st|road|rd|lane)(?!\w)", 0.6),
    )
    EXAMPLE = "i live at forty one b larkspur street"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            name = why.pattern_name if why else ""
            words = text[result.start : result.end].lower().split()
            if name == "street in small letters" and (words[0] in _PLAIN or words[-2] in _PLAIN):
                continue
            if name == "number and a name" and ordinary(words[-1]):
                continue
            if name == "after address" and all(w in ordinary_words() for w in words[:-1] if w != "the") and len(words) < 3:
                continue
            yield result
