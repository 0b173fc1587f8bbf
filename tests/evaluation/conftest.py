"""The pinned model files of this checkout, for tests whose home is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.settings import Settings, get_settings

MODELS = Path(__file__).resolve().parents[2] / "var" / "models"


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The shared settings with the model files in reach."""
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    get_settings.cache_clear()
    return get_settings()
