"""Finding codes of redaction, and the error that stops an output that leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.errors import PolicyRefused
from core.evidence import Finding
from core.findings import define

LEAK = define(
    "redaction_leak",
    "block",
    "Something that identifies a person is still in the redacted text.",
    "Nothing was written. Add the person to the case's people, or take the text out by hand, and try again.",
    rank=1,
)
POSSIBLE = define(
    "possible_identifier",
    "warn",
    "A number could be an identifier, but nothing around it says so; it was left in the text.",
    "Look at that place; take it out by hand if it identifies somebody.",
    rank=20,
)
WHOLE_TURN_MUTED = define(
    "audio_whole_turn_muted",
    "warn",
    "A whole turn of the recording was silenced, because a masked word in it has no times of its own.",
    "Transcribe the recording again if what else is said in that turn matters.",
    rank=30,
)
NOT_WRITTEN_DOWN = define(
    "audio_not_written_down",
    "warn",
    "The recording holds sound that the transcript has no words for; nothing checked what is said there.",
    "Listen to these places in the silenced copy before it is shared.",
    rank=12,
)
LEFT_OVER = define(
    "quasi_identifiers_left",
    "warn",
    "Three or more kinds of facts that narrow down who somebody is (age, place, date, …) stay in the text together.",
    "Ask whether somebody who knows the family or the place would recognise them; if so, choose a stricter policy "
    "or take more out by hand.",
    rank=15,
)


class LeakFound(PolicyRefused):
    """The leak test found something: no text is handed out. ``findings`` name type and place only."""

    code = "redaction_leak"

    def __init__(self, findings: Sequence[Finding], types: Sequence[str]) -> None:
        counts = ", ".join(f"{kind} ({n})" for kind, n in sorted(Counter(types).items()))
        super().__init__(
            f"The redacted text still holds {counts}. Nothing was written.",
            " ".join(f.message for f in findings[:5])
            + " Add the people concerned to the case, or take these out by hand, and try again.",
        )
        self.findings = tuple(findings)
        self.types = tuple(types)
