"""Recordings for the tests: made sounds, and the spoken fictional visits."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.settings import Settings, get_settings

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ROOT / "evaluation" / "data" / "visit_notes" / "spoken"
MODELS = Path(os.environ.get("RAPT_MODELS_DIR", ROOT / "var" / "models"))
RATE = 16_000


@pytest.fixture
def speech(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a fresh home that use the model files already pulled."""
    monkeypatch.setenv("RAPT_MODELS_DIR", str(MODELS))
    monkeypatch.setenv("RAPT_SPEECH_THREADS", "1")
    get_settings.cache_clear()
    return get_settings()


def tone(seconds: float, hertz: float = 440.0, level: float = 0.3, rate: int = RATE) -> np.ndarray:
    """A sine as float32."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def write(
    path: Path,
    samples: np.ndarray,
    *,
    codec: str = "pcm_s16le",
    container: str | None = None,
    rate: int = RATE,
    layout: str = "mono",
    video: bool = False,
) -> Path:
    """Encode float samples (given at ``rate``) into a file of any kind."""
    import av

    channels = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    pcm = np.repeat((np.clip(samples, -1, 1) * 32767).astype(np.int16)[:, None], channels, axis=1)
    with av.open(str(path), "w", format=container) as out:
        picture: Any = None
        if video:
            picture = out.add_stream("mpeg4" if path.suffix == ".mp4" else "libvpx", rate=5)
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        stream: Any = out.add_stream(codec, rate=rate)
        stream.layout = layout
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        if video:
            for index in range(int(len(samples) / rate * 5)):
                shot = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), dtype=np.uint8), format="rgb24")
                shot.pts, shot.time_base = index, Fraction(1, 5)
                out.mux(picture.encode(shot))
            out.mux(picture.encode(None))
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate
        frame.pts = None
        for piece in resampler.resample(frame):
            piece.pts = None
            fifo.write(piece)
        size = stream.codec_context.frame_size or 1024
        while (block := fifo.read(size, partial=True)) is not None:
            out.mux(stream.encode(block))
        out.mux(stream.encode(None))
    return path


@pytest.fixture
def visit_part(tmp_path: Path, speech: Settings) -> Callable[..., Path]:
    """Return a function that cuts a part of a spoken visit into a wav file."""
    from transcription.media import decode

    def cut(name: str, start: float, end: float, *, gain: float = 1.0, silence_after: float = 0.0) -> Path:
        with decode(SPOKEN / f"{name}.opus", speech) as recording:
            samples = recording.samples(start, end) * gain
        joined = np.concatenate([samples, np.zeros(int(silence_after * RATE), dtype=np.float32)])
        return write(tmp_path / f"{name}_{start:.0f}.wav", joined)

    return cut
