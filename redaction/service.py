"""Redaction of a text with the recognisers of this installation, loaded once."""

from __future__ import annotations

from functools import lru_cache

from core.errors import BadInput
from core.settings import Settings, get_settings
from redaction.model import Redaction
from redaction.people import People
from redaction.policy import DEFAULT, policy
from redaction.redactor import Redactor, finished

MAX_CHARS = 20_000_000
"""a text longer than this is refused: it is no note, and the recognisers would take hours"""


@lru_cache(maxsize=2)
def _redactor(models: str, profile: str, off: tuple[str, ...], on: tuple[str, ...]) -> Redactor:
    settings = get_settings()
    return Redactor(settings.model_copy(update={"recognisers_off": off, "recognisers_on": on, **_paths(models, profile)}))


def _paths(models: str, profile: str) -> dict[str, object]:
    from pathlib import Path

    return {"models_dir": Path(models), "profile": Path(profile) if profile else None}


def redactor(settings: Settings | None = None) -> Redactor:
    """Return the redactor of these settings; raises MissingModel when a model file is missing or altered."""
    chosen = settings or get_settings()
    off, on = tuple(chosen.recognisers_off), tuple(chosen.recognisers_on)
    return _redactor(str(chosen.models_path), str(chosen.profile or ""), off, on)


def redact_text(
    text: str, people: People = (), settings: Settings | None = None, *, policy_name: str = DEFAULT
) -> Redaction:
    """Return the text with everything that identifies somebody replaced by tokens such as ``<PERSON_1>``.

    ``policy_name`` names another treatment (redaction/data/policies.toml).

    ``people`` ({"name", "role"}) are hidden whatever the recognisers think, and get the first numbers.
    Offsets of the entities refer to ``text``.

    Raises:
        LeakFound: (a PolicyRefused) the leak test still found somebody; no text is handed out.
        BadInput: the text is too long, or people is not a list of names.
        MissingModel: a recogniser's model file is missing or altered.
    """
    if len(text) > MAX_CHARS:
        raise too_long()
    return finished(redactor(settings).draft(text, checked_people(people), policy(policy_name)))


def too_long() -> BadInput:
    """Return the error for a text that is longer than ``MAX_CHARS``."""
    return BadInput(
        f"The text is longer than {MAX_CHARS:,} characters.", "Split it into documents and redact each.", code="too_long"
    )


def checked_people(people: People) -> People:
    """Return ``people`` when each has a name that is a text; raises BadInput otherwise."""
    if isinstance(people, (str, bytes)) or not hasattr(people, "__iter__"):
        raise _bad_people()
    for person in people:
        if not hasattr(person, "get") or not isinstance(person.get("name", ""), str):
            raise _bad_people()
        if not isinstance(person.get("role", ""), str):
            raise _bad_people()
    return people


def _bad_people() -> BadInput:
    return BadInput(
        "The people are not a list of names.",
        'Give a list such as [{"name": "…", "role": "mother"}].',
        code="bad_people",
    )
