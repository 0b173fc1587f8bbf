"""Running suites: one folder a run, written whole, with everything needed to read and repeat it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import clock
from core.atomic import write_text
from core.errors import BadInput
from core.settings import Settings
from evaluation.environment import environment
from evaluation.model import Measure, SampleScore, SuiteResult
from evaluation.scorer import SCORERS
from evaluation.suite import RunContext, SuiteEntry

FORMAT = 1


@dataclass(frozen=True)
class Run:
    """A finished run and where it lies."""

    suite: str
    folder: Path
    config: dict[str, Any]
    measures: tuple[Measure, ...]
    scores: tuple[SampleScore, ...]
    problems: tuple[str, ...]

    @property
    def id(self) -> str:
        """Name of its folder."""
        return self.folder.name

    @property
    def missed(self) -> list[Measure]:
        """Measures whose target is not met."""
        return [m for m in self.measures if m.passed == "no"]

    def as_record(self) -> dict[str, Any]:
        """Return what ``rapt evaluate --json`` writes about this run."""
        return {
            "suite": self.suite,
            "run": self.id,
            "config": self.config,
            "measures": [m.model_dump(mode="json") for m in self.measures],
            "problems": list(self.problems),
            "targets_missed": [_label(m) for m in self.missed],
        }


def run_suite(
    entry: SuiteEntry,
    settings: Settings,
    *,
    quick: bool = False,
    parameters: Mapping[str, Any] | None = None,
    context: RunContext | None = None,
) -> Run:
    """Run a suite and keep its folder ``<home>/results/<timestamp>-<suite>``; nothing is kept when it fails.

    Raises RaptError when the suite cannot run, UsageError for a parameter it does not have.
    """
    context = context or RunContext(settings)
    before = len(context.problems)
    effective = entry.parameters(quick=quick, **(parameters or {}))
    started = time.monotonic()
    result = entry.make(**effective)(context)
    config = {
        "format": FORMAT,
        "suite": entry.name,
        "title": entry.title,
        "subject": entry.subject,
        "quick": quick,
        "parameters": _plain(effective),
        "scorers": _scorers(result),
        "facts": _plain(result.facts),
    }
    problems = tuple(context.problems[before:])
    folder = _free_folder(settings.home / "results", entry.name)
    _write(folder, config, result, problems, environment(settings, result.models), time.monotonic() - started)
    return read_run(folder)


def read_run(folder: Path) -> Run:
    """Return a run from its folder; raises BadInput when it is none."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        aggregates = json.loads((folder / "aggregates.json").read_text("utf-8"))
        lines = (folder / "cases.jsonl").read_text("utf-8").splitlines()
        scores = [_score(line, one) for line in map(json.loads, lines) for one in line["scores"]]
        problems = tuple((folder / "problems.log").read_text("utf-8").splitlines())
    except (OSError, ValueError, KeyError) as error:
        raise BadInput("This is not a folder of results.", "Give a folder below results, or its name.", code="bad_run") from error
    measures = tuple(Measure.model_validate({k: v for k, v in m.items() if k != "passed"}) for m in aggregates["measures"])
    return Run(config["suite"], folder, config, measures, tuple(scores), problems)


def find_run(settings: Settings, name: str) -> Run:
    """Return a run by folder or by name below ``<home>/results``; raises BadInput when there is none."""
    path = Path(name)
    return read_run(path if path.is_dir() else settings.home / "results" / name)


def _free_folder(results: Path, suite: str) -> Path:
    stem = f"{clock.now():%Y%m%dT%H%M%SZ}-{suite}"
    folder, number = results / stem, 1
    while folder.exists():
        number += 1
        folder = results / f"{stem}-{number}"
    return folder


def _write(
    folder: Path,
    config: dict[str, Any],
    result: SuiteResult,
    problems: tuple[str, ...],
    where: dict[str, Any],
    seconds: float,
) -> None:
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    measures = [m.model_dump(mode="json") for m in result.measures]
    _json(part / "config.json", config)
    _json(part / "aggregates.json", {"measures": measures})
    _json(part / "environment.json", {**where, "seconds": round(seconds, 1)})
    write_text(part / "aggregates.csv", _csv(measures))
    write_text(part / "cases.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in _cases(result)))
    write_text(part / "problems.log", "".join(f"{' '.join(p.split())}\n" for p in problems))
    part.rename(folder)


def _cases(result: SuiteResult) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {
        (case.set, case.id): {**case.model_dump(mode="json"), "scores": []} for case in result.cases
    }
    for score in result.scores:
        row = rows.setdefault(
            (score.set, score.case),
            {"id": score.case, "set": score.set, "provenance": score.provenance, "about": {}, "scores": []},
        )
        row["scores"].append(score.model_dump(mode="json", include={"measure", "hits", "n", "examples"}))
    return list(rows.values())


def _score(line: dict[str, Any], one: dict[str, Any]) -> SampleScore:
    return SampleScore(case=line["id"], set=line["set"], provenance=line["provenance"], **one)


def _scorers(result: SuiteResult) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "parameters": _plain(made),
            "measures": [spec.name for spec in SCORERS.get(name).specs],
        }
        for name, made in result.scorers.items()
    ]


def _csv(measures: list[dict[str, Any]]) -> str:
    names = [
        "name",
        "set",
        "value",
        "low",
        "high",
        "n",
        "hits",
        "unit",
        "target",
        "passed",
        "provenance",
        "kind",
        "interval",
        "note",
    ]
    text = io.StringIO()
    table = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for measure in measures:
        target = json.dumps({k: v for k, v in measure["target"].items() if v is not None}) if measure["target"] else ""
        table.writerow({**measure, "target": target})
    return text.getvalue()


def _json(path: Path, value: Any) -> None:
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _plain(value: Any) -> Any:
    """Return parameters as JSON can hold them; a function by its name."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(v) for v in value]
    if isinstance(value, Path):
        return value.name
    if callable(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"
    return value


def _label(measure: Measure) -> str:
    return f"{measure.set}: {measure.name}" if measure.set else measure.name
