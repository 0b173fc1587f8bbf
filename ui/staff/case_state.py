"""Where a case stands: consent, recordings, draft and release in one value, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import User
from core.cases import Case
from core.consent import consent_state
from core.drafts import DraftRecord, latest_draft
from core.release import ReleasedRecord, latest_released
from core.settings import Settings
from core.sources import Source, list_sources

PILOT = "visit_notes"


@dataclass(frozen=True)
class CaseState:
    """Where a case stands."""

    case: Case
    consent: str
    sources: tuple[Source, ...]
    draft: DraftRecord | None
    released: ReleasedRecord | None

    @property
    def transcribed(self) -> tuple[Source, ...]:
        """Recordings that have a transcript."""
        return tuple(source for source in self.sources if source.state == "transcribed")

    @property
    def next_step(self) -> str:
        """What a person does next, in plain words."""
        if self.consent != "agreed":
            return {
                "refused": "nothing: recording was refused, write the note by hand",
                "withdrawn": "nothing: consent was withdrawn and everything was deleted",
            }.get(self.consent, "record consent")
        if self.released is not None and (self.draft is None or self.draft.released):
            return "nothing: the note is released"
        if not self.sources:
            return "add a recording"
        if self.draft is None:
            return "draft the note" if self.transcribed else "transcribe the recording"
        return "read and decide the note"


def case_state(settings: Settings, user: User, case: Case) -> CaseState:
    """Return where a case stands; raises AccessDenied for a case of another team."""
    return CaseState(
        case,
        consent_state(settings, case.id),
        list_sources(settings, user, case.id),
        latest_draft(settings, user, case.id, PILOT),
        latest_released(settings, user, case.id),
    )


def labels(state: CaseState) -> list[tuple[str, str]]:
    """Return (words, kind) of the small labels that sum a case up."""
    from ui.staff.words import CONSENT

    found = [(CONSENT[state.consent], "done" if state.consent == "agreed" else "warn")]
    if state.consent != "agreed" and not state.sources and state.released is None:
        return found
    count = len(state.sources)
    found.append(
        (
            f"{count} recording{'s' if count != 1 else ''}" if count else "No recording",
            "done" if count else "",
        )
    )
    working = [source for source in state.sources if source.state == "working"]
    failed = [source for source in state.sources if source.state == "failed"]
    if working:
        found.append(("Being transcribed", "warn"))
    if failed:
        found.append(("Transcription failed", "block"))
    if state.transcribed:
        found.append(("Transcript ready", "done"))
    if state.draft is not None and not state.draft.released:
        found.append(("Draft to review", "warn"))
    if state.released is not None:
        found.append(("Note released", "done"))
    return found
