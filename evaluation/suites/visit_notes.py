"""Suite ``visit-notes``: draft notes of fictional visits and hold them against their gold."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.evidence import Draft, Transcript
from evaluation.intervals import bootstrap_ratio
from evaluation.model import Case, Measure, SuiteResult
from evaluation.suite import RunContext, Suite, define_suite
from evaluation.visits import Visit

DATA = Path(__file__).resolve().parents[1] / "data" / "visit_notes"
FOLDERS = {"test": "visits_test", "dev": "visits_dev", "spoken": "spoken"}
NAMES = {"test": "test", "dev": "development", "spoken": "spoken"}
SCORERS_USED = (
    "essential_facts",
    "words_kept",
    "risk_words",
    "denied_risks",
    "attribution",
    "quotes_verbatim",
    "corrected_numbers",
    "hypotheticals",
    "falsely_blocked",
    "not_discussed",
    "right_heading",
    "actions",
    "contradictions",
)
DraftNote = Callable[[Transcript, str, Sequence[tuple[str, str]]], Draft]


@define_suite(
    "visit-notes",
    title="Visit notes: drafts against the gold of fictional visits",
    subject="pilots.visit_notes",
    quick={"sets": ("dev",), "limit": 2},
)
def visit_notes(
    *,
    sets: tuple[str, ...] = ("test", "spoken", "dev"),
    limit: int | None = None,
    writer: str = "extractive",
    data: Path = DATA,
    draft: DraftNote | None = None,
) -> Suite:
    """Draft every visit of the sets and score the notes.

    The set ``test`` is sealed: nobody tunes to it. ``dev`` is what the pilot was developed on and is
    reported apart as "development". ``spoken`` starts from the recordings; its script turns are found
    through time. ``draft`` replaces the drafter, which is how the tests plant regressions.
    """
    unknown = sorted(set(sets) - set(FOLDERS))
    if unknown:
        raise UsageError(f"There is no set called {unknown[0]!r}.", f"Choose from: {', '.join(FOLDERS)}.")

    def run(context: RunContext) -> SuiteResult:
        from evaluation.notes import facts, risks, structure, truth  # noqa: F401 - they register their scorers
        from evaluation.scorer import SCORERS, score_samples

        scorers = [SCORERS.get(name).make() for name in SCORERS_USED]
        drafter = draft or _drafter(context, writer)
        seconds: dict[str, list[tuple[float, float]]] = {}
        samples = list(_samples(context, sets, limit, data, drafter, seconds))
        scores, measures = score_samples(scorers, samples)
        return SuiteResult(
            measures=tuple([*measures, *(_timing(name, pairs) for name, pairs in seconds.items())]),
            scores=tuple(scores),
            cases=tuple(case for case, _ in samples),
            models=("minilm", "whisper-base") if "spoken" in sets else ("minilm",),
            scorers={s.name: s.parameters for s in scorers},
            facts={"writer": writer, "spoken_gold": "script turns are found through time (<id>.turns.json)"},
        )

    return run


def _drafter(context: RunContext, writer: str) -> DraftNote:
    from pilots.visit_notes.draft import draft_note

    return lambda transcript, template, people: draft_note(
        transcript, template, settings=context.settings, people=people, writer=writer
    )


def _samples(
    context: RunContext,
    sets: tuple[str, ...],
    limit: int | None,
    data: Path,
    draft: DraftNote,
    seconds: dict[str, list[tuple[float, float]]],
) -> Iterator[tuple[Case, Any]]:
    from evaluation.notes.sample import NoteSample

    for name in sets:
        folder = data / FOLDERS[name]
        given = _spoken(context, folder, limit) if name == "spoken" else _written(folder, limit)
        count = 0
        for visit, transcript, more in given:
            count += 1
            context.progress(0.0, f"visit-notes: {NAMES[name]} visit {count}")
            started = time.process_time()
            people = [(person["name"], person["role"]) for person in visit.people]
            made = draft(transcript, visit.template, people)
            seconds.setdefault(NAMES[name], []).append((time.process_time() - started, 1.0))
            case = Case(id=visit.id, set=NAMES[name], provenance="synthetic-ours", about={"template": visit.template})
            yield case, NoteSample(visit, transcript, made, **more)
        if not count:
            context.problem(f"There are no visits of the set {name}; nothing of it was measured.")


def _written(folder: Path, limit: int | None) -> Iterator[tuple[Visit, Transcript, dict[str, Any]]]:
    from evaluation.notes.spoken import names_by_role
    from evaluation.visits import load_visit

    for path in sorted(folder.glob("*.json"))[:limit]:
        visit = load_visit(path)
        names = names_by_role(dict(visit.transcript.speakers), visit)
        yield visit, visit.transcript.model_copy(update={"names": names}), {}


def _spoken(context: RunContext, folder: Path, limit: int | None) -> Iterator[tuple[Visit, Transcript, dict[str, Any]]]:
    from functools import partial

    from evaluation.notes.spoken import as_named, gold_turns, matched_labels, recognised, spoken_visits

    for spoken in spoken_visits(folder)[:limit]:
        context.progress(0.0, f"visit-notes: listening to {spoken.visit.id}")
        heard = recognised(spoken, context)
        labels = matched_labels(heard, spoken.turns)
        more = {"gold_turns": partial(gold_turns, spoken.turns), "label_of": labels}
        yield spoken.visit, as_named(heard, spoken.visit, labels), more


def _timing(name: str, pairs: list[tuple[float, float]]) -> Measure:
    found = bootstrap_ratio(pairs)
    return Measure(
        name="draft_cpu_per_visit",
        set=name,
        about="Processor seconds to draft one note.",
        value=found.value,
        low=found.low,
        high=found.high,
        n=len(pairs),
        interval="bootstrap 95 %",
        unit="s",
        better="low",
        kind="timing",
    )
