"""Where a review stands, worked out from the draft and what people decided: no storage here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from core.diff import Change
from core.drafts import ACTIONS
from core.errors import BadInput
from core.evidence import Action, Draft, Finding, Section, SectionStatus, Statement, Transcript
from core.registry import Registry

DecisionKind = Literal["approve", "amend", "reject", "escalate"]
How = Literal["removed", "amended", "confirmed_against_recording"]
"""How a finding was dealt with: its statement is gone · its statement was rewritten · somebody
listened to the recording and the statement is right."""


@dataclass(frozen=True)
class Line:
    """One statement or action as a person leaves it; an empty ``id`` means the person added it."""

    text: str
    id: str = ""
    owner: str = "not stated"
    """for actions only"""
    due: str = "not stated"
    """for actions only"""


@dataclass(frozen=True)
class Decision:
    """One person's decision on one section."""

    id: str
    section: str
    decision: DecisionKind
    author: str
    at: datetime
    reason: str
    seconds: float
    """how long the section was open"""
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    """the whole section after an amendment, else empty"""
    diff: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """One person's resolution of one finding; it covers the text as it was then."""

    finding: int
    how: How
    author: str
    at: datetime
    reason: str
    text: str


@dataclass(frozen=True)
class SectionState:
    """A section and what was decided on it."""

    key: str
    heading: str
    status: SectionStatus
    decision: Decision | None
    history: tuple[Decision, ...]


@dataclass(frozen=True)
class FindingState:
    """A finding and whether it still stands in the way."""

    index: int
    """place in the draft's findings: its name for ``resolve``"""
    finding: Finding
    state: Literal["open"] | How
    author: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def blocks(self) -> bool:
        """Say whether release must wait for it."""
        return self.finding.severity == "block" and self.state == "open"


@dataclass(frozen=True)
class OpenItem:
    """One thing that must be done before release; it holds codes and headings, never content."""

    code: Literal["section_undecided", "section_escalated", "finding_open"]
    where: str


@dataclass(frozen=True)
class ReviewState:
    """The whole review of one draft."""

    draft_id: str
    released: bool
    current: Draft
    """the draft with every amendment; rejected sections are still in it"""
    sections: tuple[SectionState, ...]
    findings: tuple[FindingState, ...]
    new_findings: tuple[Finding, ...]
    """what the pilot's check says about text a person wrote; it advises and never blocks"""
    open_items: tuple[OpenItem, ...]

    @property
    def ready(self) -> bool:
        """Say whether nothing in the review stands in the way of release."""
        return not self.open_items


class Recheck(Protocol):
    """A pilot's check, run again on the amended draft; it must judge text whatever its origin."""

    def __call__(self, draft: Draft, transcript: Transcript | None) -> Sequence[Finding]:
        """Return the findings of the draft as it stands."""
        ...


RECHECKS: Registry[Recheck] = Registry("recheck")
"""By pilot. Without one, a rewritten statement's finding stays open until somebody resolves it."""


def lines_of(draft: Draft, section: str) -> tuple[Line, ...]:
    """Return a section (or the actions) as lines; BadInput when the draft has no such section."""
    if section == ACTIONS:
        return tuple(Line(one.what, one.id, one.owner, one.due) for one in draft.actions)
    return tuple(Line(one.text, one.id) for one in _section(draft, section).statements)


def amended(original: Draft, decisions: Sequence[Decision]) -> Draft:
    """Return the draft with the newest amendment of every section applied."""
    newest = {one.section: one.after for one in decisions if one.decision == "amend"}
    sections = tuple(
        _amended_section(section, newest[section.key]) if section.key in newest else section
        for section in original.sections
    )
    actions = original.actions
    if ACTIONS in newest:
        known = {action.id: action for action in original.actions}
        actions = tuple(_amended_action(known.get(line.id), line) for line in newest[ACTIONS])
    return original.model_copy(update={"sections": sections, "actions": actions})


def work_out(
    draft_id: str,
    released: bool,
    original: Draft,
    decisions: Sequence[Decision],
    resolutions: Mapping[int, Resolution],
    transcript: Transcript | None = None,
) -> ReviewState:
    """Return where the review stands; ``decisions`` are oldest first."""
    current = amended(original, decisions)
    sections = _sections(current, decisions)
    checked: Sequence[Finding] | None = None
    if current != original and original.pilot in RECHECKS:
        checked = RECHECKS.get(original.pilot)(current, transcript)
    findings = tuple(
        _finding(index, finding, original, current, sections, resolutions.get(index), checked)
        for index, finding in enumerate(original.findings)
    )
    known = {(finding.code, finding.statement) for finding in original.findings}
    new = tuple(
        one.model_copy(update={"severity": "warn"}) if one.severity == "block" else one
        for one in checked or ()
        if (one.code, one.statement) not in known
        and text_of(current, one.statement) != text_of(original, one.statement)
    )
    items = tuple(_open_items(sections, findings))
    return ReviewState(draft_id, released, current, tuple(sections.values()), findings, new, items)


def text_of(draft: Draft, statement_id: str) -> str | None:
    """Return the text of a statement or action, None when it is not in the draft."""
    statement = draft.statement(statement_id)
    if statement is not None:
        return statement.text
    for action in draft.actions:
        if action.id == statement_id:
            return f"{action.what}\n{action.owner}\n{action.due}"
    return None


def section_of(draft: Draft, finding: Finding) -> str:
    """Return the key of the section a finding is about, empty when it is about the whole draft."""
    for section in draft.sections:
        if any(one.id == finding.statement for one in section.statements):
            return section.key
    if any(action.id == finding.statement for action in draft.actions):
        return ACTIONS
    return finding.section


def _finding(
    index: int,
    finding: Finding,
    original: Draft,
    current: Draft,
    sections: Mapping[str, SectionState],
    resolution: Resolution | None,
    checked: Sequence[Finding] | None,
) -> FindingState:
    text = text_of(current, finding.statement) if finding.statement else ""
    # A resolution covers the text somebody looked at; when that changes again, the finding reopens.
    if resolution is not None and resolution.text == (text or ""):
        by = resolution
        return FindingState(index, finding, by.how, by.author, by.at, by.reason)
    section = sections.get(section_of(original, finding))
    decision = section.decision if section else None
    if decision is not None and (text is None or decision.decision == "reject"):
        return FindingState(index, finding, "removed", decision.author, decision.at, decision.reason)
    rewritten = finding.statement and text != text_of(original, finding.statement)
    if decision is not None and rewritten and checked is not None:
        if not any((one.code, one.statement) == (finding.code, finding.statement) for one in checked):
            return FindingState(index, finding, "amended", decision.author, decision.at, decision.reason)
    return FindingState(index, finding, "open")


def _sections(current: Draft, decisions: Sequence[Decision]) -> dict[str, SectionState]:
    rows: list[tuple[str, str, SectionStatus]] = [
        (one.key, one.heading, one.status) for one in current.sections
    ]
    rows.append((ACTIONS, "Actions", "drafted" if current.actions else "not_discussed"))
    states = {}
    for key, heading, status in rows:
        history = tuple(one for one in decisions if one.section == key)
        states[key] = SectionState(key, heading, status, history[-1] if history else None, history)
    return states


def _open_items(sections: Mapping[str, SectionState], findings: Sequence[FindingState]) -> list[OpenItem]:
    items = []
    for state in sections.values():
        if state.decision is None:
            items.append(OpenItem("section_undecided", state.heading))
        elif state.decision.decision == "escalate":
            items.append(OpenItem("section_escalated", state.heading))
    return items + [OpenItem("finding_open", one.finding.code) for one in findings if one.blocks]


def _section(draft: Draft, key: str) -> Section:
    for section in draft.sections:
        if section.key == key:
            return section
    raise BadInput("The draft has no such section.", "Load the draft again.", code="no_such_section")


def _amended_section(section: Section, lines: Sequence[Line]) -> Section:
    known = {statement.id: statement for statement in section.statements}
    statements = tuple(_amended_statement(known.get(line.id), line) for line in lines)
    status: SectionStatus = "drafted" if statements else section.status
    return section.model_copy(update={"statements": statements, "status": status})


def _amended_statement(known: Statement | None, line: Line) -> Statement:
    if known is not None and known.text == line.text:
        return known
    return Statement(id=line.id, text=line.text, origin="human", evidence=known.evidence if known else ())


def _amended_action(known: Action | None, line: Line) -> Action:
    if known is not None and (known.what, known.owner, known.due) == (line.text, line.owner, line.due):
        return known
    evidence = known.evidence if known else ()
    return Action(id=line.id, what=line.text, owner=line.owner, due=line.due, evidence=evidence)
