"""Any audio or video file as 16 kHz mono samples, in bounded memory.

Decoded samples go to a temporary file that has no name any more when the first sample is
written, so a killed process leaves nothing behind, and six hours cost 0.7 GB of disk, not RAM.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from core.errors import BadInput, ServiceUnavailable
from core.evidence import Finding
from core.settings import Settings
from transcription.levels import Levels

RATE = 16_000
FORMATS = "wav,w64,mp3,mov,mp4,m4a,3gp,ogg,flac,matroska,webm,aac,amr,aiff,au,caf,asf,avi,mpeg,mpegts,flv"
"""demuxers that may read an upload; playlists (hls, concat, sdp) stay out: they open other files"""
ACCEPTED = "wav, mp3, m4a, ogg or opus, flac, mp4 or webm"
_BAD_PACKETS = 200

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
    _check_file(path, settings)
    scratch = settings.home / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(scratch).free < settings.min_free_mb * 1_000_000:
        raise _disk_full()
    levels = Levels()
    out = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - the Recording closes it
    try:
        with path.open("rb") as stream:
            cut = _shorter_than_header(stream)
            count, broken = _decode_to(stream, out, levels, settings, progress)
        out.flush()
        if count == 0:
            raise BadInput(
                "The recording has no sound in it (zero seconds).",
                "Check the file by playing it, then upload it again.",
                code="zero_seconds",
            )
        pcm = np.memmap(out, dtype=np.int16, mode="r", shape=(count,))
    except BaseException as error:
        out.close()
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise _disk_full() from error
        raise
    return Recording(pcm, levels.gain(), levels.findings(broken or cut), out)


def _check_file(path: Path, settings: Settings) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise BadInput(
            "The recording cannot be opened.", "Check the path and its permissions.", code="unreadable_file"
        ) from error
    if size == 0:
        raise BadInput("The file is empty (0 bytes).", "Copy the recording again.", code="empty_file")
    if size > settings.max_upload_mb * 1_000_000:
        raise BadInput(
            f"The file is larger than the limit of {settings.max_upload_mb} MB.",
            "Save it as audio only (m4a or opus), split it, or ask the administrator to raise max_upload_mb.",
            code="too_large",
        )


def _decode_to(
    stream: IO[bytes], out: IO[bytes], levels: Levels, settings: Settings, progress: Progress | None
) -> tuple[int, bool]:
    """Write int16 samples to ``out``; return (number of samples, whether the file broke off)."""
    import av
    from av.error import FFmpegError

    limit = settings.max_audio_hours * 3600
    try:
        # a stream, not a path: a name such as "concat:a|b" would otherwise be read as a URL
        container = av.open(stream, mode="r", options={"format_whitelist": FORMATS}, metadata_errors="ignore")
    except (FFmpegError, ValueError, OSError) as error:
        raise _not_audio() from error
    with container:
        if not container.streams.audio:
            raise BadInput(
                "The file has no sound track.",
                f"Upload a recording with sound: {ACCEPTED}.",
                code="no_audio_stream",
            )
        claimed = _claimed_seconds(container)
        if claimed > limit:
            raise _too_long(settings)
        count, broken = 0, False
        for block in _blocks(container):
            if block is None:
                broken = True
                continue
            out.write(block.tobytes())
            levels.add(block)
            count += len(block)
            if count > limit * RATE:
                raise _too_long(settings)
            if progress and claimed:
                progress(min(1.0, count / RATE / claimed), "Reading the recording")
        if count == 0 and broken:
            raise _not_audio()
        missing = claimed - count / RATE
        return count, broken or missing > max(1.0, 0.02 * claimed)


def _blocks(container: Any) -> Iterator[np.ndarray | None]:
    """Yield blocks of int16 samples; None stands for a packet that could not be read."""
    import av
    from av.error import EOFError as AvEOFError
    from av.error import FFmpegError

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    packets = container.demux(container.streams.audio[0])
    bad = 0
    while bad < _BAD_PACKETS:
        try:
            packet = next(packets)
        except (StopIteration, AvEOFError):
            break
        except FFmpegError:
            yield None
            break
        try:
            frames = packet.decode()
        except AvEOFError:
            break
        except FFmpegError:
            bad += 1
            yield None
            continue
        for frame in frames:
            frame.pts = None  # gaps in the clock of a damaged file must not stop the resampler
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


def _claimed_seconds(container: Any) -> float:
    stream = container.streams.audio[0]
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else 0.0


def _disk_full() -> ServiceUnavailable:
    return ServiceUnavailable(
        "The disk is full, or nearly so.",
        "Free some space and try again; nothing was changed.",
        code="disk_full",
    )


def _not_audio() -> BadInput:
    return BadInput(
        "The file cannot be read as audio or video; it may be something else, or cut off.",
        f"Play it to check, copy it again, or save it as {ACCEPTED}.",
        code="not_audio",
    )


def _too_long(settings: Settings) -> BadInput:
    return BadInput(
        f"The recording is longer than the limit of {settings.max_audio_hours:g} hours.",
        "Split it into parts, or ask the administrator to raise max_audio_hours.",
        code="too_long",
    )
