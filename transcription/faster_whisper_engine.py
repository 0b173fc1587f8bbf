"""The default engine: Whisper by faster-whisper (CTranslate2, int8) on the processor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.evidence import Word
from transcription.engine import Heard
from transcription.vocabulary import prompt
from transcription.whisper_engine import BEAM, WhisperEngine


class FasterWhisperEngine(WhisperEngine):
    """Beam 5, English, word times, each window on its own; no batching, which costs accuracy."""

    name = "faster-whisper"

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
