"""Names of the case that the cited turns do not hold: known, unless they take somebody else's place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.support.binding import Item
from rag.support.model import Spoken
from rag.support.text import fold

_SHORTEST = 3
_SAYS = re.compile(
    r"^(?:\s+[A-Z][\w'’-]+)?\s+(?:also\s+)?(?:said|says|told|reported|reports|stated|states|added|explained|"
    r"confirmed|replied|answered|denied|denies|described)\b"
)


def case_names(people: Sequence[str]) -> set[str]:
    """Return the words of the names, and their short forms by the first letters ("Gwen" of Gwendolyn)."""
    found: set[str] = set()
    for person in people:
        for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", fold(person)):
            plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
            found |= {plain[:n] for n in range(_SHORTEST, len(plain) + 1)} | {plain}
            found |= set(re.split(r"['’-]", plain))
    return found


def takes_a_place(
    item: Item,
    stated: Sequence[Item],
    said: Sequence[Item],
    statement: str,
    evidence: Sequence[Spoken],
    case: set[str],
) -> bool:
    """Say whether a name nobody said stands where the evidence names somebody else of the case.

    ``stated`` and ``said`` are the placed names of the statement and of the evidence.
    """
    speakers = {p for t in evidence for p in re.findall(r"[^\W\d_]{3,}", fold(t.speaker))}
    if any(s.startswith(str(item.key)) for s in speakers):
        return False
    if _SAYS.match(statement[item.end :]) and speakers & case and all(t.speaker for t in evidence):
        unnamed = any(not set(re.findall(r"[^\W\d_]{3,}", fold(t.speaker))) & case for t in evidence)
        if not unnamed:
            return True  # reported as said by somebody who did not speak
    ours = {i.key for i in stated}
    return any(
        len(other.about & item.about) >= 2
        for other in said
        if other.key not in ours and other.key in case and other.key not in speakers
    )
