"""Opening a recording safely, and its decoded frames; what listens and what writes copies share it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from core.errors import BadInput
from core.settings import Settings

FORMATS = "wav,w64,mp3,mov,mp4,m4a,3gp,ogg,flac,matroska,webm,aac,amr,aiff,au,caf,asf,avi,mpeg,mpegts,flv"
"""demuxers that may read an upload; playlists (hls, concat, sdp) stay out: they open other files"""
ACCEPTED = "wav, mp3, m4a, ogg or opus, flac, mp4 or webm"
_BAD_PACKETS = 200
_OVER_S = 60.0
"""a recorder that stops itself after so many hours writes a little more than that"""


def check_file(path: Path, settings: Settings) -> None:
    """Raise BadInput when a recording cannot be opened, is empty or is larger than the settings allow."""
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


def open_sound(stream: IO[bytes]) -> Any:
    """Return an open PyAV container with a sound track (close it); raises BadInput for what is none."""
    import av
    from av.error import FFmpegError

    try:
        # a stream, not a path: a name such as "concat:a|b" would otherwise be read as a URL
        container = av.open(stream, mode="r", options={"format_whitelist": FORMATS}, metadata_errors="ignore")
    except (FFmpegError, ValueError, OSError) as error:
        raise not_audio() from error
    if not container.streams.audio:
        container.close()
        raise BadInput(
            "The file has no sound track.",
            f"Upload a recording with sound: {ACCEPTED}.",
            code="no_audio_stream",
        )
    return container


def frames(container: Any) -> Iterator[Any]:
    """Yield the decoded frames of the first sound track; None stands for a packet that could not be read.

    Frames carry no clock: moments are counted in samples, because the clock of a damaged file jumps.
    """
    from av.error import EOFError as AvEOFError
    from av.error import FFmpegError

    packets = container.demux(container.streams.audio[0])
    bad = 0
    while bad < _BAD_PACKETS:
        try:
            packet = next(packets)
        except (StopIteration, AvEOFError):
            return
        except FFmpegError:
            yield None
            return
        try:
            decoded = packet.decode()
        except AvEOFError:
            return
        except FFmpegError:
            bad += 1
            yield None
            continue
        for frame in decoded:
            frame.pts = None
            yield frame


def claimed_seconds(container: Any) -> float:
    """Return the length that the file's header names, 0 when it names none."""
    stream = container.streams.audio[0]
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else 0.0


def most_seconds(settings: Settings) -> float:
    """Return the longest recording that is read: the limit and a little over it."""
    limit = settings.max_audio_hours * 3600
    return limit + min(_OVER_S, 0.01 * limit)


def not_audio() -> BadInput:
    """Return the error for a file that is no recording."""
    return BadInput(
        "The file cannot be read as audio or video; it may be something else, or cut off.",
        f"Play it to check, copy it again, or save it as {ACCEPTED}.",
        code="not_audio",
    )


def too_long(settings: Settings) -> BadInput:
    """Return the error for a recording above the settings' limit."""
    return BadInput(
        f"The recording is longer than the limit of {settings.max_audio_hours:g} hours.",
        "Split it into parts, or ask the administrator to raise max_audio_hours.",
        code="too_long",
    )


def no_sound() -> BadInput:
    """Return the error for a sound track of zero seconds."""
    return BadInput(
        "The recording has no sound in it (zero seconds).",
        "Check the file by playing it, then upload it again.",
        code="zero_seconds",
    )
