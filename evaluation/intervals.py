"""Intervals at 95 %: Wilson for shares, bootstrap for differences and ratios of paired units.

Everything is deterministic: the bootstrap's seed is fixed, so the same cases give the same interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

Z95 = 1.959963984540054
SEED = 20260
ROUNDS = 2000


class Interval(NamedTuple):
    """A figure and its 95 % interval; None where it cannot be known."""

    value: float | None
    low: float | None
    high: float | None


UNMEASURED = Interval(None, None, None)


def wilson(hits: float, n: float, z: float = Z95) -> Interval:
    """Return share and Wilson score interval of ``hits`` in ``n`` (both within 0…1).

    With n = 0 nothing was measured. Raises ValueError when hits lie outside 0…n.
    """
    if n == 0:
        return UNMEASURED
    if math.isnan(hits) or math.isnan(n):
        return UNMEASURED
    if not 0 <= hits <= n:
        raise ValueError("hits must lie between 0 and n")
    p, z2 = hits / n, z * z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return Interval(p, low, high)


def bootstrap(
    units: Sequence[Sequence[float]],
    statistic: Callable[..., float],
    *,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Interval:
    """Return ``statistic`` over all units, with the percentile interval from resampling whole units.

    Each unit is a row of figures that belong together (so pairs stay pairs); ``statistic`` gets one
    numpy array of sums per column. Units with a NaN are left out. Fewer than two units give no interval.
    """
    import numpy as np

    rows = np.array([u for u in units if not any(math.isnan(x) for x in u)], dtype=float)
    if len(rows) == 0:
        return UNMEASURED
    value = float(statistic(*rows.sum(axis=0)))
    if math.isnan(value):
        return UNMEASURED
    if len(rows) < 2:
        return Interval(value, None, None)
    rng = np.random.default_rng(seed)
    drawn = np.array(
        [statistic(*rows[rng.integers(0, len(rows), len(rows))].sum(axis=0)) for _ in range(rounds)],
        dtype=float,
    )
    drawn = drawn[~np.isnan(drawn)]
    if len(drawn) == 0:
        return Interval(value, None, None)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(value, float(low), float(high))


def rate(errors: float, total: float) -> float:
    """Return errors per unit of total, NaN when there is nothing to divide by."""
    return float(errors) / float(total) if total else math.nan


def bootstrap_rate(units: Sequence[tuple[float, float]], **how: int) -> Interval:
    """Return pooled errors ÷ total with interval; each unit is (errors, total)."""
    return bootstrap(units, rate, **how)


def bootstrap_paired_difference(units: Sequence[tuple[float, float, float]], **how: int) -> Interval:
    """Return the first pooled rate minus the second; each unit is (errors a, errors b, total)."""
    return bootstrap(units, lambda a, b, total: rate(a, total) - rate(b, total), **how)


def bootstrap_ratio(units: Sequence[tuple[float, float]], **how: int) -> Interval:
    """Return the sum of the first over the sum of the second; each unit is (a, b)."""
    return bootstrap(units, rate, **how)
