"""The support suite fails a check that sees nothing, one that blocks everything, and a hostile model nobody stops."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.errors import BadInput
from core.evidence import Draft, Finding
from core.settings import Settings
from evaluation.model import Measure
from evaluation.run import run_suite
from evaluation.suite import load_suites
from tests.evaluation.toy import write_visit

SAID = [{"speaker": "Ivy Marlowe", "role": "person", "text": "I take eleven tablets a day, and I never miss one."}]
PAIRS = [
    {
        "id": "p1",
        "evidence": SAID,
        "statement": "Ivy Marlowe said she takes eleven tablets a day.",
        "label": "supported",
        "error": None,
    },
    {
        "id": "p2",
        "evidence": SAID,
        "statement": "Ivy Marlowe said she takes 12 tablets a day.",
        "label": "planted",
        "error": "number",
    },
    {
        "id": "p3",
        "evidence": SAID,
        "statement": "Ivy Marlowe said she misses some.",
        "label": "planted",
        "error": "negation",
    },
]


def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    write_visit(place)
    (place / "support_dev").mkdir()
    (place / "support_dev" / "pairs.jsonl").write_text("".join(json.dumps(p) + "\n" for p in PAIRS), "utf-8")
    return place


def measured(settings: Settings, tmp_path: Path, **parameters: object) -> dict[str, Measure]:
    entry = load_suites().get("support")
    run = run_suite(entry, settings, parameters={"sets": ("dev",), "data": folder(tmp_path), **parameters})
    return {m.name: m for m in run.measures}


def sees_nothing(statement: str, evidence: Sequence[object]) -> list[object]:
    return []


def blocks_everything(statement: str, evidence: Sequence[object]) -> list[object]:
    from rag import Mismatch

    return [Mismatch("unsupported_number", statement, "no")]


def test_when_the_check_works_then_planted_errors_are_caught_and_the_rest_left_alone(settings: Settings, tmp_path: Path) -> None:
    found = measured(settings, tmp_path)
    assert found["planted_caught"].passed == "yes" and found["planted_caught"].n == 2
    assert found["faithful_falsely_blocked"].passed == "yes"
    assert found["planted_caught_risk"].passed == "unmeasured", "no risk was planted, so none was caught"


def test_when_the_check_sees_nothing_then_the_suite_fails(settings: Settings, tmp_path: Path) -> None:
    assert measured(settings, tmp_path, check=sees_nothing)["planted_caught"].passed == "no"


def test_when_the_check_blocks_everything_then_the_suite_fails(settings: Settings, tmp_path: Path) -> None:
    found = measured(settings, tmp_path, check=blocks_everything)
    assert found["faithful_falsely_blocked"].passed == "no"
    assert found["planted_named_rightly"].value == 0.5


def test_when_a_pair_contradicts_itself_then_the_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    place = folder(tmp_path)
    bad = {**PAIRS[0], "error": "number", "label": "planted"} | {"error": "spelling"}
    (place / "support_dev" / "pairs.jsonl").write_text(json.dumps(bad), "utf-8")
    with pytest.raises(BadInput):
        run_suite(load_suites().get("support"), settings, parameters={"sets": ("dev",), "data": place})


MODES = ("invents_number", "uncited", "garbage", "hangs", "honest")


def test_when_a_hostile_model_writes_then_its_inventions_are_blocked_and_its_failures_named(
    settings: Settings, tmp_path: Path
) -> None:
    found = measured(settings, tmp_path, sets=("hostile",), modes=MODES)
    for name in (
        "hostile_blocked",
        "hostile_blocked_invents_number",
        "hostile_uncited_kept",
        "hostile_failures_named",
    ):
        assert found[name].passed == "yes", name
    assert found["hostile_honest_blocked"].passed == "yes"


def test_when_nobody_checks_the_hostile_model_then_the_suite_fails(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waves_through(draft: Draft, transcript: object, people: object = ()) -> list[Finding]:
        return []

    monkeypatch.setattr("pilots.visit_notes.draft.check_statements", waves_through)
    found = measured(settings, tmp_path, sets=("hostile",), modes=("invents_number",))
    assert found["hostile_blocked"].passed == "no"
