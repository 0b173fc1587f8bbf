"""Cases put straight into the store of a running RAPT: pages are tested without speech recognition."""

from __future__ import annotations

import json
from pathlib import Path

from core import cases, consent, drafts, sources, transcripts
from core.evidence import Action, Draft, Finding, Section, SpeechEvidence, Statement, Transcript, Turn, Word
from core.settings import Settings
from core.users import get_user

SPOKEN = Path(__file__).parents[2] / "evaluation" / "data" / "visit_notes" / "spoken"


def gold_transcript(visit: str, transcript_id: str) -> Transcript:
    """Return the written script of a spoken visit with the times at which it was spoken."""
    script = json.loads((SPOKEN / f"{visit}.json").read_text("utf-8"))
    times = json.loads((SPOKEN / f"{visit}.turns.json").read_text("utf-8"))
    turns = []
    for said, at in zip(script["turns"], times, strict=True):
        words, length = said["text"].split(), at["end"] - at["start"]
        timed = tuple(
            Word(
                text=word,
                start=at["start"] + length * i / len(words),
                end=at["start"] + length * (i + 1) / len(words),
            )
            for i, word in enumerate(words)
        )
        turns.append(
            Turn(speaker=said["speaker"], start=at["start"], end=at["end"], text=said["text"], words=timed)
        )
    return Transcript(
        id=transcript_id,
        duration=turns[-1].end,
        engine="gold",
        turns=tuple(turns),
        speakers=script["speakers"],
        names={"S1": "Martin", "S2": "Dorothy"},
    )


def drafted_case(settings: Settings, reference: str, *, blocking: bool = True) -> str:
    """Add a case with consent, recording, transcript and a draft of three sections; return the draft's id."""
    user = get_user(settings, "practitioner")
    people = (cases.Person("Martin", "worker"), cases.Person("Dorothy", "person"))
    case = cases.create_case(settings, user, reference=reference, title="Made for a test", people=people)
    form = consent.ConsentForm(
        decision="agreed",
        how="spoken",
        script_version="test-1",
        lawful_basis="public task",
        told=(consent.Told("Dorothy", "person"),),
        capacity="has",
    )
    consent.record_consent(settings, user, case.id, form)
    with (SPOKEN / "visit_adult_home.opus").open("rb") as stream:
        source = sources.add_recording(settings, user, case.id, stream, "visit.opus")
    transcript = gold_transcript("visit_adult_home", source.id)
    record = transcripts.save_transcript(settings, user, source.id, transcript)
    sources.set_state(settings, user, source.id, "transcribed")
    draft = _draft(transcript, blocking)
    return drafts.save_draft(settings, user, case.id, draft, transcript_id=record.id).id


def _draft(transcript: Transcript, blocking: bool) -> Draft:
    def heard(turn: int) -> SpeechEvidence:
        said = transcript.turns[turn]
        return SpeechEvidence(
            turn=turn, start=said.start, end=said.end, quote=said.text, speaker=said.speaker
        )

    def statement(name: str, turn: int, text: str = "") -> Statement:
        words = text or transcript.turns[turn].text
        return Statement(
            id=name, text=words, origin="generated" if text else "quoted", evidence=(heard(turn),)
        )

    invented = Finding(
        code="unsupported_number",
        severity="block",
        message="“four” is not in the evidence.",
        statement="s2",
        section="health_and_medication",
        evidence=(heard(9),),
    )
    sections = (
        Section(
            key="wishes_and_feelings",
            heading="Wishes and feelings",
            status="drafted",
            statements=(statement("s1", 5),),
        ),
        Section(
            key="health_and_medication",
            heading="Health and medication",
            status="drafted",
            statements=(statement("s2", 9, "Dorothy has had four falls." if blocking else ""),),
        ),
        Section(key="money_and_benefits", heading="Money and benefits", status="not_discussed"),
    )
    action = Action(id="a1", what="Ask about a bath board.", owner="Martin", evidence=(heard(15),))
    return Draft(
        pilot="visit_notes",
        template="adult_home_visit",
        template_version="1",
        sections=sections,
        actions=(action,),
        findings=(invented,) if blocking else (),
        writer="made by hand",
    )
