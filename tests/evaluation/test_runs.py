"""Registry, run folder, comparison and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import BadInput, UsageError
from core.settings import Settings
from evaluation.compare import compare_runs
from evaluation.run import Run, find_run, read_run, run_suite
from evaluation.scorer import SCORERS, Spec, Tally, define_scorer, score_samples
from evaluation.suite import SUITES, define_suite, load_suites
from tests.evaluation.toy import toy_entry

FILES = {
    "config.json",
    "cases.jsonl",
    "aggregates.json",
    "aggregates.csv",
    "problems.log",
    "environment.json",
}


def toy_run(settings: Settings, **parameters: object) -> Run:
    return run_suite(toy_entry(), settings, parameters=parameters)


def test_when_the_suites_are_loaded_then_the_three_are_there_with_parameters_for_quick() -> None:
    suites = load_suites()
    for name in ("transcription", "visit-notes", "support"):
        entry = suites.get(name)
        assert "sets" in entry.defaults
        assert entry.parameters(quick=True)["sets"] == entry.quick["sets"]


def test_when_quick_runs_then_the_sealed_sets_stay_untouched() -> None:
    for name in ("visit-notes", "support"):
        assert "test" in load_suites().get(name).parameters()["sets"]
        assert "test" not in load_suites().get(name).parameters(quick=True)["sets"]


def test_when_a_name_is_registered_twice_then_it_is_refused() -> None:
    toy_entry()
    with pytest.raises(ValueError):
        define_suite("toy", title="again", subject="tests")(lambda: lambda context: None)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        define_scorer(Spec("x", "x"), name="toy")(lambda: lambda sample: {})


def test_when_a_suite_is_unknown_then_the_known_ones_are_named() -> None:
    with pytest.raises(UsageError) as caught:
        load_suites().get("visit_note")
    assert "visit-notes" in caught.value.remedy


def test_when_a_parameter_is_unknown_then_it_is_refused(settings: Settings) -> None:
    with pytest.raises(UsageError):
        toy_run(settings, colour="red")


def test_when_a_scorer_gives_an_undeclared_measure_then_it_is_refused() -> None:
    from evaluation.model import Case
    from evaluation.scorer import Scorer

    sly = Scorer("sly", {}, (Spec("declared", "x"),), lambda sample: {"other": Tally(1, 1)})
    with pytest.raises(ValueError):
        score_samples([sly], [(Case(id="c", set="s", provenance="synthetic-ours"), None)])


def test_when_a_suite_has_run_then_its_folder_holds_everything_to_read_and_repeat_it(
    settings: Settings,
) -> None:
    run = toy_run(settings, right=9)
    assert run.folder.parent == settings.home / "results"
    assert run.folder.name.endswith("-toy")
    assert {p.name for p in run.folder.iterdir()} == FILES
    config = json.loads((run.folder / "config.json").read_text())
    assert config["parameters"] == {"cases": 3, "right": 9}
    assert config["scorers"] == [{"name": "toy", "parameters": {"strict": False}, "measures": ["toy_right", "toy_never"]}]
    where = json.loads((run.folder / "environment.json").read_text())
    assert where["python"] and where["cpu"] and where["packages"]["pydantic"] and where["date"].endswith("+00:00")
    assert [len(f["sha256"]) for m in where["models"] for f in m["files"]] == [64] * len(where["models"][0]["files"])
    cases = [json.loads(line) for line in (run.folder / "cases.jsonl").read_text().splitlines()]
    assert [c["id"] for c in cases] == ["c0", "c1", "c2"]
    assert cases[0]["provenance"] == "synthetic-ours" and cases[0]["scores"][0]["examples"]
    assert "toy_right,only,0.9" in (run.folder / "aggregates.csv").read_text()
    assert run.problems == ("something is off",)
    assert str(settings.home) not in "".join(p.read_text() for p in run.folder.iterdir())


def test_when_a_measure_never_arises_then_it_is_unmeasured_in_the_folder_too(settings: Settings) -> None:
    never = {m.name: m for m in read_run(toy_run(settings).folder).measures}["toy_never"]
    assert never.value is None and never.passed == "unmeasured"


def test_when_a_suite_fails_then_no_folder_is_left(settings: Settings) -> None:
    with pytest.raises(TypeError):
        toy_run(settings, right="many")
    assert not (settings.home / "results").exists() or not list((settings.home / "results").iterdir())


def test_when_a_suite_runs_twice_then_the_quality_figures_are_identical_and_both_folders_stay(
    settings: Settings,
) -> None:
    first, second = toy_run(settings, right=9), toy_run(settings, right=9)
    assert first.folder != second.folder
    assert first.measures == second.measures
    for name in ("cases.jsonl", "aggregates.json", "aggregates.csv", "config.json"):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()
    assert {c.verdict for c in compare_runs(first, second)} == {"same", "unmeasured"}


@pytest.mark.parametrize(("before", "after", "verdict"), [(10, 8, "worse"), (8, 10, "better"), (8, 6, "worse"), (6, 8, "better")])
def test_when_cases_changed_then_the_comparison_says_which_way(settings: Settings, before: int, after: int, verdict: str) -> None:
    changes = {c.name: c for c in compare_runs(toy_run(settings, right=before), toy_run(settings, right=after))}
    assert changes["toy_right"].verdict == verdict
    assert changes["toy_right"].difference.value == pytest.approx((after - before) / 10)
    assert changes["toy_never"].verdict == "unmeasured"


def test_when_the_cases_differ_then_no_paired_interval_is_claimed(settings: Settings) -> None:
    changes = compare_runs(toy_run(settings, right=8), toy_run(settings, right=7, cases=2))
    assert changes[0].verdict == "changed" and changes[0].difference.low is None


def test_when_a_folder_is_no_run_then_it_is_bad_input(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        find_run(settings, str(tmp_path))
    with pytest.raises(BadInput):
        find_run(settings, "20200101T000000Z-nothing")


def command(*words: str) -> int:
    from ui.cli import run

    return run(["evaluate", *words])


def test_when_the_command_runs_a_suite_then_json_and_table_agree_and_strict_decides_the_exit(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy_entry()
    out = tmp_path / "out.json"
    assert command("toy", "--json", str(out)) == 0
    made = json.loads(out.read_text())
    assert made["runs"][0]["suite"] == "toy" and made["targets_missed"] == 0
    assert "toy_right" in capsys.readouterr().out
    assert command("toy", "--strict", "--json", str(out)) == 0
    SUITES._items["toy_bad"] = SUITES.get("toy").__class__(
        "toy_bad", "Bad toy", "tests", SUITES.get("toy").factory, {}, {"cases": 2, "right": 3}
    )
    try:
        assert command("toy_bad", "--json", str(out)) == 0
        assert "MISSED" in capsys.readouterr().out
        assert json.loads(out.read_text())["runs"][0]["targets_missed"] == ["only: toy_right"]
        assert command("toy_bad", "--strict") == 1
    finally:
        del SUITES._items["toy_bad"]


def test_when_the_command_compares_then_stdout_is_pure_json_on_request(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = toy_run(settings, right=10), toy_run(settings, right=5)
    assert command("compare", first.id, second.id, "--json", "-") == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert changes[0]["verdict"] == "worse"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nonesuch",), 2),
        (("compare", "one"), 2),
        (("toy", "--set", "nonesuch"), 2),
        (("compare", "no-run", "no-run"), 4),
    ],
)
def test_when_the_call_is_wrong_then_the_exit_code_tells_the_class(settings: Settings, words: tuple[str, ...], code: int) -> None:
    toy_entry()
    assert command(*words) == code


def test_when_scorers_are_made_then_their_parameters_are_kept() -> None:
    toy_entry()
    assert SCORERS.get("toy").make(strict=False).parameters == {"strict": False}
    assert SCORERS.get("toy").make().parameters == {"strict": True}
