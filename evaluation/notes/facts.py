"""Is what matters in the note, under the right heading, and at what length?"""

from __future__ import annotations

from evaluation.model import Target
from evaluation.notes.sample import NoteSample
from evaluation.scorer import Score, Spec, Tally, define_scorer
from evaluation.visits import facts_found

FACTS = Spec(
    "essential_facts",
    "Facts a careful practice lead says must be in the note that are in it.",
    Target(at_least=0.85),
)
WORDS = Spec("words_kept", "Spoken words the note quotes, of all spoken: to be read beside essential_facts.", better="")
HEADING = Spec("right_heading", "Facts found that stand under a heading the gold gives.")


@define_scorer(FACTS)
def essential_facts(*, reach: int = 0) -> Score:
    """Count facts whose every key group is in the lines citing its turns (``reach``: or neighbours)."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        facts = sample.visit.gold["facts"]
        found = facts_found(facts, sample.kept, reach)
        lost = tuple({"fact": f["id"], "text": f["text"], "turns": f["turns"]} for f in facts if not found[f["id"]])
        return {FACTS.name: Tally(sum(found.values()), len(found), lost)}

    return score


@define_scorer(WORDS)
def words_kept() -> Score:
    """Count the words of distinct quotes among all words of the transcript the note was drafted from."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        spans = {(e.turn, e.start, e.quote) for line in sample.statements for e in line.evidence}
        spoken = sum(len(turn.text.split()) for turn in sample.transcript.turns)
        kept = sum(len(quote.split()) for _, _, quote in spans)
        return {WORDS.name: Tally(min(kept, spoken), spoken)}

    return score


@define_scorer(HEADING)
def right_heading() -> Score:
    """Count, among facts found in statements, those with a citing statement under a gold heading."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        facts = sample.visit.gold["facts"]
        kept = [(line.text, set(line.turns)) for line in sample.statements]
        found = facts_found(facts, kept)
        wrong = []
        for fact in facts:
            headings = fact["heading"] if isinstance(fact["heading"], list) else [fact["heading"]]
            under = sorted({line.section for line in sample.citing(fact["turns"], actions=False)})
            if found[fact["id"]] and not set(under) & set(headings):
                wrong.append({"fact": fact["id"], "text": fact["text"], "gold": headings, "under": under})
        n = sum(found.values())
        return {HEADING.name: Tally(n - len(wrong), n, tuple(wrong))}

    return score
