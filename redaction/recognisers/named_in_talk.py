"""Names in small letters, as a recogniser of speech writes them, beside what introduces them."""

from __future__ import annotations

from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.name_cues import RELATION, STOP, SURE_TITLE
from redaction.words import AMBIGUOUS, keep_terms, ordinary

_WORD = r"[^\W\d_A-Z][^\W\d_A-Z'\u2019-]*(?:-[^\W\d_A-Z]+)*"
_TWO = rf"{_WORD}(?: {_WORD})?"
_THREE = rf"{_WORD}(?: {_WORD}){{0,2}}"


_FEW_CAPITALS = 0.01
"""share of capitals below which a text is speech without capitals, and a name may stand in small letters"""


class NamedInTalk(UkRecogniser):
    """The words after "my name is", "mister" or "my sister", as far as no list of ordinary words knows them."""

    NAME = "named_in_talk"
    ENTITY = "PERSON"
    RULES = (
        Rule("title, small letters", rf"(?<!\w){SURE_TITLE}\.? +(?=(?P<v>{_TWO})(?!\w))", 0.7, cased=True),
        Rule("mr and mrs", rf"(?<!\w)(?:mr|mister) (?:and|&) (?:mrs|missus) (?=(?P<v>{_WORD})(?!\w))", 0.8, cased=True),
        Rule(
            "introduction, small letters",
            rf"(?<!\w)(?:my name is|my name's|name's|name is|names|i am called|i'm called|is called|was called|surname is|surname|first name is)[ ]+(?=(?P<v>{_THREE})(?!\w))",
            0.6,
            cased=True,
        ),
        Rule(
            "speaking, small letters",
            rf"(?<!\w)(?:speaking to|speaking with|spoke to|spoke with|message for|attention|apologies from|it's|this is|i'm|signed|ask for|called"
            rf"|hush|hi|hello|thanks|ta|with|from you|speaker [a-h]|cases?|judge|to [a-z]+)[ ]+(?=(?P<v>{_TWO})(?!\w))",
            0.5,
            cased=True,
        ),
        Rule("relation, small letters", rf"(?<!\w){RELATION}(?:'s| is| called| named|,)? +(?=(?P<v>{_TWO})(?!\w))", 0.5, cased=True),
    )
    EXAMPLE = "hello my name is ghazala yaqubi"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        small = sum(map(str.isupper, text)) < _FEW_CAPITALS * len(text)
        for result in super()._hits(text):
            why = result.analysis_explanation
            rule = why.pattern_name if why else ""
            if not small and rule in ("speaking, small letters", "relation, small letters"):
                continue
            at = result.start
            end = at
            spoken = text[result.start : result.end].split(" ")
            for place, word in enumerate(spoken):
                bare = word.removesuffix("'s").removesuffix("\u2019s").strip("'\u2019")
                sure = rule in ("title, small letters", "mr and mrs", "introduction, small letters") and end == result.start
                if place == 0 and bare in AMBIGUOUS and len(spoken) > 1 and _can_be_name(spoken[1], sure=False):
                    sure = True  # "message for pat goodenough"
                if not _can_be_name(bare, sure=sure):
                    break
                end = at + len(bare)
                at += len(word) + 1
                if bare != word:
                    break
            if end > result.start:
                result.end = end
                yield result


def _can_be_name(word: str, *, sure: bool) -> bool:
    """Return whether a word in small letters can be a name; after a title or "my name is" also an ambiguous one."""
    if len(word) < 3 or word in STOP or (word,) in keep_terms():
        return False
    return not ordinary(word) or (sure and word in AMBIGUOUS)
