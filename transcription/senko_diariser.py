"""senko as it comes, for comparison: spectral or UMAP+HDBSCAN clustering of 1.5 s windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.errors import MissingModel
from core.settings import Settings
from transcription.diarise import Speakers, labelled
from transcription.media import Recording
from transcription.vad import Window


class SenkoDiariser:
    """One stretch at a time; no overlap; needs about half a minute to load."""

    name = "senko"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._senko: Any = None

    def diarise(
        self,
        recording: Recording,
        windows: list[Window],
        num_speakers: int | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Speakers:
        """Return who speaks when; raises MissingModel when senko cannot be loaded."""
        if not windows:
            return Speakers()
        diarizer = self._loaded()
        diarizer.spectral_cluster.cluster.k = num_speakers
        result = diarizer.diarize_samples(recording.samples()) or {"merged_segments": []}
        if progress:
            progress(1.0)
        parts = [(s["start"], s["end"], int(s["speaker"].split("_")[1])) for s in result["merged_segments"]]
        return Speakers(labelled(parts))

    def _loaded(self) -> Any:
        if self._senko is None:
            try:
                import senko
            except ImportError as error:
                raise MissingModel(
                    "The package for telling speakers apart (senko) is not installed.",
                    "Run `make run` again.",
                ) from error
            self._senko = senko.Diarizer(device="cpu", warmup=False, quiet=True)
        return self._senko
