"""Where a run took place: what somebody needs to know to repeat it."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from core import clock
from core.model_files import manifest
from core.settings import Settings


def environment(settings: Settings, models: Iterable[str] = ()) -> dict[str, Any]:
    """Return Python, packages, processor, date and model files with SHA-256; no host name, no paths."""
    return {
        "date": clock.now().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "load_average": [round(x, 2) for x in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        "threads": settings.speech_threads,
        "rapt": code_version(),
        "packages": {d.metadata["Name"]: d.version for d in sorted(distributions(), key=_name)},
        "models": model_records(settings, models),
    }


def model_records(settings: Settings, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the files of these models with hash and licence, and whether they are here as pinned."""
    from core.model_files import problems

    known, _ = manifest()
    records = []
    for name in dict.fromkeys(names):
        if name in known:
            records.append(
                {
                    "name": name,
                    "licence": known[name].licence,
                    "as_pinned": not problems(name, settings),
                    "files": [{"path": f.path, "sha256": f.sha256} for f in known[name].files],
                }
            )
    return records


def cpu_name() -> str:
    """Return the processor's name, or the machine's kind when it is not told."""
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def code_version() -> str:
    """Return the commit of the code, with ``+changes`` when files differ from it; empty outside a clone."""
    root = Path(__file__).resolve().parents[1]
    try:
        commit = _git(root, "rev-parse", "HEAD")
        return commit + ("+changes" if _git(root, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=20, check=True)
    return done.stdout.strip()


def _name(distribution: Any) -> str:
    return str(distribution.metadata["Name"]).lower()
