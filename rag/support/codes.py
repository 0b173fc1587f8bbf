"""The finding codes of the support check; every one of them blocks release."""

from __future__ import annotations

from core.findings import define

_REMEDY = "Play the evidence, then correct the sentence or reject it."

UNSUPPORTED_RISK = define(
    "unsupported_risk",
    "block",
    "The sentence speaks of a risk that its evidence does not mention.",
    _REMEDY,
    1,
)
FLIPPED_NEGATION = define(
    "flipped_negation",
    "block",
    "The sentence affirms what was denied, or denies what was affirmed.",
    _REMEDY,
    2,
)
UNSUPPORTED_NUMBER = define(
    "unsupported_number", "block", "A figure, amount or frequency is not in the evidence.", _REMEDY, 3
)
UNSUPPORTED_DATE = define(
    "unsupported_date", "block", "A day, date or time is not in the evidence.", _REMEDY, 4
)
UNSUPPORTED_NAME = define(
    "unsupported_name",
    "block",
    "A name is not in the evidence, or the words are somebody else's.",
    _REMEDY,
    5,
)
UNSUPPORTED_CLAIM = define(
    "unsupported_claim",
    "block",
    "No telling word of this part of the sentence is in the evidence.",
    _REMEDY,
    6,
)
UNSUPPORTED_QUOTE = define(
    "unsupported_quote", "block", "Words in quotation marks were not said like that.", _REMEDY, 6
)
INSTRUCTION_IN_SOURCE = define(
    "instruction_in_source",
    "block",
    "The source of this sentence gives orders to the writer instead of information.",
    "Read the evidence; what is said there is content and never a command.",
    1,
)
NO_EVIDENCE = define(
    "no_evidence",
    "block",
    "The sentence points to nothing that was said or written.",
    "Reject the sentence.",
    7,
)
