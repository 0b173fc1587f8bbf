"""What the model door uses: redaction as a pseudonymiser. Importing the package registers it."""

from __future__ import annotations

from core.pseudonymiser import People, Pseudonymised, register_pseudonymiser


class ModelSafe:
    """Pseudonymises by ``redact_text`` rules and reports leaks by type, so that the door can refuse."""

    def pseudonymise(self, text: str, people: People) -> Pseudonymised:
        """Return the text with tokens for everything that identifies; raises MissingModel."""
        from redaction.restoring import restore
        from redaction.service import checked_people, redactor

        draft = redactor().draft(text, checked_people(people))
        types = tuple(sorted({leak.type for leak in draft.leaks}))
        return Pseudonymised(draft.text, lambda answer: restore(answer, draft.vault), types)


MODEL_SAFE = ModelSafe()
register_pseudonymiser(MODEL_SAFE)
