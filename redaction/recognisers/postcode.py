"""Full postcodes."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_SHAPE = r"(?:GIR ?0AA|[A-Z]{{1,2}}\d[A-Z\d]?{gap}\d[ABD-HJLNP-UW-Z]{{2}})"


class Postcode(UkRecogniser):
    """The shape of a postcode; no list of areas, because a new or fictional one must be hidden too."""

    NAME = "postcode"
    ENTITY = "POSTCODE"
    RULES = (
        Rule(
            "with space",
            r"(?<![A-Za-z0-9])" + _SHAPE.format(gap=r"[ \u00a0]{1,2}") + r"(?![A-Za-z0-9])",
            0.9,
            cased=True,
        ),
        Rule("with space, letters never issued", r"(?<![A-Za-z0-9])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![A-Za-z0-9])", 0.5, cased=True),
        Rule(
            "without space", r"(?<![A-Za-z0-9])" + _SHAPE.format(gap="") + r"(?![A-Za-z0-9])", 0.6, cased=True
        ),
        Rule(
            "second half said again", r"(?<![A-Za-z0-9])" + _SHAPE.format(gap=r"[ \u00a0]{0,2}") + r"[^\w\n]{1,4}(?:no|sorry|wait|i mean|or is it)[^\w\n]{1,3}(?P<v>\d[ABD-HJLNP-UW-Z]{2})(?!\w)", 0.7
        ),
        Rule(
            "any case", r"(?<![A-Za-z0-9])" + _SHAPE.format(gap=r"[ \u00a0]{0,2}") + r"(?![A-Za-z0-9])", 0.5
        ),
    )
    CONTEXT = ("post ?code", "address", "lives? (?:at|in)", "street|road|close|avenue|lane|drive|way|court")
    NEGATIVE = ("room", "form", "page", "version")
    SPOKEN = True
    EXAMPLE = "She lives at ZZ4 2QX."
