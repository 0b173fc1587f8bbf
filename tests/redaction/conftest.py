"""The real recognisers on the real model files, loaded once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import Settings, get_settings
from redaction.redactor import Redactor

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"


@pytest.fixture(autouse=True)
def _models(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def rules_only() -> Redactor:
    """The rules without the tagger: fast enough for properties and long texts."""
    return Redactor(Settings(models_dir=MODELS), frozenset({"own_tagger"}))
