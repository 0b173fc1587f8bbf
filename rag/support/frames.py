"""The part of a note's sentence that says who said it, which is no claim of its own."""

from __future__ import annotations

import re

_ASKED = re.compile(
    (
        r"^\W*(?:when |on being )?(?:asked|questioned)\b|\b(?:asked|"
        r"asks|wondered|checked|enquired) (?:whether|if|about|what|when|"
        r"how|who|where)\b"
    ),
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"^.{0,80}?\b(?:said|says|told|tells|reported|reports|stated|"
    r"states|added|explained|described|confirmed|mentioned|noted|"
    r"replied|answered|spoke|"
    r"recalled|advised|disclosed|volunteered|indicated|acknowledged)\b(?: (?:of|"
    r"about|regarding|on)\b.*$)?(?: that\b)?"
)


def frame_end(words: str) -> int:
    """Return where the claim begins after "Mrs Ames said that"; 0 when the words open with the claim."""
    match = _FRAME.match(words)
    return match.end() if match else 0


def is_question_asked(words: str) -> bool:
    """Say whether the words report a question ("Asked about falls", "asked whether she sleeps")."""
    return bool(_ASKED.search(words))


_FIRST_VERSION = re.compile(
    r"\b(?:first|initially|originally|at first|wrongly|corrected from|not)\b[^.;)]{0,30}$", re.IGNORECASE
)


def is_first_version(statement: str, at: int) -> bool:
    """Say whether what stands at ``at`` is reported as a first version ("first said Friday")."""
    return bool(_FIRST_VERSION.search(statement[:at]))
