"""The tagger's classes, and how gold types map to them."""

from __future__ import annotations

CLASSES = (
    "",
    "PERSON",
    "ADDRESS",
    "POSTCODE",
    "PHONE",
    "EMAIL",
    "DOB",
    "CASE_REFERENCE",
    "DATE",
    "AGE",
    "TOWN",
    "PLACE_OF_CARE",
    "ORGANISATION",
    "OCCUPATION",
    "RARE_CONDITION",
    "NATIONALITY",
    "VEHICLE_DESCRIPTION",
    "URL",
    "QUANTITY",
    "MISC",
    "DEM",
)
"""class 0 is ordinary text; QUANTITY, MISC and DEM occur in court judgments only (Pilán et al. 2022)"""
NUMBER_OF = {name: number for number, name in enumerate(CLASSES)}
_SAME = {
    "USERNAME": "URL",
    "IP_ADDRESS": "URL",
    **dict.fromkeys(
        "NHS_NUMBER CHI_NUMBER NINO UTR UPN ULN UPRN PASSPORT DRIVING_LICENCE VEHICLE SORT_CODE BANK_ACCOUNT CARD "
        "KEY_CODE".split(),
        "CASE_REFERENCE",
    ),
}


def class_of(kind: str) -> int:
    """Return the class of a gold type; raises KeyError for an unknown one."""
    return NUMBER_OF[_SAME.get(kind, kind)]
