"""Characters that read as another one: lookalike letters of other alphabets, and characters nobody sees."""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјкорсухԁԛԝһ", "ABESIJKMHOPCTYXaesijkopcyxdqwh", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹοϲνϳ", "ABEZHIKMNOPTYXCocvj", strict=True))
LATIN: dict[str, str] = {**_CYRILLIC, **_GREEK}
"""letter of another alphabet → the Latin letter it is taken for"""

_LAYOUT = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
"""control characters that separate words or lines"""


def invisible(char: str) -> bool:
    """Return whether a character shows nothing and separates nothing: null, zero-width, direction marks, soft hyphen."""
    category = unicodedata.category(char)
    return category == "Cf" or (category == "Cc" and char not in _LAYOUT)
