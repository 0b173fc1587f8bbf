"""The review of a text of a case: the case's own people and tokens, and the way back kept with the case."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import User
from core.errors import PolicyRefused, ServiceUnavailable
from core.redactions import StaleVault
from core.settings import Settings
from redaction.case_vault import CaseRedactor, StoredRedaction
from redaction.leak import as_error
from redaction.memory import Memory
from redaction.people import People
from redaction.policy import policy
from redaction.review import Review, begin
from redaction.service import checked_people, redactor


@dataclass
class CaseReview:
    """A text of a case whose redaction a person reads; it is kept once they are done."""

    attempt: CaseRedactor
    first: Review
    """as the recognisers left it"""

    def store(self, review: Review) -> StoredRedaction:
        """Keep the reviewed copy's way back in the case; raises LeakFound, ServiceUnavailable, AccessDenied."""
        if not review.clean:
            error: PolicyRefused = as_error(review.draft.leaks)
            raise error
        self.attempt._made = (review.draft, review.memory)
        try:
            return self.attempt.store()
        except StaleVault:
            raise ServiceUnavailable(
                "Another document of this case was redacted meanwhile, so its tokens may be taken.",
                "Note your decisions, start again with this text, and make them anew.",
                code="case_busy",
            ) from None


def begin_for_case(
    settings: Settings, user: User, case_id: str, text: str, people: People = (), policy_name: str = "model_safe"
) -> CaseReview:
    """Return the review of a text of the case; ``people`` come on top of the case's own.

    Raises AccessDenied, BadInput, ConsentMissing, MissingModel, UsageError.
    """
    rules = policy(policy_name)
    attempt = CaseRedactor(settings, user, case_id, rules)
    names = {person["name"] for person in attempt.people}
    everybody = [*attempt.people, *(p for p in checked_people(people) if p.get("name", "") not in names)]
    before = attempt._before
    memory = Memory(
        text, everybody, before.value, before.numbers, reversible=rules.reversible, known=attempt._known
    )
    return CaseReview(attempt, begin(redactor(settings), text, everybody, rules, memory))
