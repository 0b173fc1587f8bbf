"""Measuring RAPT: suites of cases, scorers, measures with intervals, and one folder of results a run.

Names are loaded when first used: importing the door costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.compare import Change, compare_runs
    from evaluation.model import Case, Measure, SampleScore, SuiteResult, Target
    from evaluation.run import Run, find_run, read_run, run_suite
    from evaluation.scorer import SCORERS, Spec, Tally, define_scorer
    from evaluation.suite import SUITES, RunContext, Suite, SuiteEntry, define_suite, load_suites
    from evaluation.table import show_changes, show_run

_HOMES = {
    "Change": "compare",
    "compare_runs": "compare",
    "Case": "model",
    "Measure": "model",
    "SampleScore": "model",
    "SuiteResult": "model",
    "Target": "model",
    "Run": "run",
    "find_run": "run",
    "read_run": "run",
    "run_suite": "run",
    "SCORERS": "scorer",
    "Spec": "scorer",
    "Tally": "scorer",
    "define_scorer": "scorer",
    "SUITES": "suite",
    "RunContext": "suite",
    "Suite": "suite",
    "SuiteEntry": "suite",
    "load_suites": "suite",
    "define_suite": "suite",
    "show_changes": "table",
    "show_run": "table",
}

__all__ = [
    "SCORERS",
    "SUITES",
    "Case",
    "Change",
    "Measure",
    "Run",
    "RunContext",
    "SampleScore",
    "Spec",
    "Suite",
    "SuiteEntry",
    "SuiteResult",
    "Tally",
    "Target",
    "compare_runs",
    "define_scorer",
    "define_suite",
    "find_run",
    "load_suites",
    "read_run",
    "run_suite",
    "show_changes",
    "show_run",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'evaluation' has no attribute {name!r}")
    return getattr(import_module(f"evaluation.{_HOMES[name]}"), name)
