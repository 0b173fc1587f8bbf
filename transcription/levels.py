"""How loud a recording is, gathered block by block while it is decoded."""

from __future__ import annotations

import numpy as np

from core.evidence import Finding
from core.findings import finding
from transcription.findings import AUDIO_CLIPPED, AUDIO_TRUNCATED, AUDIO_VERY_QUIET

_CLIPPED = 32_700
_CLIPPED_SHARE = 0.001
_QUIET = 0.003
"""loudest ordinary level (of full scale) below which a recording counts as very quiet: -50 dB"""
_NORMAL = 0.25
_MAX_GAIN = 30.0
_LOUDEST = 0.35
"""a sentence must not be raised above this level: its peaks are about three times as high"""
_FRAME = 480
_PER_SECOND = 16_000 / _FRAME
_COUNTED_S = 1200.0
"""in hours of a quiet room a visit's speech is far less than a twentieth; of so many seconds it is enough"""
_SENTENCE_S = 2.0


class Levels:
    """Counts clipped samples and keeps a histogram of the loudness of 30 ms frames."""

    def __init__(self) -> None:
        self._total = 0
        self._clipped = 0
        self._histogram = np.zeros(121, dtype=np.int64)
        self._rest = np.zeros(0, dtype=np.int16)

    def add(self, block: np.ndarray) -> None:
        """Count one block of int16 samples."""
        self._total += len(block)
        # the most negative value has no positive twin in int16, so compare both ends
        self._clipped += int(np.count_nonzero((block >= _CLIPPED) | (block <= -_CLIPPED)))
        joined = np.concatenate([self._rest, block])
        whole = len(joined) // _FRAME * _FRAME
        self._rest = joined[whole:]
        if whole:
            frames = joined[:whole].reshape(-1, _FRAME).astype(np.float32) / 32768
            peaks = np.sqrt((frames**2).mean(axis=1))
            decibels = np.clip(20 * np.log10(np.maximum(peaks, 1e-6)), -120, 0)
            self._histogram += np.bincount((decibels + 120).astype(int), minlength=121)[:121]

    def loudness(self) -> float:
        """Return the level (0 to 1) that the loudest twentieth of the non-silent frames exceeds, at most a minute."""
        return self._exceeded_for(_COUNTED_S * 0.05)

    def _exceeded_for(self, seconds: float) -> float:
        """Return the level that so many seconds exceed, or a twentieth of what is not silent when that is less."""
        heard = self._histogram.copy()
        heard[:20] = 0  # digital silence says nothing about the level of the speech
        if not heard.sum():
            return 0.0
        above = np.cumsum(heard[::-1])
        wanted = min(0.05 * heard.sum(), seconds * _PER_SECOND)
        index = 120 - int(np.searchsorted(above, max(1, wanted)))
        return float(10 ** ((index - 120) / 20))

    def gain(self) -> float:
        """Return the factor that brings a quiet recording up; 1 when it is loud enough."""
        level = self.loudness()
        if level <= 0 or level >= 0.03:
            return 1.0
        most = _LOUDEST / self._exceeded_for(_SENTENCE_S)  # a few words in hours of a quiet room are not distorted
        return float(max(1.0, min(_MAX_GAIN, _NORMAL / 4 / level, most)))

    def findings(self, truncated: bool) -> list[Finding]:
        """Return what a person should know about the recording's state."""
        found = []
        if truncated:
            seconds = self._total / 16_000
            found.append(
                finding(
                    AUDIO_TRUNCATED,
                    f"The file is damaged or breaks off: {seconds / 60:.1f} minutes could be read.",
                )
            )
        if self._total and self._clipped / self._total > _CLIPPED_SHARE:
            share = 100 * self._clipped / self._total
            found.append(finding(AUDIO_CLIPPED, f"{share:.1f} % of the recording is too loud and distorted."))
        level = self.loudness()
        if 0 < level < _QUIET:
            found.append(finding(AUDIO_VERY_QUIET, "The recording is very quiet; its level was raised for listening."))
        return found
