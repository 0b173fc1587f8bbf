"""A tiny suite and a tiny visit, so that the harness itself can be tested in a moment."""

from __future__ import annotations

import json
from pathlib import Path

from core.evidence import Action, Draft, Section, SpeechEvidence, Statement, Transcript
from evaluation.model import Case, SuiteResult, Target
from evaluation.scorer import SCORERS, Score, Spec, Tally, define_scorer, score_samples
from evaluation.suite import SUITES, RunContext, Suite, SuiteEntry, define_suite

RIGHT = Spec("toy_right", "Answers that are right.", Target(at_least=0.9))
NEVER = Spec("toy_never", "Does not arise.", Target(at_least=0.5))

if "toy" not in SCORERS:

    @define_scorer(RIGHT, NEVER, name="toy")
    def toy_scorer(*, strict: bool = True) -> Score:
        return lambda sample: {RIGHT.name: Tally(sample, 10, () if sample == 10 else ({"answer": "wrong"},))}


def toy_entry() -> SuiteEntry:
    """Return the toy suite; registered once."""
    if "toy" not in SUITES:

        @define_suite("toy", title="A toy", subject="tests", quick={"cases": 1})
        def toy(*, cases: int = 3, right: int = 10) -> Suite:
            def run(context: RunContext) -> SuiteResult:
                if right < 10:
                    context.problem("something is off")
                made = SCORERS.get("toy").make(strict=False)
                samples = [(Case(id=f"c{i}", set="only", provenance="synthetic-ours"), right) for i in range(cases)]
                scores, measures = score_samples([made], samples)
                return SuiteResult(
                    measures=tuple(measures),
                    scores=tuple(scores),
                    cases=tuple(c for c, _ in samples),
                    models=("minilm",),
                    scorers={made.name: made.parameters},
                )

            return run

    return SUITES.get("toy")


SCRIPT = [
    ("S1", "Have you had any falls, or hit your head?"),
    ("S2", "No, never hit my head. I fell once, in the bath, on Tuesday. No, Wednesday."),
    ("S1", "What would you do if there was a fire?"),
    ("S2", "If there was a fire at night I would never get down them stairs."),
    ("S1", "I'll ring the surgery tomorrow."),
]
GOLD = {
    "facts": [
        {
            "id": "f1",
            "turns": [1],
            "heading": "risks_and_safeguarding",
            "text": "Fell once in the bath.",
            "kind": "risk",
            "keys": [["fell"], ["bath"]],
        },
        {
            "id": "f2",
            "turns": [4],
            "heading": "decisions",
            "text": "Worker rings the surgery.",
            "kind": "agreement",
            "keys": [["surgery"]],
        },
    ],
    "risks": [
        {"turns": [0, 1], "term": "hit your head", "status": "denied"},
        {"turns": [1], "term": "fell", "status": "affirmed"},
    ],
    "corrections": [{"turns": [1], "wrong": "Tuesday", "right": "Wednesday", "about": "day of the fall"}],
    "hypotheticals": [{"turns": [2, 3], "text": "A fire at night"}],
    "contradictions": [],
    "actions": [{"turns": [4], "what": "Ring the surgery", "owner": "worker", "due": "tomorrow"}],
    "not_discussed": ["money_and_benefits"],
}


def write_visit(folder: Path) -> Path:
    """Write the tiny visit into ``visits_dev`` below the folder; returns the folder."""
    place = folder / "visits_dev"
    place.mkdir(parents=True)
    visit = {
        "id": "toy",
        "template": "adult_home_visit",
        "date": "2026-03-02",
        "speakers": {"S1": "worker", "S2": "person"},
        "people": [{"name": "Rae Holt", "role": "worker"}, {"name": "Win Sayle", "role": "person"}],
        "turns": [{"speaker": s, "text": t} for s, t in SCRIPT],
        "gold": GOLD,
    }
    (place / "toy.json").write_text(json.dumps(visit), "utf-8")
    return folder


def quote(transcript: Transcript, turn: int, words: str) -> SpeechEvidence:
    """Return evidence for words of a turn."""
    t = transcript.turns[turn]
    return SpeechEvidence(turn=turn, start=t.start, end=t.end, quote=words, speaker=t.speaker)


def good_draft(transcript: Transcript, template: str = "adult_home_visit", people: object = ()) -> Draft:
    """Return a note that meets every target of the tiny visit."""
    asked, told = SCRIPT[0][1], SCRIPT[1][1]
    fire = SCRIPT[3][1]
    risks = (
        Statement(
            id="s1",
            text=f"Asked “{asked}”, Win Sayle (person) said: “{told}”",
            origin="quoted",
            evidence=(quote(transcript, 0, asked), quote(transcript, 1, told)),
        ),
        Statement(
            id="s2",
            text=f"Win Sayle (person): “{fire}”",
            origin="quoted",
            evidence=(quote(transcript, 3, fire),),
        ),
    )
    promise = Action(
        id="a1",
        what="Ring the surgery",
        owner="Rae Holt",
        due="tomorrow",
        evidence=(quote(transcript, 4, SCRIPT[4][1]),),
    )
    return Draft(
        pilot="visit_notes",
        template=template,
        writer="extractive",
        actions=(promise,),
        sections=(
            Section(key="risks_and_safeguarding", heading="Risks", status="drafted", statements=risks),
            Section(key="money_and_benefits", heading="Money", status="not_discussed"),
        ),
    )
