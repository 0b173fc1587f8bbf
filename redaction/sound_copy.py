"""A copy of a recording with some seconds silenced; nothing but the sound is copied."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.disk import disk_full, is_full
from core.errors import BadInput, ServiceUnavailable
from core.settings import Settings
from core.sound import frames, most_seconds, no_sound, not_audio, open_sound, too_long

KINDS = {".wav": "wav", ".flac": "flac", ".opus": "ogg"}
"""file endings that can be written → container"""
TONE_HERTZ = 440.0
TONE_LEVEL = 0.05
"""of full scale: soft"""
_FADE_S = 0.01
_OPUS_RATES = (8000, 12000, 16000, 24000, 48000)
_WAV = {"u8": "pcm_u8", "s16": "pcm_s16le", "s32": "pcm_s32le", "flt": "pcm_f32le", "dbl": "pcm_f64le"}
_LOSSLESS = ("pcm_", "flac", "alac", "wavpack", "tta", "ape")


@dataclass(frozen=True)
class Shape:
    """How the samples of a copy are kept."""

    codec: str
    format: str
    layout: str
    rate: int

    @property
    def middle(self) -> float:
        """The value of silence."""
        return 128 if self.format == "u8" else 0

    @property
    def full(self) -> float:
        """The value of full scale."""
        return {"u8": 127.0, "s16": 32767.0, "s32": 2147483647.0}.get(self.format, 1.0)


def shape_of(frame: Any, source: str, ending: str) -> Shape:
    """Return how a copy keeps the samples of a recording.

    .wav and .flac keep lossless samples as they are, and lossy ones as 16 bits; raises BadInput when .flac
    has no room for them.
    """
    base = frame.format.packed.name if source.startswith(_LOSSLESS) else "s16"
    rate, layout = int(frame.sample_rate), frame.layout.name
    if ending == ".opus":
        return Shape("libopus", "s16", layout, rate if rate in _OPUS_RATES else 48_000)
    if ending == ".flac":
        exact = base in ("u8", "s16") or (base == "s32" and (source.endswith("s24le") or not source.startswith("pcm_")))
        if not exact:
            raise BadInput(
                "A .flac file cannot hold the samples of this recording as they are.",
                "Write a .wav file instead.",
                code="format_not_exact",
            )
        return Shape("flac", "s32" if base == "s32" else "s16", layout, rate)
    if base not in _WAV:
        raise BadInput("This kind of samples cannot be copied.", "Save the recording as 16-bit wav first.", code="not_audio")
    return Shape("pcm_s24le" if source == "pcm_s24le" else _WAV[base], base, layout, rate)


def write_copy(
    source: Path, target: Path, stretches: Sequence[tuple[float, float]], settings: Settings, *, ending: str, tone: bool
) -> tuple[int, Shape]:
    """Write the copy to ``target`` (a temporary file) and return (samples per channel, how they are kept).

    Raises:
        BadInput: the source is no usable recording, or the ending cannot hold its samples.
        ServiceUnavailable: the disk is full.
    """
    import av
    from av.error import FFmpegError

    limit = most_seconds(settings)
    with ExitStack() as stack:
        stream = stack.enter_context(source.open("rb"))
        container = stack.enter_context(open_sound(stream))
        decoded = (frame for frame in frames(container) if frame is not None)
        first = next(decoded, None)
        if first is None:
            raise no_sound()
        shape = shape_of(first, container.streams.audio[0].codec_context.name, ending)
        resampler = av.AudioResampler(format=shape.format, layout=shape.layout, rate=shape.rate)
        at = 0
        try:
            # rf64: a wav of many hours outgrows its four-byte sizes; bitexact: no name of the program in the file
            made = stack.enter_context(
                av.open(str(target), "w", format=KINDS[ending], options={"fflags": "+bitexact"}
                        | ({"rf64": "auto"} if ending == ".wav" else {}))
            )  # fmt: skip
            track: Any = made.add_stream(shape.codec, rate=shape.rate)
            track.layout, track.format = shape.layout, shape.format
            for block in _blocks(first, decoded, resampler):
                channels = block.shape[1]
                silenced(block, at, stretches, shape, tone)
                frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format=shape.format, layout=shape.layout)
                frame.sample_rate, frame.pts = shape.rate, at
                made.mux(track.encode(frame))
                at += block.size // channels
                if at > limit * shape.rate:
                    raise too_long(settings)
            made.mux(track.encode(None))
        except (FFmpegError, ValueError) as error:
            raise _cannot(error) from error
    if not at:
        raise no_sound()
    return at, shape


def _blocks(first: Any, rest: Iterator[Any], resampler: Any) -> Iterator[np.ndarray]:
    """Yield writable blocks of samples, one row a moment, one column a channel."""
    for frame in _chain([first], rest):
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().reshape(-1, len(piece.layout.channels)).copy()


def _chain(*parts: Iterable[Any]) -> Iterator[Any]:
    for part in parts:
        yield from part
    yield None  # what the resampler still holds


def silenced(block: np.ndarray, at: int, stretches: Sequence[tuple[float, float]], shape: Shape, tone: bool) -> None:
    """Silence, in place, the parts of a block of samples that begins ``at`` samples into the recording."""
    for start, end in stretches:
        first, last = samples_of(start, end, shape.rate)
        low, high = max(first, at), min(last, at + len(block))
        if low >= high:
            continue
        part = block[low - at : high - at]
        part[:] = shape.middle
        if tone:
            part += beep(low - first, high - first, last - first, shape)[:, None].astype(part.dtype)


def samples_of(start: float, end: float, rate: int) -> tuple[int, int]:
    """Return the samples between two moments (seconds), whole ones outwards."""
    return math.floor(start * rate), math.ceil(end * rate)


def beep(low: int, high: int, length: int, shape: Shape) -> np.ndarray:
    """Return samples ``low`` to ``high`` of a soft tone of ``length`` samples, in the copy's own scale."""
    moments = np.arange(low, high)
    fade = max(1.0, min(_FADE_S * shape.rate, length / 2))
    edge = np.minimum(1.0, np.minimum(moments, length - 1 - moments) / fade)
    wave = TONE_LEVEL * edge * np.sin(2 * np.pi * TONE_HERTZ * moments / shape.rate) * shape.full
    return np.rint(wave) if shape.format in ("u8", "s16", "s32") else wave


def _cannot(error: Exception) -> BadInput | ServiceUnavailable:
    if is_full(error):
        return disk_full()
    return not_audio()


def read_copy(path: Path, shape: Shape) -> Iterator[np.ndarray]:
    """Yield the samples of a finished copy in blocks, one row a moment, one column a channel."""
    import av

    with path.open("rb") as stream, open_sound(stream) as container:
        # an opus file is always decoded at 48 kHz, whatever went into it
        resampler = av.AudioResampler(format=shape.format, layout=shape.layout, rate=shape.rate)
        for frame in _chain(frame for frame in frames(container) if frame is not None):
            for piece in resampler.resample(frame):
                yield piece.to_ndarray().reshape(-1, len(piece.layout.channels))
