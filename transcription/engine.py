"""What a speech engine is, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from core.evidence import Word
from core.registry import Registry
from core.settings import Settings

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Heard:
    """A stretch of recognised speech with the engine's own doubts about it."""

    words: tuple[Word, ...]
    """times in seconds from the start of the audio given to the engine"""
    avg_logprob: float = 0.0
    no_speech: float = 0.0
    compression: float = 1.0

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(word.text for word in self.words)


class SpeechEngine(Protocol):
    """Turns samples into words with times; English only, because accents mislead detection."""

    name: str
    model_sha256: str

    def transcribe(
        self,
        audio: np.ndarray,
        vocabulary: Sequence[str] = (),
        progress: Callable[[float], None] | None = None,
    ) -> list[Heard]:
        """Return what is said in 16 kHz mono float32 ``audio``, in order of time.

        ``vocabulary`` are spellings to prefer; they must never appear unless they were said.
        """
        ...

    def close(self) -> None:
        """Free the model's memory; the engine loads it again when next used."""
        ...


EngineFactory = Callable[[Settings], SpeechEngine]
ENGINES: Registry[EngineFactory] = Registry("speech engine")


def _lazy(module: str, name: str) -> EngineFactory:
    def make(settings: Settings) -> SpeechEngine:
        return getattr(import_module(module), name)(settings)

    return make


ENGINES.add("faster-whisper", _lazy("transcription.faster_whisper_engine", "FasterWhisperEngine"))
ENGINES.add("openai-whisper", _lazy("transcription.openai_whisper_engine", "OpenAIWhisperEngine"))
