"""Why a reviewer may add or remove a mask, as codes with words; and that a reason never repeats a masked value."""

from __future__ import annotations

from core.errors import BadInput
from redaction.finder import PhraseFinder
from redaction.fold import word_key
from redaction.leak import leaks
from redaction.model import Placed, Vault
from redaction.people import People
from redaction.redactor import Draft

OTHER = "other"
ADD_REASONS = {
    "identifies": "It identifies somebody directly",
    "narrows_down": "Together with the rest it narrows down who it is",
    "third_party": "It is about somebody else, who has not agreed",
    "known_locally": "People who know the family or the place would recognise it",
    OTHER: "Another reason (say it below)",
}
REMOVE_REASONS = {
    "not_personal": "It is no personal detail: an ordinary word, a law, a benefit, a drug",
    "public_office": "It names somebody acting in a public office",
    "public_place": "It is a place or service that singles nobody out",
    "needed": "The text cannot be understood without it, and nobody can be told from it",
    OTHER: "Another reason (say it below)",
}
TYPES = (
    "PERSON",
    "ADDRESS",
    "AGE",
    "CASE_REFERENCE",
    "DATE",
    "DOB",
    "EMAIL",
    "NATIONALITY",
    "NHS_NUMBER",
    "NUMBER",
    "OCCUPATION",
    "ORGANISATION",
    "PHONE",
    "PLACE_OF_CARE",
    "POSTCODE",
    "RARE_CONDITION",
    "TOWN",
    "URL",
    "OTHER",
)
"""what a person can say that something is"""
MAX_NOTE = 300
"""characters of a reason in a person's own words"""


def vet_note(note: str, text: str, draft: Draft, people: People) -> None:
    """Raise BadInput when a person's own words repeat something that is masked: they go into the report."""
    if len(note) > MAX_NOTE:
        raise BadInput(f"The reason is longer than {MAX_NOTE} characters.", "Shorten it.", code="reason_too_long")
    if not note.strip():
        return
    finder = PhraseFinder()
    for entity in draft.entities:
        key = word_key(text[entity.start : entity.end])
        if sum(map(len, key)) >= 3:
            finder.add(key, capital=False, label=entity.type)
    known = Vault(draft.vault.values, tuple(Placed(0, p.token, p.surface) for p in draft.vault.placed))
    if next(finder.scan(note), None) is not None or leaks(note, known, people):
        raise BadInput(
            "The reason repeats something that is masked, and reasons are printed in the report.",
            "Say it without the name or the value.",
            code="value_in_reason",
        )
