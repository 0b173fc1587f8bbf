"""Vehicle registrations."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class VehicleRegistration(UkRecogniser):
    """The current format by shape; older and small-letter ones need a word like "car"."""

    NAME = "vehicle_registration"
    ENTITY = "VEHICLE_REGISTRATION"
    RULES = (
        Rule(
            "current",
            r"(?<![A-Za-z0-9])[A-HJ-PR-Y]{2}[0-9]{2} ?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])",
            0.65,
            cased=True,
        ),
        Rule("current, any case", r"(?<!\w)[a-hj-pr-y]{2}\d{2} ?[a-hj-pr-z]{3}(?!\w)", 0.1),
        Rule("prefix", r"(?<!\w)[A-HJ-NPR-Y]\d{1,3} ?[A-HJ-PR-Y]{3}(?!\w)", 0.1, cased=True),
        Rule("suffix", r"(?<!\w)[A-HJ-PR-Y]{3} ?\d{1,3} ?[A-HJ-NPR-Y](?!\w)", 0.1, cased=True),
    )
    CONTEXT = (
        "car",
        "vehicle",
        "van",
        "reg",
        "registration",
        "number ?plate",
        "plate",
        "motability",
        "drives",
        "driving",
    )
    WINDOW = (50, 25)
    SPOKEN = True
    EXAMPLE = "a blue car, AB12 CDE"
