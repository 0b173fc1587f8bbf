"""The kernel's own health checks; import this module to register them."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.health import Check, fail, health_check, ok, warn
from core.settings import Settings
from core.zones import is_loopback


@health_check("model files")
def model_files(settings: Settings) -> list[Check]:
    """Check hash and licence of every pinned model; optional ones may be absent."""
    from core.model_files import PULL, manifest, problems

    wrong: list[str] = []
    absent: list[str] = []
    right: list[str] = []
    for entry in manifest()[0].values():
        found = problems(entry.name, settings)
        if not found:
            right.append(f"{entry.name}: {entry.licence}")
        elif entry.use == "optional" and not (settings.models_path / entry.name).exists():
            absent.append(entry.name)
        else:
            wrong += found
    results = [fail(f"{len(wrong)} model files are missing or wrong.", PULL, wrong)] if wrong else []
    note = f" Not installed (optional): {', '.join(absent)}." if absent else ""
    if right:
        results.append(ok(f"{len(right)} models have their pinned hash.{note}", right))
    return results


@health_check("other models")
def other_models(settings: Settings) -> Check:
    """Say when an unpinned model replaces a pinned one."""
    if settings.speech_model:
        return warn(
            "A speech model other than the pinned one is set (speech_model).",
            "Its hash and licence are not checked by RAPT: record them yourself, or remove the setting.",
        )
    return ok("Only pinned models are set.")


@health_check("database")
def database(settings: Settings) -> Check:
    """Reach the store and compare its tables with this version of RAPT."""
    if no_store_yet(settings):
        return warn(
            "There is no store yet.", "It is made at the first start: run `rapt sample load` or `rapt serve`."
        )
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from core import migrations
    from core.db import reading

    head = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
    with reading(settings) as session:
        present = MigrationContext.configure(session.connection()).get_current_revision()
    if present != head:
        return fail(
            "The store's tables are not those of this version of RAPT.",
            "Stop RAPT, make a backup, and start it again: it upgrades the store.",
        )
    return ok("The store answers and its tables are up to date.")


@health_check("key file")
def key_file(settings: Settings) -> Check:
    """Check that the key is there and readable by its owner only."""
    from core.vault import key_path

    if settings.key is not None:
        return ok("The key comes from the environment.")
    path = key_path(settings)
    if not path.exists():
        if not no_store_yet(settings):
            return fail(
                "The key file is missing.",
                "Put it back from your backup; nothing stored can be read without it.",
            )
        return warn("There is no key yet.", "It is made at the first start; back it up apart from the data.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return fail("The key file can be read by other users of this machine.", "Run chmod 600 on it.")
    return ok("The key file is readable by its owner only.")


@health_check("worker")
def worker(settings: Settings) -> Check:
    """Look for the worker's heartbeat."""
    from core.jobs import list_jobs
    from core.worker import worker_alive

    seen = worker_alive(settings)
    waiting = len(list_jobs(settings, state="queued")) + len(list_jobs(settings, state="running"))
    if seen.alive:
        return ok(f"The worker is alive; {waiting} jobs wait or run.")
    remedy = "`rapt serve` starts one; nothing is lost meanwhile."
    if waiting:
        return fail(f"No worker is alive and {waiting} jobs wait.", remedy)
    return warn("No worker is alive; no job waits.", remedy)


@health_check("retention")
def retention(settings: Settings) -> Check:
    """Check that retention ran within a day (real time, not the fixed clock)."""
    if no_store_yet(settings):
        return ok("There is no store yet, so nothing is kept.")
    from core.retention import last_run
    from core.withdrawal import unfinished

    remedy = "Run `rapt retention run`; the worker does it every day while it lives."
    pending = unfinished(settings)
    if pending:
        return fail(f"{len(pending)} withdrawals are not finished everywhere.", remedy, pending)
    last = last_run(settings)
    if last is None:
        return warn("Retention has never run here.", remedy)
    age = datetime.now(UTC) - last
    if age > timedelta(hours=24):
        return fail(f"Retention last ran {age.days * 24 + age.seconds // 3600} hours ago.", remedy)
    return ok("Retention ran within the last 24 hours.")


@health_check("disk space")
def disk_space(settings: Settings) -> Check:
    """Compare free space with the limit below which work is refused."""
    folder = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < settings.min_free_mb:
        return fail(
            f"Only {free} MB are free.", f"Free some space: work is refused below {settings.min_free_mb} MB."
        )
    if free < settings.min_free_mb + settings.max_upload_mb:
        return warn(
            f"{free} MB are free.",
            "One recording of the largest allowed size would not fit; free some space.",
        )
    return ok(f"{free // 1000} GB are free.")


@health_check("council profile")
def council_profile(settings: Settings) -> Check:
    """Load the profile and name facts that have no value today."""
    from core.clock import today
    from core.profile import load_profile

    profile = load_profile(settings=settings)
    unset = [name for name, periods in profile.facts.items() if not any(p.covers(today()) for p in periods)]
    if unset:
        return warn(
            "Some council facts have no value for today.", "Add the value now in force to the profile.", unset
        )
    return ok(f"{profile.name}: {len(profile.facts)} facts are valid today.")


@health_check("outside connections")
def outside_connections(settings: Settings) -> Check:
    """List every setting that lets something leave this machine; there is none by default."""
    lines: list[str] = []
    if settings.chat_zone != "machine":
        lines.append(f"chat_zone = {settings.chat_zone}")
    if settings.chat_url and not is_loopback(settings.chat_url):
        lines.append("chat_url is not on this machine")
    if not set(settings.allowed_zones) <= {"machine"}:
        lines.append(f"allowed_zones = {', '.join(settings.allowed_zones)}")
    for name in ("database_url", "jobs_url"):
        url = getattr(settings, name)
        if url and not url.startswith("sqlite") and not is_loopback(url):
            lines.append(f"{name} is not on this machine")
    if "/" in settings.speech_model and not os.path.exists(settings.speech_model):
        lines.append("speech_model is a hub id: it is fetched from outside")
    if not lines:
        return ok("None is configured; nothing leaves this machine.")
    if settings.chat_url and settings.chat_zone == "machine" and not is_loopback(settings.chat_url):
        return fail(
            "The chat model is called part of this machine, but its address is elsewhere.",
            "Set RAPT_CHAT_ZONE to council or outside: then text is pseudonymised before it goes there.",
            lines,
        )
    return warn(
        "Settings let something leave this machine.", "Keep only what the council has decided on.", lines
    )


@health_check("telemetry")
def telemetry(settings: Settings) -> Check:
    """Check that tracing of libraries is off in this environment."""
    on = [
        n
        for n in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2")
        if os.environ.get(n, "").lower() in ("1", "true")
    ]
    if on:
        return warn(
            "Tracing is switched on in the environment; RAPT switches it off for its own calls.",
            "Remove these variables.",
            on,
        )
    return ok("Tracing is off.")


@health_check("audit chain")
def audit_chain(settings: Settings) -> Check:
    """Walk the whole chain against its anchor."""
    if no_store_yet(settings):
        return ok("There is no store yet.")
    from core import audit

    found = audit.verify(settings)
    if not found.ok:
        return fail(found.message, found.remedy)
    where = settings.anchor_dir
    if where is None:
        return warn(
            f"{found.message} {found.events} events. Its anchor lies beside the store.",
            "Set RAPT_ANCHOR_DIR to a folder on another disk or share, so that a cut tail shows there.",
        )
    return ok(f"{found.message} {found.events} events.")


def no_store_yet(settings: Settings) -> bool:
    """Return whether this is a fresh home: the default SQLite store has not been made."""
    return not settings.database_url and not (settings.home / "rapt.sqlite").exists()
