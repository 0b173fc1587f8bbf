"""Redaction within a case: the same person and value keep the same token in all of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from core.access import User
from core.cases import get_case
from core.errors import ServiceUnavailable
from core.evidence import Finding
from core.redactions import CaseVault, NewRedaction, StaleVault, read_vault, restore_names, save_redaction
from core.settings import Settings
from redaction.memory import Memory, of_values
from redaction.model import Entity, Placed, Vault
from redaction.people import People
from redaction.policy import DEFAULT, Policy, policy
from redaction.redactor import Draft, finished
from redaction.report import Report, report
from redaction.restoring import bare, restore, tokens_in

T = TypeVar("T")
_ATTEMPTS = 5


@dataclass(frozen=True)
class StoredRedaction:
    """A redacted text of a case, its way back sealed in the store; it holds none of the values itself."""

    id: str
    case_id: str
    text: str
    entities: tuple[Entity, ...]
    findings: tuple[Finding, ...]
    policy: str
    reversible: bool
    left: Mapping[str, int]
    """type → how often the policy kept it"""

    @property
    def report(self) -> Report:
        """What was replaced, and what stays."""
        return report(self)


class CaseRedactor:
    """One attempt at one document of a case: ``draft`` finds and replaces, ``store`` keeps the way back."""

    def __init__(self, settings: Settings, user: User, case_id: str, chosen: Policy) -> None:
        case = get_case(settings, user, case_id)
        self._settings, self._user, self._policy = settings, user, chosen
        self.case_id = case.id
        self.people: People = [{"name": one.name, "role": one.role} for one in case.people]
        self._known = (("CASE_REFERENCE", case.reference),)
        self._before: CaseVault = read_vault(settings, user, case.id)
        self._made: tuple[Draft, Memory] | None = None

    def draft(self, text: str, people: People = ()) -> Draft:
        """Return the redacted text before its leak test is judged; ``people`` come on top of the case's own."""
        from redaction.service import MAX_CHARS, checked_people, redactor, too_long

        if len(text) > MAX_CHARS:
            raise too_long()
        names = {person["name"] for person in self.people}
        everybody = [*self.people, *(p for p in checked_people(people) if p.get("name", "") not in names)]
        memory = Memory(
            text,
            everybody,
            self._before.value,
            self._before.numbers,
            reversible=self._policy.reversible,
            known=self._known,
        )
        made = redactor(self._settings).draft(text, everybody, self._policy, memory)
        self._made = (made, memory)
        return made

    def store(self) -> StoredRedaction:
        """Keep what ``draft`` made; raises StaleVault when another document was quicker."""
        if self._made is None:
            raise ValueError("nothing was drafted")
        made, memory = self._made
        if made.reversible:
            vault, numbers = memory.after(made.vault)
            placed = [[one.start, one.token, one.surface] for one in made.vault.placed]
            content: dict[str, Any] = {"sha256": made.vault.text_sha256, "placed": placed}
        else:
            vault, numbers, content = dict(self._before.value), memory.numbers(), {}
        record = save_redaction(
            self._settings,
            self._user,
            self.case_id,
            NewRedaction(
                text=made.text,
                policy=made.policy,
                reversible=made.reversible,
                content=content,
                counts=Counter(entity.type for entity in made.entities),
                vault=vault,
                numbers=numbers,
            ),
            based_on=self._before.version,
        )
        return StoredRedaction(
            record.id,
            record.case_id,
            made.text,
            made.entities,
            made.findings,
            made.policy,
            made.reversible,
            made.left,
        )


def redact_for_case(
    settings: Settings,
    user: User,
    case_id: str,
    text: str,
    *,
    policy_name: str = DEFAULT,
    people: People = (),
) -> StoredRedaction:
    """Return the text redacted with the case's own tokens, once the way back is sealed in the store.

    ``case_id`` is the case's id or reference; ``people`` are known on top of the case's own.

    Raises:
        ConsentMissing: no consent stands for the case; nothing is redacted.
        LeakFound: the leak test still found somebody; nothing is stored.
        AccessDenied, BadInput, MissingModel, UsageError: as their messages say.
    """

    def once(one: CaseRedactor) -> None:
        finished(one.draft(text, people))

    return in_case(settings, user, case_id, once, policy_name=policy_name)[1]


def in_case(
    settings: Settings,
    user: User,
    case_id: str,
    work: Callable[[CaseRedactor], T],
    *,
    policy_name: str = DEFAULT,
) -> tuple[T, StoredRedaction]:
    """Do ``work`` (which calls ``draft`` once) and store it; done again when another document was quicker."""
    chosen = policy(policy_name)
    for _ in range(_ATTEMPTS):
        attempt = CaseRedactor(settings, user, case_id, chosen)
        result = work(attempt)
        try:
            return result, attempt.store()
        except StaleVault:
            continue
    raise ServiceUnavailable(
        "Other documents of this case are being redacted at the same time.", "Try again in a moment.", code="case_busy"
    )


def restore_for_case(settings: Settings, user: User, case_id: str, text: str, redaction_id: str = "") -> str:
    """Return the text with names and values in place of the case's tokens, and leave a line in the ledger.

    A text exactly as it was handed out becomes the original again, to the last character; in any other
    text each token becomes the fullest form of its value. ``redaction_id`` says which redaction is meant
    when two originals gave the same text (default: the newest).

    Raises AccessDenied without the permission ``restore_names``, ConsentMissing, PolicyRefused when the
    copy has no way back, BadInput for a redaction that is not there.
    """

    def put_back(vault: Mapping[str, Any], content: Mapping[str, Any]) -> tuple[str, int]:
        placed = tuple(Placed(start, token, surface) for start, token, surface in content.get("placed", ()))
        values = vault.get("values", {}) | of_values((one.token, one.surface) for one in placed)
        restored = restore(text, Vault(values, placed, content.get("sha256", "")))
        return restored, sum(1 for _, _, name in tokens_in(text) if bare(name) in values)

    case = get_case(settings, user, case_id)
    return restore_names(settings, user, case.id, text, put_back, redaction_id)
