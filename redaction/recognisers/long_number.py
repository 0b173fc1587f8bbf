"""The last net: long numbers read aloud that no other recogniser names."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class LongNumber(UkRecogniser):
    """Seven digits and more are read aloud digit by digit only when they identify something."""

    NAME = "long_number"
    ENTITY = "NUMBER"
    RULES = (Rule("seven or more digits", r"(?<!\w)\d(?:[ -]?\d){6,}(?!\w)", 0.05),)
    SPOKEN = True
    EXAMPLE = "the code is 77429031"

    def spoken_score(self) -> float:
        """Return the score when the digits were read aloud."""
        return 0.5
