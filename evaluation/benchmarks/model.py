"""What a benchmark holds: a row with its limit, the figures of its runs, and what came out."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.errors import RaptError
from core.settings import Settings
from evaluation.model import Target

Met = Literal["yes", "no", "failed", "no_limit"]
"""failed: there is no figure, and the limit does not count as met; no_limit: shown for information."""
Ratio = Literal["", "stock/ours", "ours/stock"]


@dataclass(frozen=True)
class Spread:
    """The figures of a row's runs."""

    median: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Figures:
    """What the runs of a row gave, in the row's unit, one figure a run."""

    ours: Sequence[float]
    stock: Sequence[float] = ()
    """the same work done by the stock peer, in this call"""
    beside: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """further figures for information; each name ends in its unit"""
    note: str = ""
    """what a reader must know of this measurement, such as versions"""


@dataclass
class Bench:
    """What a row may use while it measures."""

    settings: Settings
    runs: int
    scratch: Path
    """an empty folder on the disk of the home folder; it is removed after the row"""
    shared: dict[str, tuple[Any, Exception | None]]
    """work that several rows take figures from; see ``once``"""

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """Return what ``make`` returned (or raise what it raised) the first time this key was asked for."""
        if key not in self.shared:
            try:
                self.shared[key] = (make(), None)
            except Exception as error:
                self.shared[key] = (None, error)
        made, error = self.shared[key]
        if error is not None:
            raise error
        return made

    def own_home(self) -> Settings:
        """Return settings of an empty home in the scratch folder: nothing real is read or written but model files."""
        return self.settings.model_copy(
            update={
                "home": self.scratch / "home",
                "models_dir": self.settings.models_path,
                "database_url": "",
                "jobs_url": "",
                "key": None,
                "key_file": None,
                "anchor_dir": None,
            }
        )


@dataclass(frozen=True)
class Row:
    """One line of the benchmark: what is measured, how often, and its limit."""

    name: str
    about: str
    unit: str
    runs: int
    work: Callable[[Bench], Figures]
    limit: Target | None = None
    """the median must reach it: of the measured figures, or of the ratio when the row has one"""
    stretch: Target | None = None
    """a better figure that is aimed at; missing it is no failure"""
    ratio: Ratio = ""
    peer: str = ""
    """the stock peer, in words"""

    @property
    def limit_unit(self) -> str:
        """Unit of the limit."""
        return "×" if self.ratio else self.unit


@dataclass(frozen=True)
class Outcome:
    """What came out of one row; ``error`` says why there are no figures."""

    row: Row
    measured: Spread | None = None
    stock: Spread | None = None
    ratio: Spread | None = None
    beside: Mapping[str, Spread] = field(default_factory=dict)
    note: str = ""
    error: Mapping[str, str] | None = None
    exit_code: int = 0
    load_average: float | None = None
    """of the last minute, when the row began"""

    @property
    def met(self) -> Met:
        """Whether the row's limit is met."""
        judged = self._judged
        if judged is None:
            return "failed"
        if self.row.limit is None:
            return "no_limit"
        return "yes" if self.row.limit.met(judged.median) else "no"

    @property
    def stretch_met(self) -> bool | None:
        """Whether the stretch is reached; None when there is none or no figure."""
        if self._judged is None or self.row.stretch is None:
            return None
        return self.row.stretch.met(self._judged.median)

    @property
    def _judged(self) -> Spread | None:
        if self.error is not None:
            return None
        return self.ratio if self.row.ratio else self.measured

    def as_record(self) -> dict[str, Any]:
        """Return the outcome for JSON."""
        row = self.row
        return {
            "name": row.name,
            "about": row.about,
            "unit": row.unit,
            "measured": asdict(self.measured) if self.measured else None,
            "stock": asdict(self.stock) if self.stock else None,
            "peer": row.peer,
            "ratio": asdict(self.ratio) if self.ratio else None,
            "ratio_is": row.ratio,
            "limit": row.limit.model_dump(exclude_none=True) if row.limit else None,
            "limit_on": "ratio" if row.ratio else "measured",
            "met": self.met,
            "stretch": row.stretch.model_dump(exclude_none=True) if row.stretch else None,
            "stretch_met": self.stretch_met,
            "beside": {name: asdict(one) for name, one in self.beside.items()},
            "note": self.note,
            "error": dict(self.error) if self.error else None,
            "load_average": self.load_average,
        }


def spread(figures: Sequence[float]) -> Spread:
    """Return median, least and greatest; raises RaptError when there is no figure or one is none."""
    if not figures or not all(math.isfinite(f) for f in figures):
        raise RaptError("The row gave no figure.", "Run it alone: rapt benchmark --row NAME.", code="no_figure")
    return Spread(statistics.median(figures), min(figures), max(figures), len(figures))


def quotient(over: Spread, under: Spread) -> Spread:
    """Return median ÷ median; least and greatest are the widest that any two runs give.

    Raises RaptError when the work below took no measurable time.
    """
    if under.low <= 0:
        raise RaptError("The work was too short to compare.", "Give the row more to do.", code="too_short")
    return Spread(over.median / under.median, over.low / under.high, over.high / under.low, min(over.n, under.n))
