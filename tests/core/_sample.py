"""A fictional case, transcript and draft for the tests of the kernel (synthetic-ours)."""

from __future__ import annotations

import io

from core.access import User
from core.cases import Case, Person, create_case
from core.consent import ConsentForm, Told, record_consent
from core.drafts import DraftRecord, save_draft
from core.evidence import Action, Draft, Finding, Section, SpeechEvidence, Statement, Transcript, Turn, Word
from core.settings import Settings
from core.sources import Source, add_recording
from core.transcripts import TranscriptRecord, save_transcript

PLANTED = "Zebedee Quillfeather"
AUDIO = b"RIFF fictional sound of " + PLANTED.encode() + b" " * 5000

FORM = ConsentForm(
    decision="agreed",
    how=f"spoken to {PLANTED} at the start",
    script_version="2026-01",
    lawful_basis="public_task",
    told=(Told(PLANTED, "person"), Told("Mara Quillfeather", "carer")),
    capacity="has",
)


def a_case(store: Settings, user: User, reference: str = "AN-0001", *, consent: bool = True) -> Case:
    case = create_case(store, user, reference=reference, title=PLANTED, people=[Person(PLANTED, "person")])
    if consent:
        record_consent(store, user, case.id, FORM)
    return case


def a_recording(store: Settings, user: User, case: Case, content: bytes = AUDIO) -> Source:
    return add_recording(store, user, case.id, io.BytesIO(content), f"visit {PLANTED} 🙂.wav", "audio/wav")


def a_transcript(text: str = f"My name is {PLANTED} and I fell twice") -> Transcript:
    words = tuple(
        Word(text=word, start=float(at), end=at + 0.5, probability=0.9)
        for at, word in enumerate(text.split())
    )
    turn = Turn(speaker="S1", start=0.0, end=float(len(words)), text=text, words=words)
    return Transcript(id="t", duration=turn.end, turns=(turn,))


def a_saved_transcript(store: Settings, user: User, source: Source) -> TranscriptRecord:
    return save_transcript(store, user, source.id, a_transcript())


EVIDENCE = SpeechEvidence(turn=0, start=0.0, end=4.0, quote=f"My name is {PLANTED}", speaker="S1")

DRAFT = Draft(
    pilot="toy_pilot",
    template="adult_home_visit",
    template_version="1",
    sections=(
        Section(
            key="daily_life",
            heading="Daily life",
            status="drafted",
            statements=(
                Statement(
                    id="s1", text=f"{PLANTED} said he fell twice.", origin="reported", evidence=(EVIDENCE,)
                ),
                Statement(id="s2", text="He fell 4 times.", origin="generated", evidence=(EVIDENCE,)),
            ),
        ),
        Section(key="risk", heading="Risks", status="not_discussed"),
    ),
    actions=(Action(what="Order a rail", owner="worker"),),
    writer="test",
    models=("made-up 00",),
)
BLOCKING = Finding(
    code="unsupported_number",
    severity="block",
    message=f"4 was not said by {PLANTED}",
    statement="s2",
    section="daily_life",
)
BLOCKED = DRAFT.model_copy(update={"findings": (BLOCKING,)})


def a_draft(
    store: Settings, user: User, case: Case, draft: Draft = DRAFT, transcript_id: str = ""
) -> DraftRecord:
    return save_draft(store, user, case.id, draft, transcript_id=transcript_id)
