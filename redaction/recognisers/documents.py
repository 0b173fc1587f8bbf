"""Numbers of personal documents: passport, driving licence, tax reference."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class Passport(UkRecogniser):
    """Seven to nine digits, perhaps with letters at either end, called a passport."""

    NAME = "passport"
    ENTITY = "PASSPORT"
    RULES = (
        Rule("passport number", r"(?<!\w)(?:\d{9}|\d{3} \d{3} \d{3}|[A-Z]{1,2} ?\d{6,8}[A-Z]?|\d{7,8}[A-Z]?)(?!\w)", 0.1),
    )
    CONTEXT = ("passport(?: (?:no|number))?", "brp", "biometric residence permit", "travel document")
    SPOKEN = True
    EXAMPLE = "passport number 925665416"


class DrivingLicence(UkRecogniser):
    """Sixteen characters built from surname, birth date and initials."""

    NAME = "driving_licence"
    ENTITY = "DRIVING_LICENCE"
    RULES = (
        Rule(
            "driver number",
            r"(?<!\w)[A-Z9]{5} ?\d[0156]\d[0-3]\d\d ?[A-Z9]{2} ?[A-Z0-9] ?[A-Z0-9]{2}(?: ?\d\d)?(?!\w)",
            0.9,
        ),
    )
    SPOKEN = True
    EXAMPLE = "MORGA657054SM9IJ"


class TaxReference(UkRecogniser):
    """Ten digits called a UTR."""

    NAME = "utr"
    ENTITY = "UTR"
    RULES = (Rule("ten digits", r"(?<![\d.-])\d{5}[ -]?\d{5}K?(?![\d-])", 0.2),)
    CONTEXT = ("utr", "tax(?:payer)?(?:'s)? reference", "unique taxpayer", "self[ -]assessment")
    SPOKEN = True
    EXAMPLE = "UTR 12345 67890"
