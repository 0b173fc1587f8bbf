"""Any audio or video file as 16 kHz mono samples, in bounded memory.

Decoded samples go to a temporary file that has no name any more when the first sample is
written, so a killed process leaves nothing behind, and six hours cost 0.7 GB of disk, not RAM.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from core.disk import disk_full, is_full
from core.evidence import Finding
from core.settings import Settings
from core.sound import check_file, claimed_seconds, frames, most_seconds, no_sound, not_audio, open_sound, too_long
from transcription.levels import Levels

RATE = 16_000
Progress = Callable[[float, str], None]


@dataclass
class Recording:
    """Decoded audio; use it in a with-block so that its temporary file goes away."""

    pcm: np.ndarray
    """int16 samples at 16 kHz, mapped from the temporary file"""
    gain: float = 1.0
    """factor that brings a quiet recording to a normal level"""
    findings: list[Finding] = field(default_factory=list)
    _file: IO[bytes] | None = None

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / RATE

    def samples(self, start: float = 0.0, end: float | None = None) -> np.ndarray:
        """Return float32 samples between two moments (seconds), levelled, within [-1, 1]."""
        first = max(0, int(start * RATE))
        last = len(self.pcm) if end is None else min(len(self.pcm), int(end * RATE))
        part = np.asarray(self.pcm[first:last], dtype=np.float32) * np.float32(self.gain / 32768)
        return np.clip(part, -1.0, 1.0, out=part)

    def close(self) -> None:
        """Free the mapping and the temporary file."""
        self.pcm = np.zeros(0, dtype=np.int16)
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def decode(path: Path, settings: Settings, progress: Progress | None = None) -> Recording:
    """Return the recording in ``path``.

    A file that breaks off is read as far as it goes and carries the finding ``audio_truncated``.

    Raises:
        BadInput: unreadable, empty, too large, not audio, no sound track, zero seconds, too long.
        ServiceUnavailable: the disk has no room for the decoded samples.
    """
    check_file(path, settings)
    scratch = settings.home / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(scratch).free < settings.min_free_mb * 1_000_000:
        raise disk_full()
    levels = Levels()
    out = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - the Recording closes it
    try:
        with path.open("rb") as stream:
            cut = _shorter_than_header(stream)
            count, broken = _decode_to(stream, out, levels, settings, progress)
        out.flush()
        if count == 0:
            raise no_sound()
        pcm = np.memmap(out, dtype=np.int16, mode="r", shape=(count,))
    except BaseException as error:
        with suppress(OSError):
            out.close()  # without room it cannot write the rest of its buffer
        if is_full(error):
            raise disk_full() from error
        raise
    return Recording(pcm, levels.gain(), levels.findings(broken or cut), out)


def _decode_to(
    stream: IO[bytes], out: IO[bytes], levels: Levels, settings: Settings, progress: Progress | None
) -> tuple[int, bool]:
    """Write int16 samples to ``out``; return (number of samples, whether the file broke off)."""
    limit = most_seconds(settings)
    with open_sound(stream) as container:
        claimed = claimed_seconds(container)
        if claimed > limit:
            raise too_long(settings)
        count, broken = 0, False
        for block in _blocks(container):
            if block is None:
                broken = True
                continue
            out.write(block.tobytes())
            levels.add(block)
            count += len(block)
            if count > limit * RATE:
                raise too_long(settings)
            if progress and claimed:
                progress(min(1.0, count / RATE / claimed), "Reading the recording")
        if count == 0 and broken:
            raise not_audio()
        missing = claimed - count / RATE
        return count, broken or missing > max(1.0, 0.02 * claimed)


def _blocks(container: Any) -> Iterator[np.ndarray | None]:
    """Yield blocks of int16 samples; None stands for a packet that could not be read."""
    import av
    from av.error import FFmpegError

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for frame in frames(container):
        if frame is None:
            yield None
            continue
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().reshape(-1)
    try:
        for piece in resampler.resample(None):
            yield piece.to_ndarray().reshape(-1)
    except (FFmpegError, ValueError):
        return


def _shorter_than_header(stream: IO[bytes]) -> bool:
    """Return whether a wav file ends before the size its header names (its decoder never says so)."""
    head = stream.read(12)
    actual = stream.seek(0, 2)
    stream.seek(0)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return False
    named = int.from_bytes(head[4:8], "little") + 8
    return actual < named - 1 and named < 0xFFFF_0000  # recorders that never go back write the largest size
