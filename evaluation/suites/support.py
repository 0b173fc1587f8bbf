"""Suite ``support``: does the check catch what the evidence does not say, and leave the rest alone?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from core.errors import UsageError
from evaluation.model import Case, SuiteResult
from evaluation.suite import RunContext, Suite, define_suite

DATA = Path(__file__).resolve().parents[1] / "data" / "visit_notes"
FOLDERS = {"test": "support_test", "dev": "support_dev"}
NAMES = {"test": "test", "dev": "development", "hostile": "hostile"}


@define_suite(
    "support",
    title="Support check: planted errors, faithful sentences, a hostile model",
    subject="rag.support",
    quick={"sets": ("dev", "hostile"), "limit": 100, "visits": 1},
)
def support(
    *,
    sets: tuple[str, ...] = ("test", "dev", "hostile"),
    limit: int | None = None,
    visits: int = 2,
    modes: tuple[str, ...] = (),
    data: Path = DATA,
    check: Callable[..., Any] | None = None,
) -> Suite:
    """Check every pair of the sets, then let the hostile server write about development visits.

    The set ``test`` is sealed. ``modes`` narrows the hostile server to some of its ways; ``check`` stands
    in the place of the support check, which is how the tests plant regressions.
    """
    unknown = sorted(set(sets) - set(NAMES))
    if unknown:
        raise UsageError(f"There is no set called {unknown[0]!r}.", f"Choose from: {', '.join(NAMES)}.")

    def run(context: RunContext) -> SuiteResult:
        from evaluation import hostile_trials, support_pairs
        from evaluation.scorer import SCORERS, score_samples

        by_pair, by_trial = (
            SCORERS.get(support_pairs.support_pairs.__name__).make(),
            SCORERS.get("hostile").make(),
        )
        samples: list[tuple[Case, Any]] = []
        for name in [n for n in sets if n in FOLDERS]:
            context.progress(0.0, f"support: {NAMES[name]} pairs")
            samples += _pairs(data / FOLDERS[name] / "pairs.jsonl", name, limit, check)
        scores, measures = score_samples([by_pair], samples)
        if "hostile" in sets:
            trials = list(_trials(context, data, visits, modes or hostile_trials.TRIED))
            more, figures = score_samples([by_trial], trials)
            scores, measures, samples = scores + more, measures + figures, samples + trials
        return SuiteResult(
            measures=tuple(measures),
            scores=tuple(scores),
            cases=tuple(case for case, _ in samples),
            scorers={s.name: s.parameters for s in (by_pair, by_trial)},
        )

    return run


def _pairs(path: Path, name: str, limit: int | None, check: Callable[..., Any] | None) -> list[tuple[Case, Any]]:
    from evaluation.support_pairs import checked, pairs

    return [
        (
            Case(id=pair.id, set=NAMES[name], provenance="synthetic-ours", about={"planted": pair.planted}),
            checked(pair, check),
        )
        for pair in list(pairs(path))[:limit]
    ]


def _trials(context: RunContext, data: Path, visits: int, modes: tuple[str, ...]) -> Iterator[tuple[Case, Any]]:
    from evaluation.hostile_trials import trial
    from evaluation.notes.spoken import names_by_role
    from evaluation.visits import load_visit

    for path in sorted((data / "visits_dev").glob("*.json"))[:visits]:
        visit = load_visit(path)
        names = names_by_role(dict(visit.transcript.speakers), visit)
        named = visit.transcript.model_copy(update={"names": names})
        for mode in modes:
            context.progress(0.0, f"support: hostile model, {mode}")
            case = Case(
                id=f"{visit.id}-{mode}",
                set=NAMES["hostile"],
                provenance="synthetic-ours",
                about={"mode": mode},
            )
            yield case, trial(_renamed(visit, named), mode, context.settings)


def _renamed(visit: Any, transcript: Any) -> Any:
    from dataclasses import replace

    return replace(visit, transcript=transcript)
