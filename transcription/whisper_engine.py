"""What the Whisper engines share: settings, located weights, the model in memory while it is needed."""

from __future__ import annotations

import gc
from typing import Any

from core.settings import Settings
from transcription.weights import Weights, speech_weights

BEAM = 5


class WhisperEngine:
    """Base of the engines that run on the weights the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._weights: Weights | None = None
        self._model: Any = None

    @property
    def model_sha256(self) -> str:
        """Hash of the model file in use (the converted form is made from it); MissingModel when it is not the pinned one."""
        return self._located().sha256

    def close(self) -> None:
        """Free the model."""
        self._model = None
        gc.collect()

    def _located(self) -> Weights:
        if self._weights is None:
            self._weights = speech_weights(self._settings)
        return self._weights
