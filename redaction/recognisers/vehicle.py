"""Vehicle registrations."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_L = "[A-HJ-PR-Y]"


class VehicleRegistration(UkRecogniser):
    """The current format by shape; older and small-letter ones need a word like "car", private ones "reg"."""

    NAME = "vehicle_registration"
    ENTITY = "VEHICLE_REGISTRATION"
    RULES = (
        Rule("current", r"(?<![A-Za-z0-9])[A-HJ-PR-Y]{2}[0-9]{2} ?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])", 0.65, cased=True),
        Rule("current, any case", r"(?<!\w)[a-hj-pr-y]{2}\d{2} ?[a-hj-pr-z0]{3}(?!\w)", 0.1),
        Rule("prefix", r"(?<!\w)[A-HJ-NPQR-Y]\d{1,3} ?[A-HJ-PR-Y]{3}(?!\w)", 0.1, cased=True),
        Rule("suffix", r"(?<!\w)[A-HJ-PR-Y]{3} ?\d{1,3} ?[A-HJ-NPR-Y](?!\w)", 0.1, cased=True),
        Rule("northern ireland", r"(?<!\w)[A-Z]{1,2}[IZ][A-Z] ?\d{2,4}(?!\w)", 0.1, cased=True),
        Rule(
            "called a registration",
            r"(?<!\w)(?:reg(?:istration)?(?: ?mark)?|vrm|number ?plate|plate)(?:\(s\))?(?: (?:no|number))?\.?(?: is|:|,)? "
            r"(?P<v>(?=[A-Z0-9 ]*\d)(?=[A-Z0-9 ]*[A-Z])[A-Z0-9]{1,4} ?[A-Z0-9]{1,4})(?!\w)",
            0.6,
            cased=True,
        ),
    )
    CONTEXT = (
        "car", "vehicle", "van", "reg", "registration", "number ?plate", "plate", "motability", "drives", "driving", "vrm", "lorry",
        "motorbike", "moped", "scooter", "land ?rover", "taxi", "caravan", "transit", "minibus", "tractor", "parked", "morris",
        "ford", "vauxhall", "fiat", "honda", "toyota", "bmw", "audi", "volkswagen", "vw", "nissan", "renault", "peugeot", "citroen",
        "skoda", "kia", "hyundai", "mini", "mercedes", "volvo", "mazda", "suzuki", "astra", "corsa", "fiesta", "golf", "focus",
    )  # fmt: skip
    WINDOW = (50, 25)
    SPOKEN = True
    EXAMPLE = "a blue car, AB12 CDE"
