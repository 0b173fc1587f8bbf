"""Where somebody speaks: Silero voice activity over the whole recording, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transcription.media import RATE, Recording

_BLOCK_S = 600.0
_LEAD_S = 2.0
"""seconds of context before a block: the detector needs some sound before it is sure"""
_JOIN_S = 0.1

JOIN_S = 2.0
"""a pause shorter than this stays inside one island"""
PAD_S = 0.4


@dataclass(frozen=True)
class Window:
    """A stretch of time in seconds."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds."""
        return self.end - self.start


def speech_windows(recording: Recording) -> list[Window]:
    """Return the stretches with speech, in order, without padding; empty for silence and noise."""
    found: list[Window] = []
    begin = 0.0
    while begin < recording.duration:
        end = min(begin + _BLOCK_S, recording.duration)
        lead = min(_LEAD_S, begin)
        for window in _detect(recording.samples(begin - lead, end)):
            start, stop = max(begin, window.start + begin - lead), window.end + begin - lead
            if stop <= begin:
                continue
            if found and start - found[-1].end < _JOIN_S:
                found[-1] = Window(found[-1].start, stop)
            else:
                found.append(Window(start, stop))
        begin = end
    return found


def _detect(samples: np.ndarray) -> list[Window]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=0.5, min_speech_duration_ms=200, min_silence_duration_ms=100, speech_pad_ms=30)
    return [Window(t["start"] / RATE, t["end"] / RATE) for t in get_speech_timestamps(samples, options)]


def islands(windows: list[Window], duration: float) -> list[Window]:
    """Return padded stretches to transcribe: short pauses inside, long silences left out."""
    joined: list[Window] = []
    for window in windows:
        start, end = max(0.0, window.start - PAD_S), min(duration, window.end + PAD_S)
        if joined and start - joined[-1].end < JOIN_S - 2 * PAD_S:
            joined[-1] = Window(joined[-1].start, end)
        else:
            joined.append(Window(start, end))
    return joined
