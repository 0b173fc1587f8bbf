"""The pilot's finding codes, each with its meaning and remedy."""

from __future__ import annotations

from core.findings import define

FORBIDDEN = define(
    "forbidden_statement", "block", "The note says something this template leaves to the practitioner.",
    "Remove the sentence; record your own decision in your own words.", 5,
)
TOO_SHORT = define(
    "too_little_speech", "warn", "There is too little speech for a note.",
    "Check that the right recording was chosen and that it is not silent.", 10,
)
ROLES_UNKNOWN = define(
    "speaker_roles_unknown", "warn", "Nobody has said yet who the speakers are.",
    "Name the speakers on the transcript page, then draft the note again.", 15,
)
CONTRADICTION = define(
    "contradiction", "warn", "Two things said do not fit together; both are shown.",
    "Listen to both moments. Keep both, attributed, or ask the people concerned; record what you found.", 20,
)
OMISSION = define(
    "possible_omission", "warn", "A risk word, figure or promise was said but is not in the note.",
    "Listen to the moment. Add it to the note, or decide that it does not belong.", 30,
)
LOW_CONFIDENCE = define(
    "low_confidence_word", "warn",
    "The recogniser was unsure of a word that carries the meaning: a name, number, denial or risk.",
    "Play the moment and correct the transcript if the word is wrong.", 35,
)
CORRECTION_SUPERSEDED = define(
    "correction_superseded", "info",
    "A speaker corrected a figure, day or time; the note shows both, the later one counts.",
    "Check that your final text uses the corrected one.", 40,
)
HYPOTHETICAL = define(
    "hypothetical_as_fact", "block", "Something imagined or feared is stated as if it had happened.",
    "Say that it was imagined or feared, or remove the sentence.", 6,
)
