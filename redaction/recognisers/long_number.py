"""The last net: long numbers read aloud that no other recogniser names."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class LongNumber(UkRecogniser):
    """Six digits and letters are read aloud one by one only when they identify something."""

    NAME = "long_number"
    ENTITY = "NUMBER"
    RULES = (Rule("six or more characters", r"(?<!\w)[A-Z0-9](?:[ /-]?[A-Z0-9]){5,}(?!\w)", 0.05, cased=True),)
    SPOKEN = True
    EXAMPLE = "the code is 77429031"

    def check(self, value: str) -> bool | None:
        """Words in capitals are no number."""
        return None if any(c.isdigit() for c in value) else False

    def spoken_score(self) -> float:
        """Return the score when the digits were read aloud."""
        return 0.5
