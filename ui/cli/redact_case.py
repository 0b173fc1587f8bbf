"""``rapt redact`` within a case, the way back, and the list of policies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.atomic import write_text
from core.errors import UsageError
from ui.cli.common import acting_user, open_store, out, say, settings

if TYPE_CHECKING:
    from redaction.report import Done

    Way = Callable[[str, Sequence[dict[str, str]]], Done]
    """(text, people known on top) → the redaction"""


def way(case: str, policy_name: str) -> Way:
    """Return how a text is redacted: into a case (consent must stand), or without keeping anything."""
    from redaction.policy import policy

    policy(policy_name)  # a wrong name is said before anything is read
    if not case:
        from redaction import redact_text

        chosen = settings()
        return lambda text, people: redact_text(text, people, chosen, policy_name=policy_name)
    from core.cases import get_case
    from core.consent import require_consent
    from redaction.case_vault import redact_for_case

    chosen = open_store()
    user = acting_user(chosen)
    found = get_case(chosen, user, case).id
    require_consent(chosen, found)
    return lambda text, people: redact_for_case(
        chosen, user, found, text, policy_name=policy_name, people=people
    )


def stored_id(done: Done) -> str:
    """Return the id under which a redaction is kept in its case, or an empty string."""
    return str(getattr(done, "id", ""))  # only one that is stored has an id; its module brings the store along


def restore_file(file: Path, case: str, redaction_id: str, target: str) -> None:
    """Write the text with its names put back; the ledger has the line before anything is written."""
    if not case:
        raise UsageError("Names are put back within a case.", "Add --case ID.")
    from redaction.case_vault import restore_for_case
    from ui.cli.redact import read_text

    text = read_text(file)
    chosen = open_store()
    restored = restore_for_case(chosen, acting_user(chosen), case, text, redaction_id)
    if target == "-":
        sys.stdout.write(restored)
    else:
        write_text(Path(target), restored)
    say("Names are back in the text; the ledger says who asked for it.")


def show_policies() -> None:
    """Print every policy: its name, whether there is a way back, what it is for."""
    from redaction.policy import policies

    for name, one in policies().items():
        out(f"{name:<14} {'way back kept' if one.reversible else 'no way back':<14} {one.title}")


def more(done: Done) -> dict[str, Any]:
    """Return what a JSON record says beyond the contract: policy, report, and the id in the case."""
    from redaction.report import report

    told = report(done).as_record()
    return {"policy": done.policy, "report": told} | ({"redaction": found} if (found := stored_id(done)) else {})
