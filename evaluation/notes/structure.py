"""Headings nobody spoke about, actions with owner and date, contradictions shown, and needless blocking."""

from __future__ import annotations

import re
from typing import Any

from evaluation.model import Target
from evaluation.notes.sample import Line, NoteSample, plain_words
from evaluation.notes.words import SMALL, digits
from evaluation.scorer import Score, Spec, Tally, define_scorer

SILENT = Spec("not_discussed_said", "Headings nobody spoke about that the note calls not discussed.")
SPOKEN = Spec("discussed_called_not_discussed", "Headings spoken about that the note calls not discussed.", better="low")
ACTIONS = Spec("actions_found", "Gold actions that the note lists as actions.")
OWNERS = Spec("action_owner_right", "Actions found whose owner is the gold's, or rightly not stated.")
DUES = Spec("action_due_right", "Actions found whose date is the gold's, or rightly not stated.")
EXTRA = Spec("actions_beyond_gold", "Actions listed that the gold does not have.", better="low")
CONTRADICTIONS = Spec("contradictions_shown", "Gold contradictions of which one finding cites two sides.")
BLOCKED = Spec(
    "falsely_blocked",
    "Statements of the extractive writer (which cannot invent) with a blocking finding.",
    Target(at_most=0.02),
    "low",
)


@define_scorer(SILENT, SPOKEN)
def not_discussed() -> Score:
    """Compare headings called ``not_discussed`` with the gold's; all others were spoken about."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        gold = set(sample.visit.gold["not_discussed"])
        ours = {s.key: s.status == "not_discussed" for s in sample.draft.sections if s.key not in ("actions", "other")}
        missed = [key for key in gold if not ours.get(key, False)]
        spoken = [key for key in ours if key not in gold]
        wrong = [key for key in spoken if ours[key]]
        return {
            SILENT.name: Tally(len(gold) - len(missed), len(gold), tuple({"heading": k} for k in sorted(missed))),
            SPOKEN.name: Tally(len(wrong), len(spoken), tuple({"heading": k} for k in sorted(wrong))),
        }

    return score


@define_scorer(ACTIONS, OWNERS, DUES, EXTRA)
def actions() -> Score:
    """Pair gold actions with ours citing one of their turns, most shared words first, each used once."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        gold = sample.visit.gold["actions"]
        pairs = _pairs(gold, sample.actions)
        people = sample.visit.people
        lost = [g for i, g in enumerate(gold) if i not in pairs]
        found = [(gold[i], line) for i, line in pairs.items()]
        owners = [_told(g, line) for g, line in found if line.action and not owner_right(g["owner"], line.action.owner, people)]
        dues = [_told(g, line) for g, line in found if line.action and not due_right(g["due"], line.action.due)]
        used = {line.id for line in pairs.values()}
        extra = [{"text": line.text} for line in sample.actions if line.id not in used]
        return {
            ACTIONS.name: Tally(len(found), len(gold), tuple(lost)),
            OWNERS.name: Tally(len(found) - len(owners), len(found), tuple(owners)),
            DUES.name: Tally(len(found) - len(dues), len(found), tuple(dues)),
            EXTRA.name: Tally(len(extra), len(sample.actions), tuple(extra)),
        }

    return score


def _told(gold: dict[str, Any], line: Line) -> dict[str, Any]:
    action = line.action
    return {**gold, "ours": {"what": action.what, "owner": action.owner, "due": action.due} if action else {}}


def _pairs(gold: list[dict[str, Any]], ours: tuple[Line, ...]) -> dict[int, Line]:
    ranked = sorted(
        (
            (-len(_content(g["what"]) & _content(line.action.what)), i, j)
            for i, g in enumerate(gold)
            for j, line in enumerate(ours)
            if line.action and line.turns & set(g["turns"])
        ),
    )
    found: dict[int, Line] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in found and j not in taken:
            found[i] = ours[j]
            taken.add(j)
    return found


def owner_right(gold: str, ours: str, people: tuple[dict[str, str], ...]) -> bool:
    """Whether two owners are the same person: by name, first name, or role with the names that have it."""
    if "not stated" in (gold, ours):
        return gold == ours
    return bool(_called(gold, people) & _called(ours, people))


def _called(owner: str, people: tuple[dict[str, str], ...]) -> set[str]:
    plain = re.sub(r"\s*\(.*?\)", "", owner).strip().lower()
    names = {plain}
    for person in people:
        name = person["name"].lower()
        if plain in (name, person["role"]) or plain in name.split() or name in plain:
            names |= {name, name.split()[0]} if name.split()[0] not in _TITLES else {name}
    return names


_TITLES = {"mr", "mrs", "ms", "miss", "dr", "doctor", "nurse", "pc", "sergeant", "detective", "sister"}


def due_right(gold: str, ours: str) -> bool:
    """Whether two dates say the same: one holds every telling word of the other."""
    if "not stated" in (gold, ours):
        return gold == ours
    a, b = _content(gold), _content(ours)
    return bool(a and b) and (a <= b or b <= a)


def _content(text: str) -> set[str]:
    return set(plain_words(digits(text))) - SMALL


@define_scorer(CONTRADICTIONS)
def contradictions() -> Score:
    """Count gold contradictions of which a single ``contradiction`` finding cites at least two turns."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        gold = sample.visit.gold["contradictions"]
        hidden = []
        for case in gold:
            turns = set(case["turns"])
            if not any(len(cited & turns) > 1 for _, cited in sample.shown_by({"contradiction"}, turns)):
                hidden.append(case)
        return {CONTRADICTIONS.name: Tally(len(gold) - len(hidden), len(gold), tuple(hidden))}

    return score


@define_scorer(BLOCKED)
def falsely_blocked() -> Score:
    """Count statements that carry a blocking finding; meaningful for the extractive writer, which copies."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        blocked = {f.statement: f for f in sample.draft.findings if f.severity == "block" and f.statement}
        wrong = [
            {"statement": line.text, "code": blocked[line.id].code, "message": blocked[line.id].message}
            for line in sample.statements
            if line.id in blocked
        ]
        return {BLOCKED.name: Tally(len(wrong), len(sample.statements), tuple(wrong))}

    return score
