"""The reference engine: openai-whisper on the same weights as the default one (extra ``reference``)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.errors import MissingModel
from core.evidence import Word
from transcription.convert import alignment_heads, checkpoint
from transcription.engine import Heard
from transcription.vocabulary import prompt
from transcription.whisper_engine import BEAM, WhisperEngine


class OpenAIWhisperEngine(WhisperEngine):
    """Beam 5 in float32 with openai-whisper's own decoding; slow, for comparison."""

    name = "openai-whisper"

    def transcribe(
        self,
        audio: np.ndarray,
        vocabulary: Sequence[str] = (),
        progress: Callable[[float], None] | None = None,
    ) -> list[Heard]:
        """Return what is said; raises MissingModel when weights or the extra are missing."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns at every call that there is no GPU
            result = self._loaded().transcribe(
                audio,
                language="en",
                beam_size=BEAM,
                fp16=False,
                word_timestamps=True,
                condition_on_previous_text=False,
                initial_prompt=prompt(vocabulary),
                carry_initial_prompt=bool(vocabulary),
                verbose=None,
            )
        if progress:
            progress(1.0)
        return [
            Heard(
                tuple(
                    Word(
                        text=w["word"].strip(),
                        start=float(w["start"]),
                        end=float(w["end"]),
                        probability=round(float(w["probability"]), 4),
                    )
                    for w in segment.get("words", [])
                    if w["word"].strip()
                ),
                segment["avg_logprob"],
                segment["no_speech_prob"],
                segment["compression_ratio"],
            )
            for segment in result["segments"]
        ]

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                import torch
                import whisper
            except ImportError as error:
                raise MissingModel(
                    "The engine openai-whisper is not installed.",
                    "Install the extra `reference`, or set speech_engine to faster-whisper.",
                ) from error
            torch.set_num_threads(self._settings.speech_threads)
            weights = self._located()
            model = whisper.load_model(str(checkpoint(weights, self._settings.home / "converted")), device="cpu")
            heads = alignment_heads(weights)
            if heads:
                mask = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
                for layer, head in heads:
                    mask[layer, head] = True
                model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
            self._model = model.float()
        return self._model
