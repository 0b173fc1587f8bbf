"""E-mail addresses, written or read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.spoken_words import DIGIT, TEEN, TIMES

_JOIN = r"(?:dot|underscore|under score|dash|hyphen|point)"
_DOMAIN = (
    rf"[a-z0-9-]+(?: [a-z0-9-]+){{0,2}}?(?: {_JOIN} [a-z0-9-]+){{0,3}} dot (?:com|co|uk|org|net|me|gov|nhs|ac|info|io|eu|example|biz)(?: dot uk)?"
)
_TOKEN = re.compile(r"[\w'-]+")
_JOINS = frozenset("dot underscore dash hyphen point".split())
_PIECES = DIGIT.keys() | TEEN.keys() | TIMES.keys()
_STOP = frozenset("is it's its still on email e-mail mail address to that's me you're i'm the my her his a an and at yes yeah um er".split())
_MOST = 20
"""words that an address read aloud may have before its "at"; more are talk"""


class Email(UkRecogniser):
    """By shape alone: no list of top-level domains, which would have to be fetched."""

    NAME = "email"
    ENTITY = "EMAIL"
    RULES = (
        Rule("written", r"(?<![\w.+-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", 1.0, needs=("@",)),
        Rule(
            "bracketed or spaced at",
            r"(?<![\w.])[\w.+-]+ ?(?:\(at\)|\[at\]| @ ?|@ ) ?[\w-]+(?:(?:\.| ?\(dot\) ?| "
            r"?\[dot\] ?)[a-z]{2,})+",
            0.8,
            needs=("@", "(at)", "[at]"),
        ),
        Rule("read aloud", rf"(?<= )at {_DOMAIN}(?!\w)", 0.8, needs=(" dot ",)),
        Rule("several words read aloud", rf"(?<=all one word, )at {_DOMAIN}(?!\w)", 0.7, needs=(" dot ",)),
    )
    EXAMPLE = "d.hale@example.org"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            why = result.analysis_explanation
            if why and why.pattern_name in ("read aloud", "several words read aloud"):
                start = _local_part(text, result.start, several=why.pattern_name != "read aloud")
                if start == result.start:
                    continue
                result.start = start
            yield result


def _local_part(text: str, at: int, *, several: bool) -> int:
    """Return where the part before "at" begins: words joined by "dot", letters one by one, or up to three plain words."""
    words = [(m.group().lower(), m.start()) for m in _TOKEN.finditer(text, max(0, at - 160), at)][-_MOST:]
    start, right, plain = at, "", 0
    for place, (word, begin) in enumerate(reversed(words)):
        small = len(word) == 1 or word in _PIECES or word.isdigit()
        if several and place < 3:  # "all one word"
            start = begin
            continue
        tied = not right or small or word in _JOINS or right in _JOINS
        if not tied and (plain > 2 or (word in _STOP and not (several and word == "and"))):
            break
        plain += not tied
        start, right = begin, word
    return start
