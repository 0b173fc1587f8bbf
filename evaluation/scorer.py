"""Scorers: registered factories of closures from one sample to tallies, and tallies to measures."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.registry import Registry
from evaluation.intervals import wilson
from evaluation.model import Case, Measure, SampleScore, Target


@dataclass(frozen=True)
class Tally:
    """``hits`` of ``n`` in one sample, with examples of what counts against (or for) it."""

    hits: float
    n: float
    examples: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Spec:
    """What a measure is, apart from its figure."""

    name: str
    about: str
    target: Target | None = None
    better: Literal["high", "low", ""] = "high"
    note: str = ""


Score = Callable[[Any], dict[str, Tally]]
"""sample → tallies by measure name; a measure that does not arise in the sample may be left out"""


@dataclass(frozen=True)
class Scorer:
    """A scorer that was made with certain parameters; both are stored with the run."""

    name: str
    parameters: dict[str, Any]
    specs: tuple[Spec, ...]
    score: Score


@dataclass(frozen=True)
class ScorerEntry:
    """A registered factory and the measures it gives."""

    name: str
    specs: tuple[Spec, ...]
    factory: Callable[..., Score]
    defaults: dict[str, Any] = field(default_factory=dict)

    def make(self, **given: Any) -> Scorer:
        """Return the scorer with these parameters; raises TypeError for one it does not have."""
        return Scorer(self.name, {**self.defaults, **given}, self.specs, self.factory(**given))


SCORERS: Registry[ScorerEntry] = Registry("scorer")


def define_scorer(*specs: Spec, name: str = "") -> Callable[[Callable[..., Score]], Callable[..., Score]]:
    """Register the decorated factory under ``name`` (or its own name) with the measures it gives."""

    def add(factory: Callable[..., Score]) -> Callable[..., Score]:
        defaults = {p.name: p.default for p in inspect.signature(factory).parameters.values() if p.kind is p.KEYWORD_ONLY}
        own = name or getattr(factory, "__name__", "")
        SCORERS.add(own, ScorerEntry(own, specs, factory, defaults))
        return factory

    return add


def score_samples(scorers: Sequence[Scorer], samples: Iterable[tuple[Case, Any]]) -> tuple[list[SampleScore], list[Measure]]:
    """Return the score of every sample and, for each set, every measure pooled with its Wilson interval.

    A measure that arose in no sample of a set comes out unmeasured, so a scorer that never fires shows.
    """
    scores: list[SampleScore] = []
    sets: dict[str, Case] = {}
    for case, sample in samples:
        sets.setdefault(case.set, case)
        for one in scorers:
            known = {spec.name for spec in one.specs}
            for measure, tally in one.score(sample).items():
                if measure not in known:
                    raise ValueError(f"scorer {one.name!r} gave an undeclared measure {measure!r}")
                scores.append(
                    SampleScore(
                        case=case.id,
                        set=case.set,
                        measure=measure,
                        hits=tally.hits,
                        n=tally.n,
                        provenance=case.provenance,
                        examples=tally.examples,
                    )
                )
    measures = [
        pooled(spec, [s for s in scores if s.set == name and s.measure == spec.name], case)
        for name, case in sets.items()
        for one in scorers
        for spec in one.specs
    ]
    return scores, measures


def pooled(spec: Spec, scores: Sequence[SampleScore], case: Case) -> Measure:
    """Return the measure over these scores: the share of all hits in all n."""
    hits, n = sum(s.hits for s in scores), sum(s.n for s in scores)
    found = wilson(hits, n)
    return Measure(
        name=spec.name,
        set=case.set,
        about=spec.about,
        value=found.value,
        low=found.low,
        high=found.high,
        n=int(n),
        hits=hits if n else None,
        interval="Wilson 95 %",
        better=spec.better,
        target=spec.target,
        provenance=case.provenance,
        note=spec.note if n else "; ".join(x for x in (spec.note, "did not arise") if x),
    )
