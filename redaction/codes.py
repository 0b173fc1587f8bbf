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
