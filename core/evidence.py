"""The vocabulary of RAPT: what a pilot reads, and what it produces with its evidence.

Everything produced is a :class:`Draft` of :class:`Statement`; each statement carries the exact
spans of the sources it came from. Offsets are Python code points, end exclusive; times are
seconds from the start of the recording. All models are immutable values that reject unknown
keys, so a stored draft cannot silently lose or gain a field.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Origin = Literal["quoted", "reported", "generated", "human"]
"""quoted: the source's own words · reported: the same in reported speech · generated: a model
wrote it · human: a person wrote it."""

Severity = Literal["info", "warn", "block"]

SectionStatus = Literal["drafted", "not_discussed"]

Role = Literal[
    "worker", "person", "person2", "carer", "family", "professional", "child", "interpreter", "unknown"
]
"""What a speaker is in the conversation; ``unknown`` until a person says."""


class Value(BaseModel):
    """An immutable value without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(Value):
    """One recognised word."""

    text: str
    start: float
    end: float
    probability: float = 1.0


class SpeechEvidence(Value):
    """Words somebody said, by turn and by second."""

    kind: Literal["speech"] = "speech"
    turn: int
    """0-based index into the transcript's turns"""
    start: float
    end: float
    quote: str
    """verbatim words of that turn (after white-space collapse)"""
    speaker: str


class TextEvidence(Value):
    """Words of a document, by character."""

    kind: Literal["text"] = "text"
    document: str
    start: int
    end: int
    quote: str
    heading: str = ""
    version: str = ""
    review_by: str = ""


Evidence = Annotated[SpeechEvidence | TextEvidence, Field(discriminator="kind")]


class Finding(Value):
    """One typed observation a person must see; its code is registered in ``core.findings``."""

    code: str
    severity: Severity
    message: str
    """plain English for the practitioner; may quote the source, so it is never logged"""
    evidence: tuple[Evidence, ...] = ()
    statement: str = ""
    """id of the statement it is about, empty when about the whole draft"""
    section: str = ""
    """key of the section it is about"""
    rank: int = 0
    """lower is shown first"""


class Turn(Value):
    """One speaker's stretch of speech."""

    speaker: str
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    overlap: bool = False
    """somebody else spoke at the same time, so who said which word is less certain"""


class Transcript(Value):
    """A recording as words with times and speakers."""

    id: str
    path: str = ""
    """the file's base name as given; never a full path of the machine"""
    duration: float = 0.0
    language: str = "en"
    engine: str = ""
    model_sha256: str = ""
    turns: tuple[Turn, ...] = ()
    speakers: dict[str, Role] = {}
    """speaker label → role"""
    names: dict[str, str] = {}
    """speaker label → display name"""
    findings: tuple[Finding, ...] = ()


class Document(Value):
    """A text with a name; ``text`` is what offsets of :class:`TextEvidence` refer to."""

    id: str
    name: str
    text: str
    sha256: str = ""


class Statement(Value):
    """One sentence of a draft with everything that supports it."""

    id: str
    text: str
    origin: Origin
    evidence: tuple[Evidence, ...] = ()


class Section(Value):
    """One heading of the template."""

    key: str
    heading: str
    status: SectionStatus
    statements: tuple[Statement, ...] = ()


class Action(Value):
    """Something somebody undertook to do; ``owner`` and ``due`` are said or ``not stated``."""

    id: str = ""
    what: str
    owner: str = "not stated"
    due: str = "not stated"
    evidence: tuple[Evidence, ...] = ()


class Draft(Value):
    """What a pilot produces; it stays ``unreviewed_draft`` until a named person releases it."""

    pilot: str
    template: str
    template_version: str = ""
    sections: tuple[Section, ...] = ()
    actions: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()
    writer: str = ""
    """name of the writer that composed it"""
    models: tuple[str, ...] = ()
    """"name sha256" of every model file that took part"""
    status: Literal["unreviewed_draft"] = "unreviewed_draft"

    def statement(self, statement_id: str) -> Statement | None:
        """Return the statement of that id, or None."""
        for section in self.sections:
            for statement in section.statements:
                if statement.id == statement_id:
                    return statement
        return None
