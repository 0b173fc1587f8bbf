"""The sound of exactly one turn."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np

from core.errors import BadInput, UsageError
from core.settings import Settings, get_settings
from core.sound import FORMATS
from transcription.media import RATE, decode

PADDING_S = 0.15
MAX_CLIP_S = 600.0


def turn_clip(
    path: str | Path,
    start: float,
    end: float,
    *,
    padding: float = PADDING_S,
    settings: Settings | None = None,
) -> bytes:
    """Return a 16 kHz mono 16-bit WAV of the recording between two moments (seconds).

    Only the part that is asked for is decoded; a file that cannot be entered in the middle is read
    from its beginning.

    Raises:
        BadInput: the file cannot be read, or ends before ``start``.
        UsageError: the times are not in order or longer than ten minutes.
    """
    if not 0 <= start < end or end - start > MAX_CLIP_S:
        raise UsageError("The clip's times are not usable.", "Give 0 <= start < end, at most ten minutes.")
    low, high = max(0.0, start - padding), end + padding
    samples = _entered(Path(path), low, high)
    if samples is None:
        with decode(Path(path), settings or get_settings()) as recording:
            samples = recording.pcm[int(low * RATE) : int(high * RATE)].copy()
    if not len(samples):
        raise BadInput("The recording ends before this turn.", "Transcribe the recording again.", code="not_audio")
    out = io.BytesIO()
    with wave.open(out, "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(np.ascontiguousarray(samples, dtype=np.int16).tobytes())
    return out.getvalue()


def _entered(path: Path, low: float, high: float) -> np.ndarray | None:
    """Return the samples by seeking, or None when the file's clock cannot be trusted for it."""
    import av
    from av.error import FFmpegError

    begin = max(0.0, low - 1.0)
    pieces: list[np.ndarray] = []
    origin: float | None = None
    try:
        with (
            path.open("rb") as file,
            av.open(file, mode="r", options={"format_whitelist": FORMATS}) as container,
        ):
            stream = container.streams.audio[0]
            first = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            if begin > 0:
                container.seek(int((begin + first) * 1_000_000))
            for frame in container.decode(stream):
                if frame.time is None:
                    return None
                if origin is None:
                    origin = frame.time - first
                    if origin > low:
                        return None
                frame.pts = None
                pieces += [p.to_ndarray().reshape(-1) for p in resampler.resample(frame)]
                if sum(len(p) for p in pieces) > (high - origin) * RATE:
                    break
            else:
                pieces += [p.to_ndarray().reshape(-1) for p in resampler.resample(None)]
    except (FFmpegError, OSError, ValueError, IndexError):
        return None
    if origin is None:
        return None
    joined = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16)
    return joined[int((low - origin) * RATE) : int((high - origin) * RATE)]
