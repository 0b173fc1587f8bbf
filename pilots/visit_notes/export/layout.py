"""What an exported note says, whatever the file format: one description that every format prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.clock import now
from core.evidence import Action, Draft, Section, SpeechEvidence, Statement
from core.moments import clock
from core.release import ReleasedPayload
from pilots.visit_notes.note_templates import get_template

NOT_DISCUSSED = "Not discussed."


@dataclass(frozen=True)
class Line:
    """One sentence of the note with the moments it rests on (minutes:seconds)."""

    text: str
    moments: str = ""
    human: bool = False


@dataclass(frozen=True)
class Part:
    """One heading."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    """shown in place of lines: not discussed, or left out by the reviewer"""


@dataclass(frozen=True)
class Layout:
    """The whole note."""

    title: str
    banner: str
    """empty for a released note"""
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    actions: tuple[tuple[str, str, str], ...]
    """(what, owner, due)"""
    footer: tuple[str, ...] = field(default=())


def released_layout(payload: ReleasedPayload) -> Layout:
    """Return the layout of a released note: who approved it, that AI was used, and by which model files."""
    template = get_template(payload.template)
    facts = (
        ("Note", f"{template.title}, template version {payload.template_version or 'not stated'}"),
        ("Approved by", payload.approver_name),
        ("Approved on", payload.approved_at.strftime("%d %B %Y, %H:%M UTC")),
    )
    return Layout(
        title=template.title, banner="", facts=facts, parts=_parts(payload.sections, payload.omitted),
        actions=_actions(payload.actions), footer=_made_with(payload.writer, payload.models, reviewed=True),
    )


def draft_layout(draft: Draft) -> Layout:
    """Return the layout of a draft nobody has reviewed."""
    template = get_template(draft.template)
    facts = (
        ("Note", f"{template.title}, template version {draft.template_version or 'not stated'}"),
        ("Drafted on", now().strftime("%d %B %Y, %H:%M UTC")),
    )
    return Layout(
        title=template.title, banner="UNREVIEWED DRAFT – not a record until a named person has released it",
        facts=facts, parts=_parts(draft.sections, ()), actions=_actions(draft.actions),
        footer=_made_with(draft.writer, draft.models, reviewed=False),
    )


def _parts(sections: Sequence[Section], omitted: Sequence[str]) -> tuple[Part, ...]:
    parts = []
    for section in sections:
        note = ""
        if not section.statements:
            note = "Left out by the reviewer." if section.heading in omitted else NOT_DISCUSSED
        parts.append(Part(section.heading, tuple(_line(s) for s in section.statements), note))
    known = {section.heading for section in sections}
    parts += [Part(heading, (), "Left out by the reviewer.") for heading in omitted if heading not in known]
    return tuple(parts)


def _line(statement: Statement) -> Line:
    spoken = [e for e in statement.evidence if isinstance(e, SpeechEvidence)]
    moments = ", ".join(dict.fromkeys(clock(e.start) for e in spoken))
    return Line(statement.text, moments, statement.origin == "human")


def _actions(actions: Sequence[Action]) -> tuple[tuple[str, str, str], ...]:
    return tuple((a.what, a.owner, a.due) for a in actions)


def _made_with(writer: str, models: Sequence[str], *, reviewed: bool) -> tuple[str, ...]:
    if writer == "extractive":
        how = (
            "AI was used: the recording was turned into text and its words were selected on the council's own machine; "
            "quotes are not reworded."
        )
    else:
        model = writer or "not stated"
        how = f"AI was used: the recording was turned into text, and a chat model ({model}) wrote the first draft."
    lines = [
        how,
        f"Model files: {'; '.join(models) if models else 'not stated'}.",
        "Times in brackets are minutes and seconds of the recording.",
    ]
    if reviewed:
        lines.append("A person checked and decided on every section before release.")
    return tuple(lines)
