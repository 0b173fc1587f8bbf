"""Names spelled letter by letter: "G, H, A, double L", "F for Freddie"."""

from __future__ import annotations

import re

_LETTER = r"(?:[a-z](?![\w'\u2019])(?: (?:for|as in) [a-z]+)?|(?:double|treble) [a-z](?!\w))"
_JOIN = r"(?:[ ,.\u2013-]{1,3}(?:(?:and |then |um |er |capital )?(?:hyphen |dash |apostrophe )?))"
SPELLED = re.compile(rf"(?<![\w'\u2019])(?:{_LETTER})(?:{_JOIN}{_LETTER}){{1,24}}", re.I)
_UNIT = re.compile(r"(?:(double|treble) )?\b([a-z])\b(?: (?:for|as in) [a-z]+)?", re.I)


def spelled_word(surface: str) -> str:
    """Return the word that a spelled stretch makes, in small letters; an empty string when it spells nothing."""
    if not SPELLED.fullmatch(surface.strip()):
        return ""
    times = {"": 1, "double": 2, "treble": 3}
    return "".join(m[2].lower() * times[(m[1] or "").lower()] for m in _UNIT.finditer(surface))
