"""Any recording becomes samples; anything else becomes a clear message."""

from __future__ import annotations

import resource
import wave
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput, ServiceUnavailable
from core.settings import Settings
from tests.transcription.conftest import tone, write
from transcription.levels import Levels
from transcription.media import RATE, decode

KINDS = {
    "wav": {"codec": "pcm_s16le"},
    "telephone 8 kHz mu-law": {"codec": "pcm_mulaw", "rate": 8000, "suffix": ".wav"},
    "48 kHz stereo wav": {"codec": "pcm_s16le", "rate": 48_000, "layout": "stereo", "suffix": ".wav"},
    "5.1 flac": {"codec": "flac", "rate": 48_000, "layout": "5.1", "suffix": ".flac"},
    "mp3": {"codec": "libmp3lame", "suffix": ".mp3"},
    "m4a": {"codec": "aac", "suffix": ".m4a", "container": "ipod"},
    "ogg opus": {"codec": "libopus", "rate": 48_000, "suffix": ".ogg"},
    "flac": {"codec": "flac", "suffix": ".flac"},
    "mp4 video": {"codec": "aac", "suffix": ".mp4", "video": True},
    "webm video": {"codec": "libopus", "rate": 48_000, "suffix": ".webm", "video": True},
}


@pytest.mark.parametrize("kind", KINDS)
def test_when_a_recording_is_of_any_usual_kind_then_its_sound_is_read(kind: str, tmp_path: Path, settings: Settings) -> None:
    options = dict(KINDS[kind])
    path = tmp_path / f"home visit 🏠 Zoë{options.pop('suffix', '.wav')}"
    write(path, tone(3, rate=int(options.get("rate", RATE))), **options)  # type: ignore[arg-type]
    with decode(path, settings) as recording:
        assert recording.duration == pytest.approx(3, abs=0.15)
        assert not recording.findings
        spectrum = np.abs(np.fft.rfft(recording.samples(1, 2)))
        assert int(np.argmax(spectrum)) == pytest.approx(440, abs=2)


def _truncated_wav(folder: Path) -> Path:
    path = write(folder / "cut.wav", tone(10))
    path.write_bytes(path.read_bytes()[:150_000])
    return path


def _truncated_mp3(folder: Path) -> Path:
    path = write(folder / "cut.mp3", tone(20), codec="libmp3lame")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


@pytest.mark.parametrize("make", [_truncated_wav, _truncated_mp3])
def test_when_a_file_breaks_off_then_what_there_is_is_read_and_said(make: object, tmp_path: Path, settings: Settings) -> None:
    with decode(make(tmp_path), settings) as recording:  # type: ignore[operator]
        assert 3 < recording.duration < 12
        assert [finding.code for finding in recording.findings] == ["audio_truncated"]


def test_when_the_middle_is_damaged_then_the_rest_is_still_read(tmp_path: Path, settings: Settings) -> None:
    path = write(tmp_path / "damaged.mp3", tone(20), codec="libmp3lame")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(range(250)) * 12
    path.write_bytes(bytes(data))
    with decode(path, settings) as recording:
        assert recording.duration > 15


def _text(folder: Path) -> Path:
    path = folder / "notes.mp3"
    path.write_text("These are notes of a meeting, not a recording.\n" * 200)
    return path


def _picture(folder: Path) -> Path:
    path = folder / "photo.wav"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    return path


def _playlist(folder: Path) -> Path:
    secret = write(folder / "other.wav", tone(1))
    path = folder / "list.m3u8"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{secret}\n#EXT-X-ENDLIST\n")
    return path


def _empty(folder: Path) -> Path:
    (folder / "empty.wav").touch()
    return folder / "empty.wav"


def _zero_seconds(folder: Path) -> Path:
    path = folder / "zero.wav"
    with wave.open(str(path), "wb") as stream:
        stream.setparams((1, 2, RATE, 0, "NONE", ""))
    return path


def _missing(folder: Path) -> Path:
    return folder / "nothing here.wav"


def _cut_mp4(folder: Path) -> Path:
    path = write(folder / "cut.m4a", tone(10), codec="aac", container="ipod")
    path.write_bytes(path.read_bytes()[:20_000])
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_text, "not_audio"),
        (_picture, "not_audio"),
        (_playlist, "not_audio"),
        (_cut_mp4, "not_audio"),
        (_empty, "empty_file"),
        (_zero_seconds, "zero_seconds"),
        (_missing, "unreadable_file"),
    ],
)
def test_when_it_is_no_recording_then_the_message_says_what_to_do(
    make: object, code: str, tmp_path: Path, settings: Settings
) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(BadInput) as caught:
        decode(path, settings)
    assert caught.value.code == code
    assert caught.value.remedy
    assert path.name not in caught.value.message
    assert not list((settings.home / "tmp").glob("*"))


def test_when_a_video_has_no_sound_then_it_is_said(tmp_path: Path, settings: Settings) -> None:
    import av

    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), dtype=np.uint8))))
        out.mux(stream.encode(None))
    with pytest.raises(BadInput) as caught:
        decode(path, settings)
    assert caught.value.code == "no_audio_stream"


def test_when_it_is_longer_than_allowed_then_it_is_refused(tmp_path: Path, settings: Settings) -> None:
    short = settings.model_copy(update={"max_audio_hours": 0.001})
    with pytest.raises(BadInput) as caught:
        decode(write(tmp_path / "long.wav", tone(5)), short)
    assert caught.value.code == "too_long"


def test_when_a_recorder_stopped_itself_at_the_limit_then_a_few_seconds_more_are_taken(
    tmp_path: Path, settings: Settings
) -> None:
    limit = settings.model_copy(update={"max_audio_hours": 0.05})
    with decode(write(tmp_path / "three_minutes.wav", tone(181)), limit) as recording:
        assert recording.duration == pytest.approx(181, abs=0.1)


# minutes of a quiet room, seconds of speech in it
ROOMS = [(60, 70), (60, 20), (60, 3), (30, 60), (0, 30)]


@pytest.mark.parametrize(("minutes", "seconds"), ROOMS)
def test_when_little_is_said_in_a_long_quiet_recording_then_what_is_said_is_not_distorted(minutes: int, seconds: int) -> None:
    hiss = (np.random.default_rng(1).normal(0, 12, 60 * RATE)).astype(np.int16)
    speech = (tone(1, level=0.14) * 32767).astype(np.int16)
    levels = Levels()
    for _ in range(minutes):
        levels.add(hiss)
    for _ in range(seconds):
        levels.add(speech)
    assert 0.14 * levels.gain() < 0.7


def test_when_a_long_recording_is_quiet_throughout_then_it_is_raised() -> None:
    levels = Levels()
    for _ in range(30):
        levels.add((tone(60, level=0.005) * 32767).astype(np.int16))
    assert 10 < levels.gain() <= 30


def test_when_it_is_larger_than_allowed_then_it_is_refused(tmp_path: Path, settings: Settings) -> None:
    small = settings.model_copy(update={"max_upload_mb": 1})
    path = tmp_path / "large.wav"
    with path.open("wb") as stream:
        stream.truncate(1_000_001)
    with pytest.raises(BadInput) as caught:
        decode(path, small)
    assert caught.value.code == "too_large"


def test_when_the_disk_is_nearly_full_then_nothing_is_started(tmp_path: Path, settings: Settings) -> None:
    path = write(tmp_path / "a.wav", tone(1))
    greedy = settings.model_copy(update={"min_free_mb": 10**9})
    with pytest.raises(ServiceUnavailable) as caught:
        decode(path, greedy)
    assert caught.value.code == "disk_full"


def test_when_the_disk_fills_up_while_decoding_then_it_is_said_and_nothing_is_left(tmp_path: Path, settings: Settings) -> None:
    path = write(tmp_path / "a.wav", tone(20))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))  # of 640,000 bytes; to us, the disk is full
    try:
        with pytest.raises(ServiceUnavailable) as caught:
            decode(path, settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.code == "disk_full"
    assert not list((settings.home / "tmp").iterdir())
    with decode(path, settings) as recording:
        assert recording.duration == pytest.approx(20, abs=0.1)


def test_when_it_is_too_loud_or_too_quiet_then_it_is_said(tmp_path: Path, settings: Settings) -> None:
    with decode(write(tmp_path / "loud.wav", np.clip(tone(3, level=3), -1, 1)), settings) as loud:
        assert [finding.code for finding in loud.findings] == ["audio_clipped"]
    with decode(write(tmp_path / "quiet.wav", tone(3, level=0.0015)), settings) as quiet:
        assert [finding.code for finding in quiet.findings] == ["audio_very_quiet"]
        assert np.abs(quiet.samples()).max() > 0.03


def test_when_it_is_decoded_then_no_file_is_left_even_while_it_is_open(tmp_path: Path, settings: Settings) -> None:
    with decode(write(tmp_path / "a.wav", tone(1)), settings) as recording:
        assert len(recording.pcm) == RATE
        assert not list((settings.home / "tmp").iterdir())
