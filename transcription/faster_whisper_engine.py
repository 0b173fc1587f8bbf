"""The default engine: Whisper by faster-whisper (CTranslate2, int8) on the processor."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.evidence import Word
from core.settings import Settings
from transcription.engine import Heard
from transcription.vocabulary import prompt
from transcription.weights import Weights, speech_weights

BEAM = 5


class FasterWhisperEngine:
    """Beam 5, English, word times, each window on its own; no batching, which costs accuracy."""

    name = "faster-whisper"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._weights: Weights | None = None
        self._model: Any = None

    @property
    def model_sha256(self) -> str:
        """Hash of the model file in use; raises MissingModel when it is not the pinned one."""
        return self._located().sha256

    def transcribe(
        self,
        audio: np.ndarray,
        vocabulary: Sequence[str] = (),
        progress: Callable[[float], None] | None = None,
    ) -> list[Heard]:
        """Return what is said; raises MissingModel when the model files are not right."""
        segments, _ = self._loaded().transcribe(
            audio,
            language="en",
            beam_size=BEAM,
            word_timestamps=True,
            # text of the window before makes one mistake spread over minutes, and costs nothing to leave out
            condition_on_previous_text=False,
            hotwords=prompt(vocabulary),
        )
        heard = []
        length = max(len(audio) / 16_000, 0.01)
        for segment in segments:
            words = tuple(
                Word(text=w.word.strip(), start=w.start, end=w.end, probability=round(w.probability, 4))
                for w in segment.words or ()
                if w.word.strip()
            )
            heard.append(Heard(words, segment.avg_logprob, segment.no_speech_prob, segment.compression_ratio))
            if progress:
                progress(min(1.0, segment.end / length))
        return heard

    def close(self) -> None:
        """Free the model."""
        self._model = None
        gc.collect()

    def _located(self) -> Weights:
        if self._weights is None:
            self._weights = speech_weights(self._settings)
        return self._weights

    def _loaded(self) -> Any:
        if self._model is None:
            from faster_whisper import WhisperModel

            self._model = WhisperModel(
                str(self._located().folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=self._settings.speech_threads,
                local_files_only=True,
            )
        return self._model
