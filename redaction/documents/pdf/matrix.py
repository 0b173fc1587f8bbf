"""Plane transformations as PDF writes them: (a, b, c, d, e, f)."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the transformation that does ``m`` first, then ``n``."""
    a, b, c, d, e, f = m
    g, h, i, j, k, n6 = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + n6)


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (x, y) transformed."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
