"""What stands before a postcode: the lines above it, or the parts before it on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser

_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])")
_PARTS = re.compile(
    r"(?:(?<=\s)|^|(?<=[\"'(|:]))(?:(?:The |the |Flat |Unit )?(?:\d{1,4}[A-Za-z]?,? )?[A-Z][\w'\u2019-]*(?: (?:[A-Z][\w'\u2019-]*|of|the|on|upon|in|le|y|yr|\d{1,3}[A-Za-z]?)){0,4}"
    r"|\d{1,4}[A-Za-z]?)(?:,\s{1,4}(?:(?:The |the |nr\.? |off )?(?:\d{1,4}[A-Za-z]?,? )?[A-Z][\w'\u2019-]*(?: (?:[A-Z][\w'\u2019-]*|of|the|on|upon|in|le|y|yr)){0,4}"
    r"|\d{1,4}[A-Za-z]?)){0,4}[,.]?\s{0,4}$"
)
_LINE = re.compile(r"[>\s|]*(?:c/o )?[\"'\u201c\u2018]?(?:the )?[A-Z\d][^:.?!@\t]{1,44}$")
_LABEL = re.compile(r"(?:^|\n|\||\s{3}|\d[ .] ?)(?:[\w ]{0,20})\b(?:address|adress|location|lives at|home)\b(?: \([\w ]+\))?[ \t]*[.:|\t ]{1,40}(?P<v>[\"'A-Z\d][^\n|]{4,80}?)(?=\s{3}|\n|\||$|[,.;]? *(?:post ?code|p/code|tel|mob)\b|; (?!above|below|near))", re.I)
MOST_LINES = 4


class AddressBlock(UkRecogniser):
    """Capitalised parts in front of a postcode, short lines above one, what is filled in after "Address"."""

    NAME = "address_block"
    ENTITY = "ADDRESS"
    EXAMPLE = "The Old Forge, Duck Lane, Snoring ZZ4 2QX"

    def analyze(self, text: str, entities: object = None, nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Return the parts and lines that make an address of a postcode."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[RecognizerResult]:
        for match in _POSTCODE.finditer(text):
            begin = text.rfind("\n", 0, match.start()) + 1
            before = text[max(begin, match.start() - 120) : match.start()]
            if not before.strip(" \t>|"):
                yield from self._lines_above(text, begin)
                continue
            if (parts := _PARTS.search(before)) and ("," in parts.group() or parts.start() <= 3):
                start = match.start() - len(before) + parts.start()
                yield self.hit(start, start + len(parts.group().rstrip(" ,.\t")), 0.7, "before a postcode")
                if not before[: parts.start()].strip(" \t>|"):
                    yield from self._lines_above(text, begin)
        for match in _LABEL.finditer(text):
            if re.search(r"[A-Z\d]", match.group("v")) and not match.group("v").lower().startswith(("as ", "n/k", "not ", "unknown")):
                yield self.hit(*match.span("v"), 0.6, "labelled address")

    def _lines_above(self, text: str, begin: int) -> Iterator[RecognizerResult]:
        end = begin - 1
        for _ in range(MOST_LINES):
            if end <= 0:
                return
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end]
            body = line.strip(" \t>|,")
            if not body or "|" in body or not _LINE.match(line.rstrip(" \t,.|")):
                return
            left = start + line.index(body[0])
            yield self.hit(left, left + len(body), 0.65, "line above a postcode")
            end = start - 1
