"""The words of the redaction page: types, treatments and who found what, in plain English."""

from __future__ import annotations

from collections.abc import Mapping

from redaction.model import Entity
from redaction.policy import policy

SAID = "The copy is pseudonymised; a person may still be recognised."

TYPES: dict[str, str] = {
    "PERSON": "person",
    "DOB": "date of birth",
    "NHS_NUMBER": "NHS number",
    "NINO": "National Insurance number",
    "URL": "web address",
    "EMAIL": "e-mail address",
    "CASE_REFERENCE": "case reference",
    "PLACE_OF_CARE": "school, care home or surgery",
    "RARE_CONDITION": "rare condition",
    "UPRN": "UPRN",
    "UPN": "UPN",
    "ULN": "ULN",
    "UTR": "UTR",
    "CHI_NUMBER": "CHI number",
}
FINDERS: dict[str, str] = {
    "people_table": "the list of people",
    "same_value": "the same words elsewhere in the text",
    "own_tagger": "RAPT’s own tagger",
    "rampart": "the Rampart tagger",
    "spacy_names": "the spaCy tagger",
    "reviewer": "a reviewer",
    "token_in_text": "a token that stood in the text",
}
ACTIONS: dict[str, str] = {
    "token": "a stable pseudonym stands in its place",
    "remove": "taken out, no way back",
    "year": "made coarser: the year stays",
    "month": "made coarser: the month stays",
    "district": "made coarser: the postcode district stays",
    "band": "made coarser: an age band stays",
}
HOW: dict[str, str] = {
    "kept": "the policy keeps it",
    "coarser": "made coarser, still told",
    "removed": "its mask was removed",
    "possible": "possible: nothing around it says what it is",
}


def type_words(kind: str) -> str:
    """Return a type as words in the middle of a sentence."""
    return TYPES.get(kind, kind.replace("_", " ").lower())


def heading(kind: str) -> str:
    """Return a type as words with a capital."""
    said = type_words(kind)
    return said[:1].upper() + said[1:]


def found_by(recogniser: str) -> str:
    """Return who found a hit, the deciding one first."""
    names = recogniser.split("+")
    return ", ".join(FINDERS.get(name, f"the rule for {name.replace('_', ' ')}") for name in names)


def chip(entity: Entity) -> tuple[str, str]:
    """Return (type in words unless the token says it, the token without brackets)."""
    token = entity.token.strip("<>[]")
    said = entity.token.startswith(f"<{entity.type}_") or entity.token.endswith(" removed]")
    return ("" if said else heading(entity.type), token)


def policy_words(name: str) -> str:
    """Return a policy's title."""
    return policy(name).title


def counted(counts: Mapping[str, int]) -> str:
    """Return counts by type as "3 × person, 1 × date of birth"."""
    return ", ".join(f"{n} × {type_words(kind)}" for kind, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])))
