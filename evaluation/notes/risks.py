"""Risk words said: none may be lost, and a denied one must stay denied."""

from __future__ import annotations

from typing import Any

from evaluation.model import Target
from evaluation.notes.sample import NoteSample, folded
from evaluation.notes.words import DENIAL
from evaluation.scorer import Score, Spec, Tally, define_scorer
from evaluation.visits import key_in

LOST = Spec(
    "risk_words_lost",
    "Gold risk words that stand in no statement, action or finding about their turns.",
    Target(at_most=0),
    "low",
)
ONLY_FINDING = Spec(
    "risk_words_only_in_a_finding",
    "Gold risk words that a finding shows and no statement or action holds.",
    better="low",
)
DENIED = Spec(
    "denied_risks_still_denied",
    "Denied risks in the note whose statement holds both the risk and the words that deny it.",
    Target(at_least=1),
)


@define_scorer(LOST, ONLY_FINDING)
def risk_words() -> Score:
    """Look for each gold term, as spoken, in what cites its turns: the note first, then findings."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        lost, only = [], []
        risks = sample.visit.gold["risks"]
        for risk in risks:
            turns = set(risk["turns"])
            if any(key_in(risk["term"], line.text) for line in sample.citing(turns)):
                continue
            shown = any(key_in(risk["term"], text) for text, _ in sample.shown_by(None, turns))
            (only if shown else lost).append({**risk, "heard": _heard(sample, risk)})
        return {
            LOST.name: Tally(len(lost), len(risks), tuple(lost)),
            ONLY_FINDING.name: Tally(len(only), len(risks), tuple(only)),
        }

    return score


@define_scorer(DENIED)
def denied_risks() -> Score:
    """Judge denied risks that the note speaks of at all.

    A statement about the denial's turns must hold the risk's words and a denial. Statements that hold
    neither are about something else said there; a risk absent from the note is counted as lost, not here.
    """

    def score(sample: NoteSample) -> dict[str, Tally]:
        hits, wrong = 0, []
        for risk in sample.visit.gold["risks"]:
            if risk["status"] != "denied":
                continue
            seen = [
                (key_in(risk["term"], line.text), bool(DENIAL.search(folded(line.text).lower())), line.text)
                for line in sample.citing(risk["turns"], actions=False)
            ]
            if any(term and denial for term, denial, _ in seen):
                hits += 1
            elif any(term or denial for term, denial, _ in seen):
                wrong.append({**risk, "statements": [text for term, denial, text in seen if term or denial]})
        return {DENIED.name: Tally(hits, hits + len(wrong), tuple(wrong))}

    return score


def _heard(sample: NoteSample, risk: dict[str, Any]) -> bool:
    """Whether the word is in the transcript at all; False is the recogniser's loss, not the note's."""
    return any(key_in(risk["term"], turn.text) for turn in sample.transcript.turns)
