"""What changed between two runs of a suite, with a paired interval wherever the same cases are in both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from core.errors import UsageError
from evaluation.intervals import Interval, bootstrap, rate
from evaluation.model import Measure, SampleScore
from evaluation.run import Run

Verdict = Literal["same", "better", "worse", "changed", "within_chance", "timing", "unmeasured", "only_in_one"]
"""better and worse: the paired interval leaves 0 out, or a target was newly met or missed ·
within_chance: it differs, but the interval holds 0 · changed: it differs and there is no pair to judge by."""


@dataclass(frozen=True)
class Change:
    """One measure in two runs."""

    name: str
    set: str
    before: Measure | None
    after: Measure | None
    difference: Interval
    """after minus before, with the interval of the paired cases"""
    verdict: Verdict

    def as_record(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "name": self.name,
            "set": self.set,
            "verdict": self.verdict,
            "before": self.before.value if self.before else None,
            "after": self.after.value if self.after else None,
            "passed_before": self.before.passed if self.before else None,
            "passed_after": self.after.passed if self.after else None,
            "difference": self.difference.value,
            "low": self.difference.low,
            "high": self.difference.high,
        }


def compare_runs(before: Run, after: Run) -> list[Change]:
    """Return every measure of both runs; raises UsageError when they are runs of different suites."""
    if before.suite != after.suite:
        raise UsageError(
            f"These are runs of different suites ({before.suite}, {after.suite}).",
            "Compare two runs of one suite.",
        )
    first, second = _by_key(before.measures), _by_key(after.measures)
    pairs_before, pairs_after = _by_case(before.scores), _by_case(after.scores)
    return [
        _change(key, first.get(key), second.get(key), pairs_before.get(key, {}), pairs_after.get(key, {}))
        for key in dict.fromkeys([*first, *second])
    ]


def _change(
    key: tuple[str, str],
    a: Measure | None,
    b: Measure | None,
    cases_a: dict[str, SampleScore],
    cases_b: dict[str, SampleScore],
) -> Change:
    def made(difference: Interval, verdict: Verdict) -> Change:
        return Change(key[1], key[0], a, b, difference, verdict)

    if a is None or b is None:
        return made(Interval(None, None, None), "only_in_one")
    if a.value is None or b.value is None:
        return made(Interval(None, None, None), "unmeasured")
    plain = Interval(b.value - a.value, None, None)
    if a.kind == "timing":
        return made(plain, "timing")
    shared = [case for case in cases_a if case in cases_b]
    if a.value == b.value and all(_same(cases_a[c], cases_b[c]) for c in shared):
        return made(Interval(0.0, 0.0, 0.0), "same")
    if not shared or set(cases_a) != set(cases_b):
        return made(plain, _by_target(a, b) or "changed")
    units = [(cases_b[c].hits, cases_b[c].n, cases_a[c].hits, cases_a[c].n) for c in shared]
    found = bootstrap(units, lambda h2, n2, h1, n1: rate(h2, n2) - rate(h1, n1))
    return made(found, _by_target(a, b) or _by_interval(a, found))


def _by_target(a: Measure, b: Measure) -> Verdict | None:
    if (a.passed, b.passed) == ("yes", "no"):
        return "worse"
    return "better" if (a.passed, b.passed) == ("no", "yes") else None


def _by_interval(a: Measure, found: Interval) -> Verdict:
    if found.low is None or found.high is None or not a.better:
        return "changed"
    if found.low <= 0 <= found.high:
        return "within_chance"
    up = found.low > 0
    return "better" if up == (a.better == "high") else "worse"


def _same(a: SampleScore, b: SampleScore) -> bool:
    return (a.hits, a.n) == (b.hits, b.n)


def _by_key(measures: Iterable[Measure]) -> dict[tuple[str, str], Measure]:
    return {(m.set, m.name): m for m in measures}


def _by_case(scores: Iterable[SampleScore]) -> dict[tuple[str, str], dict[str, SampleScore]]:
    found: dict[tuple[str, str], dict[str, SampleScore]] = {}
    for score in scores:
        found.setdefault((score.set, score.measure), {})[score.case] = score
    return found
