"""Absolute limits (time, memory, processor) as rows of ``rapt benchmark``; never part of the tests.

A row is a decorated function in a file of ``evaluation.benchmarks.rows``; ``load_rows`` finds it.
"""

from __future__ import annotations

from evaluation.benchmarks.model import Bench, Figures, Outcome, Row, Spread, quotient, spread
from evaluation.benchmarks.registry import ROWS, define_row, load_rows
from evaluation.benchmarks.run import as_record, machine, run_rows
from evaluation.benchmarks.table import show_list, show_outcomes

__all__ = [
    "ROWS",
    "Bench",
    "Figures",
    "Outcome",
    "Row",
    "Spread",
    "as_record",
    "define_row",
    "load_rows",
    "machine",
    "quotient",
    "run_rows",
    "show_list",
    "show_outcomes",
    "spread",
]
