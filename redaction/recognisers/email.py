"""E-mail addresses, written or read aloud."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_SPOKEN_PART = r"[a-z0-9_-]+(?: (?:dot|underscore|dash|hyphen) [a-z0-9_-]+)*"


class Email(UkRecogniser):
    """By shape alone: no list of top-level domains, which would have to be fetched."""

    NAME = "email"
    ENTITY = "EMAIL"
    RULES = (
        Rule("written", r"(?<![\w.+-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", 1.0),
        Rule(
            "bracketed or spaced at",
            r"(?<![\w.])[\w.+-]+ ?(?:\(at\)|\[at\]| @ ?|@ ) ?[\w-]+(?:(?:\.| ?\(dot\) ?| "
            r"?\[dot\] ?)[a-z]{2,})+",
            0.8,
        ),
        Rule("read aloud", rf"(?<!\w){_SPOKEN_PART} at [a-z0-9-]+(?: dot [a-z0-9-]+)+", 0.8),
    )
    EXAMPLE = "d.hale@example.org"
