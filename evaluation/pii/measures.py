"""Which figures each kind of set gives, with their targets, and how masked documents become measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluation.intervals import bootstrap
from evaluation.model import Case, Measure, Provenance, SampleScore, Target
from evaluation.pii.matching import Masked, f_beta, tallies
from evaluation.scorer import Scorer, Spec, Tally, define_scorer, score_samples

_ABOUT = {
    "direct_entities": "Entities that identify directly, every mention of them hidden in full.",
    "quasi_entities": "Entities that narrow a person down, every mention of them hidden in full.",
    "direct_recall": "Mentions of direct identifiers hidden in full.",
    "person_recall": "Mentions of people hidden in full (a title may stay).",
    "structured_recall": "Mentions of numbers, addresses and other direct identifiers hidden in full.",
    "quasi_recall": "Mentions of quasi-identifiers hidden in full.",
    "clean": "Documents in which no direct identifier is left.",
    "token_precision": "Hidden words that the gold hides too.",
    "token_recall": "Words of the gold that are hidden.",
    "keep_kept": "Terms a note is useless without, left as they are.",
    "refused": "Documents for which nothing was written because the leak test found something.",
}
_COURT = {"direct_entities": 0.99, "clean": 0.98, "quasi_entities": 0.9}
_HAND = {
    "direct_recall": 0.97,
    "person_recall": 0.97,
    "structured_recall": 0.99,
    "clean": 0.6,
    "token_precision": 0.95,
    "keep_kept": 0.99,
}
TARGETS: dict[str, dict[str, float]] = {"tab": _COURT, "sealed": _HAND, "dev": _HAND}
F2 = {"tab": 0.8, "presidio-research": 0.87}
_SHOWN = {
    "tab": ("direct_entities", "quasi_entities", "clean", "token_precision", "token_recall", "refused"),
    "presidio-research": ("direct_recall", "quasi_recall", "token_precision", "token_recall", "refused"),
}
_HAND_SHOWN = tuple(n for n in _ABOUT if not n.endswith("entities"))


def _specs(group: str) -> tuple[Spec, ...]:
    aims = TARGETS.get(group, {})
    return tuple(
        Spec(
            name,
            _ABOUT[name],
            Target(at_least=aims[name]) if name in aims else None,
            better="low" if name == "refused" else "high",
        )
        for name in _SHOWN.get(group, _HAND_SHOWN)
    )


@define_scorer(*(Spec(name, about) for name, about in _ABOUT.items()))
def redaction():
    """Score one masked document."""

    def score(sample: Masked) -> dict[str, Tally]:
        return {**tallies(sample), "refused": Tally(bool(sample.failed), 1)}

    return score


def measured(
    group: str, label: str, samples: Sequence[Masked], provenance: Provenance, scorer: Scorer, *, gated: bool = True
) -> tuple[list[SampleScore], list[Measure]]:
    """Return scores and measures of one set under one system; ``gated``: whether targets apply."""
    specs = _specs(group) if gated else tuple(replace(s, target=None) for s in _specs(group))
    wanted = {s.name for s in specs}

    def score(sample: Masked) -> dict[str, Tally]:
        return {k: v for k, v in scorer.score(sample).items() if k in wanted}

    cases = [(Case(id=s.document.id, set=label, provenance=provenance, about={"kind": s.document.kind}), s) for s in samples]
    scores, measures = score_samples([Scorer(scorer.name, scorer.parameters, specs, score)], cases)
    if samples:
        measures.append(_f2(group, label, samples, provenance, gated=gated))
    return scores, measures


def _f2(group: str, label: str, samples: Sequence[Masked], provenance: Provenance, *, gated: bool) -> Measure:
    units = []
    for sample in samples:
        found = tallies(sample)
        units.append((found["token_precision"].hits, found["token_precision"].n, found["token_recall"].n))

    def statistic(right: float, system: float, wanted: float) -> float:
        return f_beta(right / system if system else 0.0, right / wanted if wanted else 0.0)

    value = bootstrap(units, statistic)
    return Measure(
        name="token_f2",
        set=label,
        about="F2 over words: recall counts four times as much as precision.",
        value=value.value,
        low=value.low,
        high=value.high,
        n=len(units),
        interval="bootstrap over documents, 95 %",
        better="high",
        target=Target(at_least=F2[group]) if gated and group in F2 else None,
        provenance=provenance,
    )
