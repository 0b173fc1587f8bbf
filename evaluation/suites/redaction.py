"""Suite ``redaction``: what stays readable, what is hidden for nothing; stock Presidio in the same run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.errors import UsageError
from evaluation.model import Case, Measure, Provenance, SampleScore, SuiteResult, unmeasured
from evaluation.suite import RunContext, Suite, define_suite

DATA = Path(__file__).resolve().parents[1] / "data" / "redaction"
SETS = ("sealed", "dev", "tab", "presidio-research")
_OWN: Provenance = "synthetic-ours"
_WHENCE: dict[str, Provenance] = {"tab": "real-public", "presidio-research": "synthetic-published"}


@define_suite(
    "redaction",
    title="Redaction: identifiers left, terms lost, beside stock Presidio",
    subject="redaction",
    quick={"sets": ("dev", "presidio-research"), "limit": 40},
)
def redaction(
    *,
    sets: tuple[str, ...] = SETS,
    systems: tuple[str, ...] = ("ours", "stock"),
    limit: int | None = None,
    off: tuple[str, ...] = (),
    on: tuple[str, ...] = (),
    data: Path = DATA,
) -> Suite:
    """Mask every document of the sets and hold it against its gold.

    ``sealed`` is hand-written UK text that rules and training never look at. ``tab`` and ``presidio-research``
    need the public data (RAPT_DATA) and are their test side only (split.json). ``off`` switches recognisers
    off and ``on`` the further ones on, which is how the ablation and the tests' planted regressions are made.
    """
    unknown = sorted(set(sets) - set(SETS))
    if unknown:
        raise UsageError(f"There is no set called {unknown[0]!r}.", f"Choose from: {', '.join(SETS)}.")
    strangers = sorted(set(systems) - {"ours", "stock"})
    if strangers:
        raise UsageError(f"There is no system called {strangers[0]!r}.", "Choose from: ours, stock.")

    def run(context: RunContext) -> SuiteResult:
        from evaluation.pii import measures as figures
        from evaluation.pii import systems as known
        from evaluation.scorer import SCORERS

        scorer = SCORERS.get("redaction").make()
        settings = context.settings.model_copy(update={"recognisers_on": on})
        makers = {"ours": lambda: known.ours(settings, frozenset(off) or None), "stock": lambda: known.stock(context.settings)}
        loaded = {name: makers[name]() for name in systems}
        scores: list[SampleScore] = []
        measures: list[Measure] = []
        cases: list[Case] = []
        for number, name in enumerate(sets):
            documents = list(_documents(name, data))[:limit]
            if not documents:
                context.problem(f"{name}: no documents found")
                measures.append(unmeasured("direct_recall", "public data not found (set RAPT_DATA)", set=name))
                continue
            for system, mask in loaded.items():
                context.progress(number / len(sets), f"redaction: {name}, {system}")
                samples = [replace(mask(document), direct=direct) for document, direct in documents]
                label = name if system == "ours" else f"{name}, stock Presidio"
                more, found = figures.measured(
                    name, label, samples, _WHENCE.get(name, _OWN), scorer, gated=system == "ours"
                )
                scores += more
                measures += found
                cases += [Case(id=s.document.id, set=label, provenance=_WHENCE.get(name, _OWN)) for s in samples]
        return SuiteResult(
            measures=tuple(measures),
            scores=tuple(scores),
            cases=tuple(cases),
            models=("minilm", *(("spacy-en-sm",) if "stock" in systems else ())),
            scorers={scorer.name: scorer.parameters},
            facts={"off": list(off), "on": list(on), "public_split": "split.json, test side"},
        )

    return run


def _documents(name: str, data: Path):
    from evaluation.pii.gold import documents
    from evaluation.pii.public import presidio, tab

    if name == "tab":
        return tab("test")
    if name == "presidio-research":
        return [(document, None) for document in presidio("test")]
    return [(document, None) for document in documents(data / name)]
