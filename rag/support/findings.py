"""The support check on the statements of a draft: typed findings with the evidence they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.evidence import Evidence, Finding, SpeechEvidence, Statement, Transcript
from core.findings import finding
from rag.support.check import check_statement
from rag.support.codes import NO_EVIDENCE
from rag.support.model import Spoken
from rag.support.orders import check_orders

TurnOf = Callable[[SpeechEvidence], Spoken]


def spoken_from(transcript: Transcript) -> TurnOf:
    """Return a function that gives the whole turn of an evidence span, by the speaker's display name."""

    def turn_of(evidence: SpeechEvidence) -> Spoken:
        if not 0 <= evidence.turn < len(transcript.turns):
            return _quoted(evidence)
        turn = transcript.turns[evidence.turn]
        name = transcript.names.get(turn.speaker, turn.speaker)
        return Spoken(name, transcript.speakers.get(turn.speaker, "unknown"), turn.text)

    return turn_of


def findings_for(
    statement: Statement,
    turn_of: TurnOf | None = None,
    *,
    context: Sequence[Spoken] = (),
    document_name: Callable[[str], str] | None = None,
    section: str = "",
    known_people: Sequence[str] = (),
) -> list[Finding]:
    """Return the blocking findings of one statement, gravest first; a statement without evidence gets one.

    Args:
        statement: the sentence; its evidence is read in the order it was said.
        turn_of: gives the whole turn of a speech span; without it the span's own quote is used.
        context: turns that count as evidence too, such as the question that was answered.
        document_name: gives the display name of a document by its id; its words count as a name.
        section: key of the section the statement stands in.
        known_people: names of the case's people, which may stand where the evidence has a pronoun.
    """
    if not statement.evidence:
        message = "Nothing that was said or written is given for this sentence."
        return [finding(NO_EVIDENCE, message, statement=statement.id, section=section)]
    turns = [*context, *_spoken(statement.evidence, turn_of, document_name)]
    ordered = check_orders(statement.text, turns) if statement.origin == "generated" else []
    return [
        finding(m.code, m.message, statement.evidence, statement=statement.id, section=section)
        for m in [*ordered, *check_statement(statement.text, turns, known_people=known_people)]
    ]


def _spoken(evidence: Sequence[Evidence], turn_of: TurnOf | None, document_name: Callable[[str], str] | None) -> list[Spoken]:
    speech = sorted((e for e in evidence if isinstance(e, SpeechEvidence)), key=lambda e: (e.turn, e.start))
    seen: set[int] = set()
    turns = []
    for span in speech:
        if turn_of is None:
            turns.append(_quoted(span))
        elif span.turn not in seen:
            seen.add(span.turn)
            turns.append(turn_of(span))
    for item in evidence:
        if not isinstance(item, SpeechEvidence):
            turns.append(
                Spoken(
                    document_name(item.document) if document_name else "",
                    "document",
                    f"{item.heading}\n{item.quote}".strip(),
                )
            )
    return turns


def _quoted(span: SpeechEvidence) -> Spoken:
    return Spoken(span.speaker, "unknown", span.quote)
