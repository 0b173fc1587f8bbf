"""``rapt benchmark``: its rows, its arithmetic, and that what fails is shown. No test here looks at how fast anything is."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import Any

import pytest

from core.errors import MissingModel, RaptError
from core.settings import Settings
from evaluation.benchmarks import (
    Bench,
    Figures,
    Outcome,
    Row,
    as_record,
    define_row,
    load_rows,
    machine,
    quotient,
    run_rows,
    show_outcomes,
    spread,
)
from evaluation.benchmarks.fresh import in_fresh_process
from evaluation.benchmarks.rows.privacy import WORDS, development_lines
from evaluation.benchmarks.rows.privacy_scale import FEW, MANY, RECORD_WORDS, RECORDS, records, text_of
from evaluation.benchmarks.table import limit_text
from evaluation.model import Target
from ui.cli import run

SECRET = "Zebedee Quillfeather"

LIMITS = {
    "help_starts": "≤ 1 s",
    "second_start": "≤ 15 s",
    "pipeline_wall": "≤ 0.2 s/s (stretch ≤ 0.12 s/s)",
    "pipeline_memory": "≤ 2.5 GB",
    "engine_cpu": "stock ÷ ours ≥ 5 ×",
    "draft_time": "none",
    "support_check": "≤ 5 ms",
    "redaction_cpu": "ours ÷ stock ≤ 1 × (stretch ≤ 0.6 ×)",
    "redaction_growth": "≤ 4.8 ×",
    "redaction_memory": "≤ 200 MB",
    "redaction_stream": "≤ 10 s",
    "audit_append": "none",
    "file_encrypt": "none",
}


def _row(figures: Any = None, **more: Any) -> Row:
    def work(bench: Bench) -> Figures:
        if isinstance(figures, Exception):
            raise figures
        return figures

    given = {"name": "toy", "about": "a toy", "unit": "s", "runs": 3, "work": work, "limit": Target(at_most=1.0)}
    return Row(**{**given, **more})


def _outcome(settings: Settings, figures: Any, **more: Any) -> Outcome:
    return run_rows([_row(figures, **more)], settings)[0]


def _shown(settings: Settings, outcomes: list[Outcome]) -> str:
    stream = io.StringIO()
    show_outcomes(machine(settings), outcomes, stream)
    return stream.getvalue()


def test_when_rows_are_loaded_then_every_promised_limit_is_there() -> None:
    assert {name: limit_text(row) for name, row in load_rows()} == LIMITS


def test_when_rows_are_listed_then_each_stands_with_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["benchmark", "--list"]) == 0
    text = capsys.readouterr().out
    for name, limit in LIMITS.items():
        line = next(line for line in text.splitlines() if f" {name} " in line)
        assert limit in line


def test_when_a_ratio_has_no_peer_then_the_row_is_not_taken() -> None:
    with pytest.raises(ValueError, match="peer"):
        define_row("half", about="", unit="s", runs=1, ratio="stock/ours")
    with pytest.raises(ValueError, match="peer"):
        define_row("half", about="", unit="s", runs=1, peer="somebody")


# --- arithmetic


@pytest.mark.parametrize(
    ("figures", "median", "low", "high"),
    [([2.0], 2, 2, 2), ([3.0, 1.0, 2.0], 2, 1, 3), ([4.0, 1.0, 2.0, 3.0], 2.5, 1, 4), ([1.0, 1.0, 100.0], 1, 1, 100)],
)
def test_when_runs_differ_then_the_median_counts_and_both_ends_are_kept(
    figures: list[float], median: float, low: float, high: float
) -> None:
    found = spread(figures)
    assert (found.median, found.low, found.high, found.n) == (median, low, high, len(figures))


@pytest.mark.parametrize(
    ("over", "under", "median", "low", "high"),
    [
        ([10.0], [2.0], 5, 5, 5),
        ([10.0, 12.0, 8.0], [2.0, 1.0, 4.0], 5, 2, 12),
        ([1.0, 1.0], [2.0, 2.0, 2.0], 0.5, 0.5, 0.5),
    ],
)
def test_when_two_spreads_are_divided_then_medians_are_and_the_ends_are_the_widest(
    over: list[float], under: list[float], median: float, low: float, high: float
) -> None:
    found = quotient(spread(over), spread(under))
    assert (found.median, found.low, found.high) == (median, low, high)
    assert found.n == min(len(over), len(under))


@pytest.mark.parametrize(
    ("ratio", "limit", "ours", "stock", "value", "met"),
    [
        ("stock/ours", Target(at_least=5), [1.0, 2.0, 3.0], [10.0, 10.0, 10.0], 5.0, "yes"),
        ("stock/ours", Target(at_least=5), [2.0], [9.9], 4.95, "no"),
        ("ours/stock", Target(at_most=1), [2.0], [2.0], 1.0, "yes"),
        ("ours/stock", Target(at_most=1), [2.2], [2.0], 1.1, "no"),
    ],
)
def test_when_there_is_a_peer_then_the_limit_is_on_the_ratio(
    settings: Settings, ratio: Any, limit: Target, ours: list[float], stock: list[float], value: float, met: str
) -> None:
    found = _outcome(settings, Figures(ours, stock), ratio=ratio, peer="stock", limit=limit)
    assert found.ratio is not None
    assert found.ratio.median == pytest.approx(value)
    assert found.met == met
    assert "×" in _shown(settings, [found])


@pytest.mark.parametrize(
    ("figures", "stretch", "met", "stretch_met", "word"),
    [
        ([1.0], None, "yes", None, "met"),
        ([1.01], None, "no", None, "MISSED"),
        ([0.9, 0.9, 5.0], None, "yes", None, "met"),
        ([0.5], Target(at_most=0.5), "yes", True, "stretch too"),
        ([0.6], Target(at_most=0.5), "yes", False, "not the stretch"),
    ],
)
def test_when_a_median_is_held_against_its_limit_then_the_verdict_says_so(
    settings: Settings, figures: list[float], stretch: Target | None, met: str, stretch_met: bool | None, word: str
) -> None:
    found = _outcome(settings, Figures(figures), stretch=stretch)
    assert (found.met, found.stretch_met) == (met, stretch_met)
    assert word in _shown(settings, [found])


def test_when_a_row_has_no_limit_then_it_is_neither_met_nor_missed(settings: Settings) -> None:
    found = _outcome(settings, Figures([3.0]), limit=None)
    assert found.met == "no_limit"
    assert "met " not in next(line for line in _shown(settings, [found]).splitlines() if "toy" in line)


# --- failing


BROKEN: list[tuple[Any, dict[str, Any], str]] = [
    (MissingModel("The model is missing.", "Run `rapt models pull`."), {}, "The model is missing. Run `rapt models pull`."),
    (ValueError(SECRET), {}, "ValueError"),
    (Figures([]), {}, "no figure"),
    (Figures([1.0, math.nan]), {}, "no figure"),
    (Figures([1.0]), {"ratio": "stock/ours", "peer": "stock"}, "no figure"),
    (Figures([0.0], [1.0]), {"ratio": "stock/ours", "peer": "stock"}, "too short"),
]


@pytest.mark.parametrize(("broken", "more", "said"), BROKEN)
def test_when_a_row_fails_then_it_is_shown_as_failed_and_the_others_go_on(
    settings: Settings, broken: Any, more: dict[str, Any], said: str
) -> None:
    outcomes = run_rows([_row(broken, name="bad", **more), _row(Figures([0.5]), name="good")], settings)
    assert [o.met for o in outcomes] == ["failed", "yes"]
    text = _shown(settings, outcomes)
    assert "FAILED" in next(line for line in text.splitlines() if " bad " in line)
    assert said in text
    assert "1 row failed" in text
    assert SECRET not in text
    record = as_record(machine(settings), outcomes)
    assert record["rows_failed"] == 1
    assert record["rows"][0]["met"] == "failed"
    assert record["rows"][0]["measured"] is None
    assert SECRET not in json.dumps(record)


def test_when_two_rows_share_work_then_it_is_done_once_even_if_it_fails(settings: Settings) -> None:
    calls: list[str] = []

    def make(error: bool) -> float:
        calls.append("made")
        if error:
            raise RaptError("It broke.", "Mend it.")
        return 0.5

    def shared(key: str, error: bool) -> Any:
        return lambda bench: Figures([bench.once(key, lambda: make(error))])

    rows = [_row(name=f"r{i}", work=shared(key, key == "bad")) for i, key in enumerate(("ok", "ok", "bad", "bad"))]
    assert [o.met for o in run_rows(rows, settings)] == ["yes", "yes", "failed", "failed"]
    assert len(calls) == 2


def test_when_work_in_a_process_of_its_own_fails_then_its_error_arrives_whole() -> None:
    with pytest.raises(MissingModel) as caught:
        in_fresh_process(_fails)
    assert (caught.value.message, caught.value.remedy, caught.value.code) == ("m", "r", "c")


def _fails() -> None:
    raise MissingModel("m", "r", code="c")


# --- real rows


def test_when_rows_keep_things_then_the_real_store_and_its_key_are_left_alone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("database_url", "anchor_dir", "key_file"):
        real = tmp_path / "real" / name
        monkeypatch.setenv(f"RAPT_{name.upper()}", f"sqlite:///{real}" if name == "database_url" else str(real))
    rows = [load_rows().get(name) for name in ("audit_append", "file_encrypt")]
    outcomes = run_rows(rows, Settings(home=settings.home))
    assert [o.error for o in outcomes] == [None, None]
    assert all(o.measured and o.measured.n == o.row.runs and o.measured.low > 0 for o in outcomes)
    assert not (tmp_path / "real").exists()
    assert list(settings.home.iterdir()) == []


def test_when_one_row_is_asked_for_then_only_it_runs_and_the_json_holds_machine_and_figures(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["benchmark", "--row", "help_starts", "--json", str(tmp_path / "out.json")]) == 0
    record = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [row["name"] for row in record["rows"]] == ["help_starts"]
    measured = record["rows"][0]["measured"]
    assert measured["n"] == 5
    assert 0 < measured["low"] <= measured["median"] <= measured["high"]
    assert record["machine"]["cores"]
    assert "load_average" in record["machine"]
    text = capsys.readouterr().out
    assert f"Python {record['machine']['python']}" in text
    assert str(settings.home) not in text


def test_when_every_row_fails_then_the_table_still_comes_and_the_exit_code_is_the_failure_s(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.settings import get_settings

    monkeypatch.setenv("RAPT_MODELS_DIR", str(tmp_path / "none"))
    get_settings.cache_clear()
    assert run(["benchmark", "--row", "pipeline_memory"]) == MissingModel.exit_code
    assert "FAILED" in capsys.readouterr().out


def test_when_the_row_is_unknown_then_the_call_is_wrong(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["benchmark", "--row", "nonsense"]) == 2
    assert "help_starts" in capsys.readouterr().err


def test_when_redaction_is_compared_then_the_text_is_long_enough_and_asks_nobody_on_the_network() -> None:
    lines = development_lines()
    assert WORDS <= sum(len(line.split()) for line in lines) < WORDS * 1.1
    assert not any("@" in line for line in lines)


def test_when_redaction_is_measured_at_scale_then_the_texts_have_the_length_they_claim() -> None:
    for words in (FEW, MANY):
        assert len(text_of(words).split()) == words
    made = list(records())
    assert len({record["id"] for record in made}) == RECORDS
    assert all(len(record["text"].split()) == RECORD_WORDS for record in made)
    assert not any(mark in record["text"] for record in made for mark in ("[[", "{{"))
