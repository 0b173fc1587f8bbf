"""The pilot's tests use the repository's pinned model files whatever home they run in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import get_settings

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "var" / "models"


@pytest.fixture(autouse=True)
def _models(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()
