"""Cuts of a spoken visit, what was heard in them, and a reader that knows none of our code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np

from core.evidence import Transcript, Turn, Word

SPOKEN = Path(__file__).resolve().parents[2] / "evaluation" / "data" / "visit_notes" / "spoken"
RATE = 16_000
# what the recogniser wrote down for the first seconds of the spoken visit
HEARD = (
    ("Morning", 0.402, 1.142), ("Dorothy,", 1.142, 1.662), ("it's", 2.002, 2.222), ("Martin,", 2.222, 2.582),
    ("from", 2.862, 2.982), ("the", 2.982, 3.142), ("council.", 3.142, 3.562), ("We", 3.922, 3.982),
    ("spoke", 3.982, 4.242), ("last", 4.862, 5.102), ("week.", 5.102, 5.522),
)  # fmt: skip
PEOPLE = [{"name": "Dorothy", "role": "person"}, {"name": "Martin", "role": "worker"}]


def turn(*words: tuple[str, float, float], text: str = "", probability: float = 0.9) -> Turn:
    made = tuple(Word(text=t, start=s, end=e, probability=probability) for t, s, e in words)
    return Turn(speaker="S1", start=words[0][1], end=words[-1][2], text=text or " ".join(w[0] for w in words), words=made)


VISIT = Transcript(id="visit to Dorothy", path="visit to Dorothy.wav", duration=6.0, turns=(turn(*HEARD),))


def spoken(*parts: tuple[float, float]) -> np.ndarray:
    """Cuts of the spoken visit as int16 samples."""
    with av.open(str(SPOKEN / "visit_adult_home.opus")) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        pieces = [p.to_ndarray().reshape(-1) for f in container.decode(audio=0) for p in resampler.resample(f)]
    whole = np.concatenate(pieces)
    return np.concatenate([whole[int(a * RATE) : int(b * RATE)] for a, b in parts])


def write(path: Path, samples: np.ndarray, codec: str = "pcm_s16le", channels: int = 1, rate: int = RATE) -> Path:
    """A recording with tags and, where the container takes one, a picture track."""
    layout = {1: "mono", 2: "stereo"}[channels]
    with av.open(str(path), "w") as out:
        out.metadata.update({"title": "Visit to Dorothy", "artist": "Martin", "comment": "14 Larkspur Close"})
        picture: Any = None
        if path.suffix == ".mkv":
            picture = out.add_stream("mjpeg", rate=1)
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuvj420p"
        track: Any = out.add_stream(codec, rate=rate)
        track.layout = layout
        if picture is not None:
            out.mux(picture.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
            out.mux(picture.encode(None))
        resampler = av.AudioResampler(format=track.format, layout=layout, rate=rate)
        rows = np.stack([samples // (n + 1) for n in range(channels)], axis=1).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(rows.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        for piece in resampler.resample(frame):
            out.mux(track.encode(piece))
        out.mux(track.encode(None))
    return path


def samples(path: Path, kind: str = "s16", rate: int | None = None) -> np.ndarray:
    """What a player hears, read without any of our code; one column a channel."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format=kind, layout=stream.layout, rate=rate or stream.rate)
        pieces = [p for f in container.decode(stream) for p in resampler.resample(f)]
    return np.concatenate([p.to_ndarray().reshape(-1, len(p.layout.channels)) for p in pieces])
