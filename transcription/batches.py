"""Islands of speech put together into batches an engine can hold, with the way back in time.

Engines compute features of everything they are given at once: a batch of ten minutes keeps six
hours of recording inside the same memory, and silences never reach the engine at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.evidence import Word
from transcription.engine import Heard
from transcription.media import RATE, Recording
from transcription.vad import Window

MAX_BATCH_S = 600.0


@dataclass(frozen=True)
class Batch:
    """Consecutive islands that the engine hears as one audio."""

    islands: tuple[Window, ...]

    @property
    def length(self) -> float:
        """Seconds the engine hears."""
        return sum(island.length for island in self.islands)

    def audio(self, recording: Recording) -> np.ndarray:
        """Return the samples of all islands, one after the other."""
        return np.concatenate([recording.samples(island.start, island.end) for island in self.islands])

    def original(self, moment: float, *, ending: bool = False) -> float:
        """Return the recording's time of a moment of the batch (seconds).

        At a joint, the end of a word belongs to the island before and its start to the one after.
        """
        position = 0.0
        for island in self.islands:
            inside = moment <= position + island.length if ending else moment < position + island.length
            if inside:
                return island.start + max(0.0, moment - position)
            position += island.length
        return self.islands[-1].end

    def restore(self, heard: Heard) -> Heard:
        """Return the segment with the recording's times; a word never spans a cut-out silence."""
        words = []
        for word in heard.words:
            start = self.original(word.start)
            end = self.original(word.end, ending=True)
            island = next((i for i in self.islands if i.start <= start < i.end), self.islands[-1])
            words.append(
                Word(
                    text=word.text,
                    start=round(start, 3),
                    end=round(max(start, min(end, island.end)), 3),
                    probability=word.probability,
                )
            )
        return Heard(tuple(words), heard.avg_logprob, heard.no_speech, heard.compression)


def batches(islands: list[Window], recording: Recording) -> Iterator[Batch]:
    """Yield batches of at most ten minutes; a longer island is cut at its quietest moments."""
    current: list[Window] = []
    length = 0.0
    for island in islands:
        for piece in _pieces(island, recording):
            if current and length + piece.length > MAX_BATCH_S:
                yield Batch(tuple(current))
                current, length = [], 0.0
            current.append(piece)
            length += piece.length
    if current:
        yield Batch(tuple(current))


def _pieces(island: Window, recording: Recording) -> Iterator[Window]:
    start = island.start
    while island.end - start > MAX_BATCH_S:
        cut = _quietest(recording, start + MAX_BATCH_S * 0.9, start + MAX_BATCH_S)
        yield Window(start, cut)
        start = cut
    yield Window(start, island.end)


def _quietest(recording: Recording, low: float, high: float) -> float:
    samples = recording.samples(low, high)
    frame = RATE // 5
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return low + (int(np.argmin((frames**2).sum(axis=1))) + 0.5) * frame / RATE
