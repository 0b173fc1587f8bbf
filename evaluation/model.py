"""What an evaluation holds: a case, the score of one sample, and a measure with its interval.

``None`` is the only sign for "unmeasured": it is never counted, never averaged, never 0, and an
unmeasured figure never meets a target.
"""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field, field_validator

Provenance = Literal["real-public", "synthetic-published", "synthetic-ours"]
"""real-public: real people's data, published · synthetic-published: made by others and published ·
synthetic-ours: written or generated for RAPT."""

Passed = Literal["yes", "no", "unmeasured", "no_target"]
"""no_target: the figure is shown for information and gates nothing."""


class Value(BaseModel):
    """An immutable value without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(Value):
    """What a measure must reach."""

    at_least: float | None = None
    at_most: float | None = None
    on: Literal["value", "low", "high"] = "value"
    """which figure is compared: the value itself, or an end of its interval"""

    def met(self, figure: float | None) -> bool:
        """Whether the figure reaches the target; an unmeasured figure never does."""
        if figure is None or math.isnan(figure):
            return False
        if self.at_least is not None and figure < self.at_least:
            return False
        return self.at_most is None or figure <= self.at_most


class Case(Value):
    """One thing that is measured."""

    id: str
    set: str
    """the set it belongs to, such as ``test`` or ``development``"""
    provenance: Provenance
    about: dict[str, Any] = {}


class SampleScore(Value):
    """What one scorer found in one case: ``hits`` of ``n``."""

    case: str
    set: str
    measure: str
    hits: float
    n: float
    """how often the measure could be taken in this case; 0 says it does not arise"""
    provenance: Provenance = "synthetic-ours"
    examples: tuple[dict[str, Any], ...] = ()
    """where it failed, for the page that shows a failing example; fictional or public data only"""


class Measure(Value):
    """One figure with its uncertainty, its target and where its data come from."""

    name: str
    set: str = ""
    """the set of cases; empty when there is one"""
    about: str = ""
    """what the figure says, in one plain sentence"""
    value: float | None = None
    """None: unmeasured"""
    n: int = 0
    hits: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    """how low and high were found, such as ``Wilson 95 %``"""
    unit: str = "share"
    better: Literal["high", "low", ""] = ""
    target: Target | None = None
    provenance: Provenance = "synthetic-ours"
    kind: Literal["quality", "timing"] = "quality"
    """timings differ from run to run; quality figures must not"""
    note: str = ""

    @field_validator("value", "low", "high", "hits", mode="after")
    @classmethod
    def _nan_is_unmeasured(cls, figure: float | None) -> float | None:
        return None if figure is None or math.isnan(figure) else float(figure)

    @computed_field
    @property
    def passed(self) -> Passed:
        """Whether the target is met; ``unmeasured`` is its own answer and passes nothing."""
        if self.value is None:
            return "unmeasured"
        if self.target is None:
            return "no_target"
        return "yes" if self.target.met(getattr(self, self.target.on)) else "no"


class SuiteResult(Value):
    """What a suite hands back: its measures and the cases they were taken from."""

    measures: tuple[Measure, ...]
    scores: tuple[SampleScore, ...] = ()
    cases: tuple[Case, ...] = ()
    models: tuple[str, ...] = ()
    """names of the model files of ``core/models.toml`` that took part"""
    scorers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """name of each scorer used → its parameters"""
    facts: dict[str, Any] = Field(default_factory=dict)
    """anything a reader of the run must know, such as which text normaliser was used"""


def unmeasured(name: str, why: str, **more: Any) -> Measure:
    """Return a measure that says why there is no figure."""
    return Measure(name=name, note=why, **more)
