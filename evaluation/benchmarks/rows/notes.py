"""What a note costs: drafting it, and checking its statements against their evidence."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from core.settings import Settings
from evaluation.benchmarks.fresh import Cost, cost, in_fresh_process
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row
from evaluation.model import Target

DATA = Path(__file__).resolve().parents[2] / "data" / "visit_notes"
VISIT, WARM_UP = "a01", "a02"


@define_row("draft_time", about=f"the extractive draft of one development visit ({VISIT})", unit="s", runs=3)
def draft_time(bench: Bench) -> Figures:
    """Seconds waited, each run in a new process that drafted another visit before the clock started."""
    found = [in_fresh_process(_draft, bench.settings) for _ in range(bench.runs)]
    return Figures([c.wall for c in found], beside={"processor s": [c.cpu for c in found]}, note="models loaded before")


@define_row(
    "support_check",
    about="checking one statement against its evidence, over the development pairs",
    unit="ms",
    runs=5,
    limit=Target(at_most=5.0),
)
def support_check(bench: Bench) -> Figures:
    """Milliseconds a statement; a new process a run, since the check remembers texts it has seen."""
    found = [in_fresh_process(_check) for _ in range(bench.runs)]
    return Figures(
        [1000 * c.wall / n for c, n in found],
        beside={"processor ms": [1000 * c.cpu / n for c, n in found]},
        note=f"{found[0][1]} statements; word lists loaded before",
    )


def _draft(settings: Settings) -> Cost:
    from evaluation.notes.spoken import names_by_role
    from evaluation.visits import load_visit
    from pilots.visit_notes.draft import draft_note

    def draft(name: str) -> None:
        visit = load_visit(DATA / "visits_dev" / f"{name}.json")
        named = visit.transcript.model_copy(update={"names": names_by_role(dict(visit.transcript.speakers), visit)})
        people = [(person["name"], person["role"]) for person in visit.people]
        draft_note(named, visit.template, settings=settings, people=people, writer="extractive")

    draft(WARM_UP)
    return cost(partial(draft, VISIT))


def _check() -> tuple[Cost, int]:
    from evaluation.support_pairs import Pair, checked, pairs

    heard = {"speaker": "A", "role": "person", "text": "I see the nurse every Monday."}
    checked(Pair("warm", "Joan sees the nurse every Monday.", (heard,), ""))
    known = [pair for path in sorted((DATA / "support_dev").glob("*.jsonl")) for pair in pairs(path)]
    return cost(lambda: [checked(pair) for pair in known]), len(known)
