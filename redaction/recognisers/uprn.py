"""Unique property reference numbers."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class Uprn(UkRecogniser):
    """Up to twelve digits called a UPRN; without the word it is any number."""

    NAME = "uprn"
    ENTITY = "UPRN"
    RULES = (Rule("digits", r"(?<![\w.-])(?:\d{6,12}|\d{4} ?\d{4} ?\d{4})(?![\w-]|\.\d)", 0.15),)
    CONTEXT = ("uprn", "property reference(?: number)?")
    WINDOW = (40, 15)
    SPOKEN = True
    EXAMPLE = "UPRN 100023336956"
