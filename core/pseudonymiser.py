"""What the door needs from redaction, without the kernel importing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.errors import PolicyRefused
from core.registry import Registry

People = Sequence[Mapping[str, str]]
"""known people of the case: {"name", "role"}"""


@dataclass(frozen=True)
class Pseudonymised:
    """A text without names, and the way back."""

    text: str
    restore: Callable[[str], str]
    """puts the names back into a text that uses the same pseudonyms"""
    leaks: tuple[str, ...] = ()
    """types of identifiers that a second look still found; never their values"""


class Pseudonymiser(Protocol):
    """Redaction registers one."""

    def pseudonymise(self, text: str, people: People) -> Pseudonymised:
        """Return the text with every identifier replaced, the same one always by the same pseudonym."""
        ...


PSEUDONYMISERS: Registry[Pseudonymiser] = Registry("pseudonymiser")

_BREAK = "\n\u241e\n"
"""between parts; a record-separator picture that no note contains (taken out of the input first)"""

_ALSO_WORDS = frozenset(
    "Will May Mark Grace Hope Joy Rose Faith Art Bill Dawn Jack June April Summer Frank Drew Grant Miles "
    "Rob Sue Pat Ray Case Young Old White Brown Black Green Gray Grey King Long Short Wood Hill Day Little "
    "Small Best".split()
)
"""names that are also words: redaction decides on them, the door's own look would refuse too much"""


_TITLES = frozenset(
    "Mrs Miss Doctor Nurse Nan Mum Dad Auntie Uncle Sister Brother Professor Reverend".split()
)


def register_pseudonymiser(item: Pseudonymiser) -> None:
    """Make ``item`` the one the door uses; a second, different one raises ValueError."""
    PSEUDONYMISERS.add("default", item)


def registered() -> Pseudonymiser | None:
    """Return the registered pseudonymiser, or None."""
    return PSEUDONYMISERS.get("default") if "default" in PSEUDONYMISERS else None


def pseudonymise_parts(
    item: Pseudonymiser, parts: Sequence[str], people: People
) -> tuple[list[str], Callable[[str], str]]:
    """Return the parts pseudonymised as one text, so that a person has one pseudonym in all of them.

    Raises PolicyRefused (``leak``) when an identifier is left, or when the parts do not come back whole.
    """
    whole = _BREAK.join(part.replace("\u241e", " ") for part in parts)
    done = item.pseudonymise(whole, people)
    clean = done.text.split(_BREAK)
    leaks = set(done.leaks) | ({"PERSON"} if known_name_in(done.text, people) else set())
    if leaks or len(clean) != len(parts):
        kinds = ", ".join(sorted(leaks)) or "the text came back changed"
        raise PolicyRefused(
            f"The text may still tell who it is about ({kinds}), so it was not sent.",
            "Work with a model on this machine, or take the identifying words out first.",
            code="leak",
        )
    return clean, done.restore


def known_name_in(text: str, people: People) -> bool:
    """Return whether a name known from the case is in the text: the door's own look after redaction's."""
    folded = " ".join(text.split()).casefold()
    for person in people:
        name = " ".join(person.get("name", "").split())
        parts = name.split()
        if len(parts) > 1 and re.search(rf"\b{re.escape(name.casefold())}\b", folded):
            return True
        for part in parts:
            word = part.strip(".,'’-")
            if len(word) < 3 or word in _ALSO_WORDS or not word[0].isupper() or word in _TITLES:
                continue
            if re.search(rf"\b{re.escape(word)}\b", text):
                return True
    return False
