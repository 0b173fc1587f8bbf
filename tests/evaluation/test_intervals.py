"""Intervals against known values, and what is unmeasured stays unmeasured."""

from __future__ import annotations

import math

import pytest
from scipy.stats import binomtest

from evaluation.intervals import bootstrap_paired_difference, bootstrap_rate, bootstrap_ratio, wilson
from evaluation.model import Measure, Target, unmeasured


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (1, 30), (5, 6), (74, 82), (10, 10), (446, 446)])
def test_when_a_share_is_given_then_wilson_agrees_with_scipy(hits: int, n: int) -> None:
    theirs = binomtest(hits, n).proportion_ci(0.95, method="wilson")
    ours = wilson(hits, n)
    assert ours.value == pytest.approx(hits / n)
    assert ours.low == pytest.approx(theirs.low, abs=1e-9)
    assert ours.high == pytest.approx(theirs.high, abs=1e-9)


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (math.nan, 5), (3, math.nan)])
def test_when_nothing_was_counted_then_the_share_is_none_and_not_zero(hits: float, n: float) -> None:
    assert wilson(hits, n) == (None, None, None)


@pytest.mark.parametrize(("hits", "n"), [(-1, 3), (4, 3)])
def test_when_hits_lie_outside_then_it_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError):
        wilson(hits, n)


def test_when_units_are_resampled_then_the_interval_is_near_the_normal_one_and_repeats_exactly() -> None:
    units = [(float(i % 4 == 0), 1.0) for i in range(400)]
    first, second = bootstrap_rate(units), bootstrap_rate(units)
    half = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert first == second
    assert first.value == 0.25
    assert first.low == pytest.approx(0.25 - half, abs=0.01)
    assert first.high == pytest.approx(0.25 + half, abs=0.01)


def test_when_two_engines_err_on_the_same_units_then_pairing_narrows_the_difference() -> None:
    units = [(float(10 * (i % 5) + 1), float(10 * (i % 5)), 100.0) for i in range(50)]
    found = bootstrap_paired_difference(units)
    assert found == pytest.approx((0.01, 0.01, 0.01))


def test_when_a_unit_is_nan_then_it_is_left_out_and_not_counted_as_zero() -> None:
    assert bootstrap_rate([(1.0, 2.0), (math.nan, 2.0), (1.0, 2.0)]).value == 0.5


@pytest.mark.parametrize("units", [[], [(math.nan, 1.0)], [(0.0, 0.0)]])
def test_when_there_is_nothing_to_divide_then_the_rate_is_unmeasured(
    units: list[tuple[float, float]],
) -> None:
    assert bootstrap_rate(units).value is None
    assert bootstrap_ratio(units).value is None


@pytest.mark.parametrize("target", [Target(at_least=0.0), Target(at_most=1.0), Target(at_most=0, on="high")])
def test_when_a_figure_is_unmeasured_then_it_passes_no_target(target: Target) -> None:
    for measure in (
        unmeasured("x", "no data", target=target),
        Measure(name="x", value=math.nan, target=target),
    ):
        assert measure.value is None
        assert measure.passed == "unmeasured"


@pytest.mark.parametrize(
    ("value", "high", "target", "passed"),
    [
        (0.85, 0.9, Target(at_least=0.85), "yes"),
        (0.84, 0.9, Target(at_least=0.85), "no"),
        (1.0, 1.6, Target(at_most=1.5, on="high"), "no"),
        (1.0, 1.5, Target(at_most=1.5, on="high"), "yes"),
        (1.0, None, Target(at_most=1.5, on="high"), "no"),
        (0.0, 0.1, Target(at_most=0), "yes"),
        (0.5, 0.6, None, "no_target"),
    ],
)
def test_when_a_figure_has_a_target_then_only_reaching_it_passes(
    value: float, high: float | None, target: Target | None, passed: str
) -> None:
    assert Measure(name="x", value=value, high=high, target=target).passed == passed
