"""The doctor: each check finds what it is there to find, names a remedy, and never stops the others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import core.health_checks  # noqa: F401  (registers the checks)
from core import job_table, jobs, model_files, retention
from core.access import SYSTEM
from core.errors import MissingModel, UsageError
from core.health import HEALTH_CHECKS, Check, fail, health_check, ok, run_checks, warn
from core.settings import Settings

REPOSITORY_MODELS = Path(__file__).resolve().parents[2] / "var" / "models"


def _one(settings: Settings, name: str) -> Check:
    (found,) = run_checks(settings, only=[name])
    return found


@pytest.fixture
def own_checks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(HEALTH_CHECKS, "_items", {})
    yield


def test_when_a_check_raises_then_it_fails_and_the_others_go_on(own_checks: None, settings: Settings) -> None:
    @health_check("foreseen")
    def foreseen(_: Settings) -> Check:
        raise MissingModel("A model is missing.", "Pull it.")

    @health_check("unforeseen")
    def unforeseen(_: Settings) -> Check:
        raise ValueError("about Zebedee Quillfeather")

    @health_check("fine")
    def fine(_: Settings) -> list[Check]:
        return [ok("one"), warn("two", "look")]

    found = run_checks(settings)
    assert [(c.name, c.severity) for c in found] == [
        ("foreseen", "fail"),
        ("unforeseen", "fail"),
        ("fine", "ok"),
        ("fine", "warn"),
    ]
    assert (found[0].message, found[0].remedy) == ("A model is missing.", "Pull it.")
    assert "Quillfeather" not in found[1].message
    assert "ValueError at tests/core/test_health.py" in found[1].message


def test_when_there_are_many_samples_then_five_are_shown_and_the_rest_counted() -> None:
    assert fail("m", "r", map(str, range(5))).samples == ("0", "1", "2", "3", "4")
    assert fail("m", "r", map(str, range(8))).samples == ("0", "1", "2", "3", "4", "(+3 more)")


def test_when_a_check_is_asked_by_an_unknown_name_then_the_known_ones_are_listed(settings: Settings) -> None:
    with pytest.raises(UsageError) as caught:
        run_checks(settings, only=["weather"])
    assert "audit chain" in caught.value.remedy


def test_when_anything_is_not_well_then_a_remedy_stands_beside_it(settings: Settings) -> None:
    for found in run_checks(settings):
        assert found.severity == "ok" or found.remedy, found.name


def test_when_the_home_is_fresh_then_nothing_but_the_models_may_fail(settings: Settings) -> None:
    failed = {found.name for found in run_checks(settings) if found.severity == "fail"}
    assert failed <= {"model files", "recognisers"}


# --- models


def test_when_a_model_file_has_one_wrong_byte_then_it_fails_by_name(
    settings: Settings, tmp_path: Path
) -> None:
    if not (REPOSITORY_MODELS / "minilm").is_dir():
        pytest.fail("the model files are not there: run `make models`")
    models = tmp_path / "models"
    for name in model_files.manifest()[0]:
        if name != "minilm":
            os.makedirs(models, exist_ok=True)
            if (REPOSITORY_MODELS / name).is_dir():
                (models / name).symlink_to(REPOSITORY_MODELS / name)
    shutil.copytree(REPOSITORY_MODELS / "minilm", models / "minilm")
    chosen = settings.model_copy(update={"models_dir": models})
    assert _one(chosen, "model files").severity == "ok"
    victim = models / "minilm" / "model.onnx"
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    found = run_checks(chosen, only=["model files"])[0]
    assert found.severity == "fail"
    assert any("minilm/model.onnx" in sample for sample in found.samples)
    assert "rapt models pull" in found.remedy


def test_when_the_models_are_missing_then_the_check_fails(settings: Settings, tmp_path: Path) -> None:
    chosen = settings.model_copy(update={"models_dir": tmp_path / "none"})
    assert _one(chosen, "model files").severity == "fail"


def test_when_another_speech_model_is_set_then_somebody_should_look(settings: Settings) -> None:
    assert _one(settings, "other models").severity == "ok"
    chosen = settings.model_copy(update={"speech_model": "/srv/whisper-large"})
    assert _one(chosen, "other models").severity == "warn"


# --- store


def test_when_the_store_is_migrated_then_the_database_is_fine(store: Settings) -> None:
    assert _one(store, "database").severity == "ok"


def test_when_the_tables_are_of_another_version_then_the_database_fails(store: Settings) -> None:
    from sqlalchemy import text

    from core.db import writing

    with writing(store) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    assert _one(store, "database").severity == "fail"


def test_when_others_may_read_the_key_then_it_fails(store: Settings) -> None:
    from core.vault import key_path

    assert _one(store, "key file").severity == "ok"
    key_path(store).chmod(0o640)
    assert _one(store, "key file").severity == "fail"
    key_path(store).unlink()
    assert "backup" in _one(store, "key file").remedy


def test_when_an_audit_event_is_changed_then_the_chain_fails(store: Settings) -> None:
    from sqlalchemy import text

    from core import audit
    from core.db import writing

    audit.record(store, SYSTEM, "tested", "case-1")
    assert _one(store, "audit chain").severity == "warn"  # whole, but anchored beside itself
    elsewhere = store.model_copy(update={"anchor_dir": store.home / "anchor"})
    assert _one(elsewhere, "audit chain").severity == "ok"
    with writing(store) as session:
        session.execute(text("UPDATE audit_events SET subject = 'case-2' WHERE subject = 'case-1'"))
    assert _one(elsewhere, "audit chain").severity == "fail"


@pytest.mark.parametrize(("hours", "severity"), [(1, "ok"), (23, "ok"), (25, "fail"), (300, "fail")])
def test_when_retention_ran_some_hours_ago_then_a_day_is_the_limit(
    store: Settings, hours: int, severity: str
) -> None:
    assert _one(store, "retention").severity == "warn"  # never
    retention.run(store, now=datetime.now(UTC) - timedelta(hours=hours))
    assert _one(store, "retention").severity == severity


# --- worker


def test_when_no_worker_lives_then_waiting_jobs_make_it_a_failure(settings: Settings) -> None:
    assert _one(settings, "worker").severity == "warn"
    jobs.enqueue("toy.quick", {}, settings)
    found = _one(settings, "worker")
    assert found.severity == "fail"
    assert "1 jobs wait" in found.message


def test_when_the_worker_gave_a_sign_of_life_then_it_is_alive_until_it_stops(settings: Settings) -> None:
    job_table.beat(settings, "worker-1", 4711)
    assert _one(settings, "worker").severity == "ok"
    job_table.beat(settings, "worker-1", 4711, stopped=True)
    assert _one(settings, "worker").severity == "warn"


def test_when_the_clock_is_fixed_then_the_worker_is_still_judged_by_real_time(settings: Settings) -> None:
    from core import clock

    job_table.beat(settings, "worker-1", 4711)
    with clock.fixed(datetime(2031, 1, 1, tzinfo=UTC)):
        assert _one(settings, "worker").severity == "ok"


# --- machine and outside


@pytest.mark.parametrize(("free_mb", "severity"), [(100, "fail"), (1000, "warn"), (90_000, "ok")])
def test_when_little_space_is_left_then_it_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free_mb: int, severity: str
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free_mb * 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert _one(settings, "disk space").severity == severity


OUTSIDE: list[tuple[dict[str, Any], str]] = [
    ({}, "ok"),
    ({"chat_url": "http://127.0.0.1:8080/v1"}, "ok"),
    ({"chat_url": "http://[::1]:8080/v1"}, "ok"),
    ({"chat_url": "http://localhost:8080/v1"}, "ok"),
    ({"chat_url": "http://127.0.0.1.example.org/v1"}, "fail"),
    ({"chat_url": "https://models.example/v1"}, "fail"),
    ({"chat_url": "https://models.example/v1", "chat_zone": "council"}, "warn"),
    ({"chat_zone": "outside"}, "warn"),
    ({"allowed_zones": ("machine", "outside")}, "warn"),
    ({"database_url": "postgresql+psycopg://db.example/rapt"}, "warn"),
    ({"speech_model": "Systran/faster-whisper-small"}, "warn"),
]


@pytest.mark.parametrize(("changes", "severity"), OUTSIDE)
def test_when_a_setting_reaches_outside_then_it_is_listed(
    settings: Settings, changes: dict[str, Any], severity: str
) -> None:
    chosen = settings.model_copy(update=changes)
    assert _one(chosen, "outside connections").severity == severity


def test_when_tracing_is_on_in_the_environment_then_it_is_listed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _one(settings, "telemetry").severity == "ok"
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    assert _one(settings, "telemetry").samples == ("LANGSMITH_TRACING",)


def test_when_a_council_fact_has_expired_then_it_is_listed(settings: Settings) -> None:
    from core import clock

    with clock.fixed(datetime(2026, 11, 1, tzinfo=UTC)):
        assert _one(settings, "council profile").severity == "ok"
    with clock.fixed(datetime(2027, 4, 1, tzinfo=UTC)):
        assert _one(settings, "council profile").samples == ("home_care_guide_price_per_hour_gbp",)


# --- housekeeping


def test_when_retention_is_due_then_the_worker_runs_it_under_the_councils_periods(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core import housekeeping

    used: list[retention.Periods] = []
    run: Callable[..., Any] = retention.run

    def spy(*args: Any, **more: Any) -> Any:
        used.append(more["periods"])
        return run(*args, **more)

    monkeypatch.setattr(retention, "run", spy)
    housekeeping.retention_if_due(store)
    housekeeping.retention_if_due(store)  # not due any more
    assert used == [retention.Periods(audio=30, transcript=90, draft=90, final=2922)]
    assert housekeeping.retention_due(store, datetime.now(UTC) + timedelta(hours=21))


def test_when_the_profile_cannot_be_read_then_nothing_is_deleted_on_a_guess(
    store: Settings, tmp_path: Path
) -> None:
    from core import housekeeping
    from core.errors import BadInput

    with pytest.raises(BadInput):
        housekeeping.retention_if_due(store.model_copy(update={"profile": tmp_path / "none.yaml"}))
    assert retention.last_run(store) is None


def test_when_health_is_imported_then_no_heavy_library_is() -> None:
    code = "import sys, core.health, core.health_checks; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
