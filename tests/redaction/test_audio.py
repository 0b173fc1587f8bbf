"""A silenced copy: every masked second is silent, the rest is the recording, and nothing else comes along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.errors import BadInput, PolicyRefused, RaptError, UsageError
from core.evidence import Transcript, Turn, Word
from core.settings import Settings, get_settings
from redaction import LeakFound, audio_service, redact_audio
from redaction.audio import MARGIN_S, plan
from redaction.model import Entity
from redaction.recognisers import TABLE
from redaction.sound_copy import Shape, beep, samples_of
from ui.cli import run

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


@pytest.fixture(scope="module")
def first_seconds() -> np.ndarray:
    return spoken((0.0, 6.0))


@pytest.mark.parametrize(
    ("name", "codec", "channels", "out", "kind"),
    [
        ("a.wav", "pcm_s16le", 1, "o.wav", "s16"),
        ("a.wav", "pcm_s16le", 2, "o.flac", "s16"),
        ("a.wav", "pcm_u8", 1, "o.wav", "u8"),
        ("a.wav", "pcm_s24le", 1, "o.flac", "s32"),
        ("a.wav", "pcm_s24le", 2, "o.wav", "s32"),
        ("a.wav", "pcm_f32le", 1, "o.wav", "flt"),
        ("a.flac", "flac", 1, "o.wav", "s16"),
        ("a.mkv", "libopus", 1, "o.wav", "s16"),
        ("a.mp3", "libmp3lame", 2, "o.flac", "s16"),
    ],
)
def test_when_words_are_masked_then_only_their_samples_change_and_only_the_sound_is_copied(
    tmp_path: Path, first_seconds: np.ndarray, name: str, codec: str, channels: int, out: str, kind: str
) -> None:
    source = write(tmp_path / name, first_seconds, codec, channels)
    target = tmp_path / out
    done = redact_audio(source, VISIT, target, people=PEOPLE)
    before, after = samples(source, kind), samples(target, kind)
    assert before.shape == after.shape
    rate = len(before) / done.duration
    masked = np.zeros(len(before), dtype=bool)
    for one in done.silences:
        low, high = samples_of(one.start, one.end, round(rate))
        masked[low:high] = True
    assert 0.05 < masked.mean() < 0.5
    assert (after[masked] == (128 if kind == "u8" else 0)).all()
    assert np.array_equal(after[~masked], before[~masked])
    for _, start, end in (HEARD[1], HEARD[3]):  # both names, whatever the plan says
        assert masked[int(start * rate) + 1 : int(end * rate)].all()
        assert before[int(start * rate) : int(end * rate)].std() > 0
    with av.open(str(target)) as container:
        assert len(container.streams) == 1 and not container.chapters()
        assert {**container.metadata, **container.streams.audio[0].metadata} == {}
    assert b"Dorothy" not in target.read_bytes() and b"Lavf" not in target.read_bytes()


@pytest.mark.parametrize("out", ["o.wav", "o.flac"])
def test_when_a_tone_is_wanted_then_each_silence_is_that_soft_tone(
    tmp_path: Path, first_seconds: np.ndarray, out: str
) -> None:
    source = write(tmp_path / "a.wav", first_seconds)
    done = redact_audio(source, VISIT, tmp_path / out, people=PEOPLE, tone=True)
    before, after = samples(source)[:, 0], samples(tmp_path / out)[:, 0]
    shape = Shape("", "s16", "mono", RATE)
    for one in done.silences:
        low, high = samples_of(one.start, one.end, RATE)
        assert np.array_equal(after[low:high], beep(0, high - low, high - low, shape))
        assert 1000 < np.abs(after[low:high].astype(int)).max() < 2000
        before[low:high] = after[low:high]
    assert np.array_equal(before, after)


@pytest.mark.parametrize("tone", [False, True])
def test_when_the_copy_is_opus_then_the_names_are_gone_and_its_length_is_the_same(
    tmp_path: Path, first_seconds: np.ndarray, tone: bool
) -> None:
    source = write(tmp_path / "a.wav", first_seconds)
    redact_audio(source, VISIT, tmp_path / "o.opus", people=PEOPLE, tone=tone)
    heard = samples(tmp_path / "o.opus", rate=RATE)[:, 0].astype(float)
    assert abs(len(heard) - len(first_seconds)) < 0.03 * RATE
    for _, start, end in (HEARD[1], HEARD[3]):
        inside = heard[int((start + 0.04) * RATE) : int((end - 0.04) * RATE)]
        assert np.abs(inside).max() < (2500 if tone else 400)
    with av.open(str(tmp_path / "o.opus")) as container:
        assert "Dorothy" not in str(container.metadata) and "title" not in container.metadata


GAPS = [
    # masked word, its neighbours, where the silence begins and ends
    ((1.0, 1.5), [(0.2, 0.9), (1.9, 2.2)], (0.95, 1.5 + MARGIN_S)),
    ((1.0, 1.5), [(0.2, 0.98), (1.52, 2.2)], (0.99, 1.51)),
    ((1.0, 1.5), [(0.2, 1.0), (1.5, 2.2)], (1.0, 1.5)),
    ((1.0, 1.5), [(0.2, 1.1), (1.4, 2.2)], (1.0, 1.5)),
    ((0.05, 0.5), [], (0.0, 0.5 + MARGIN_S)),
]


@pytest.mark.parametrize(("masked", "others", "expected"), GAPS)
def test_a_silence_takes_at_most_half_of_the_gap_to_a_word_that_stays(
    masked: tuple[float, float], others: list[tuple[float, float]], expected: tuple[float, float]
) -> None:
    words = sorted([("Dewi", *masked), *(("so", *other) for other in others)], key=lambda w: w[1])
    one = turn(*words)
    at = one.text.index("Dewi")
    (silence,) = plan(Transcript(id="t", turns=(one,)), [[Entity(at, at + 4, "PERSON", 1, "x")]]).silences
    assert (silence.start, silence.end) == pytest.approx(expected)


def entity(text: str, value: str) -> Entity:
    at = text.index(value)
    return Entity(at, at + len(value), "PERSON", 1, "x")


UNTIMED = {
    "no words": Turn(speaker="S1", start=2.0, end=4.0, text="So Dewi came"),
    "words of another text": turn(("So", 2.0, 2.3), ("they", 2.3, 3.0), ("came", 3.0, 4.0), text="So Dewi came"),
    "the name has no time": turn(("So", 2.0, 2.3), ("Dewi", 2.3, 2.3), ("came", 2.3, 4.0)),
}


@pytest.mark.parametrize("one", UNTIMED.values(), ids=UNTIMED)
def test_when_a_masked_word_has_no_time_of_its_own_then_the_whole_turn_is_silenced_and_a_finding_says_so(one: Turn) -> None:
    made = plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]])
    assert [(s.start, s.end) for s in made.silences] == [(2.0 - MARGIN_S, 4.0 + MARGIN_S)]
    assert [f.code for f in made.findings] == ["audio_whole_turn_muted"]
    assert "Dewi" not in made.findings[0].message


def test_when_a_person_wrote_words_that_share_a_time_then_all_of_that_time_is_silenced() -> None:
    words = (
        Word(text="So", start=1.0, end=1.2, probability=0.9),
        Word(text="Dewi", start=1.2, end=1.5, probability=1.0),
        Word(text="rang", start=1.5, end=1.9, probability=1.0),
        Word(text="today", start=1.9, end=2.3, probability=0.9),
    )
    one = Turn(speaker="S1", start=1.0, end=2.3, text="So Dewi rang today", words=words)
    (silence,) = plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]]).silences
    assert (silence.start, silence.end) == (1.2, 1.9)


def test_when_a_turn_without_any_times_holds_a_name_then_it_is_an_error() -> None:
    one = Turn(speaker="S1", start=0.0, end=0.0, text="So Dewi came")
    with pytest.raises(BadInput) as caught:
        plan(Transcript(id="t", turns=(one,)), [[entity(one.text, "Dewi")]])
    assert caught.value.code == "no_times" and "Dewi" not in caught.value.message


def test_when_a_name_was_taken_out_of_the_text_but_is_in_the_words_then_the_turn_is_silenced(
    tmp_path: Path, first_seconds: np.ndarray
) -> None:
    text = "Morning, it's somebody from the council. We spoke last week."
    said = VISIT.model_copy(update={"turns": (VISIT.turns[0].model_copy(update={"text": text}),)})
    done = redact_audio(write(tmp_path / "a.wav", first_seconds), said, tmp_path / "o.wav", people=PEOPLE)
    assert not samples(tmp_path / "o.wav")[int(0.41 * RATE) : int(5.5 * RATE)].any()
    assert "audio_whole_turn_muted" in {f.code for f in done.findings}


def test_when_the_transcript_already_holds_tokens_then_their_words_are_silenced(
    tmp_path: Path, first_seconds: np.ndarray
) -> None:
    words = [("<PERSON_1>" if t.startswith(("Dorothy", "Martin")) else t, s, e) for t, s, e in HEARD]
    said = VISIT.model_copy(update={"turns": (turn(*words),)})
    done = redact_audio(write(tmp_path / "a.wav", first_seconds), said, tmp_path / "o.wav")
    assert [one.types for one in done.silences] == [("PERSON",), ("PERSON",)]


def test_when_the_recording_holds_speech_nobody_wrote_down_then_a_finding_names_the_seconds(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", spoken((0.0, 14.0)))
    said = VISIT.model_copy(update={"duration": 14.0})
    done = redact_audio(source, said, tmp_path / "o.wav", people=PEOPLE)
    (told,) = [f for f in done.findings if f.code == "audio_not_written_down"]
    assert "5.9–14.0 s" in told.message  # what is said after the last word that was written down
    clean = redact_audio(write(tmp_path / "b.wav", spoken((0.0, 6.0))), VISIT, tmp_path / "p.wav", people=PEOPLE)
    assert not [f for f in clean.findings if f.code == "audio_not_written_down"]


REFUSED: dict[str, tuple[dict[str, Any], str, type[RaptError], str]] = {
    "shorter than its transcript": ({"duration": 9.0}, "o.wav", BadInput, "recording_shorter"),
    "longer than its transcript": ({"duration": 3.0}, "o.wav", BadInput, "recording_longer"),
    "a name that is no sound": ({}, "o.mp3", UsageError, "usage"),
    "the recording itself": ({}, "a.wav", UsageError, "usage"),
    "a folder that is not there": ({}, "none/o.wav", BadInput, "unwritable"),
}


@pytest.mark.parametrize(("change", "out", "error", "code"), REFUSED.values(), ids=REFUSED)
def test_when_it_cannot_be_done_rightly_then_nothing_is_written(
    tmp_path: Path, first_seconds: np.ndarray, change: dict[str, Any], out: str, error: type[RaptError], code: str
) -> None:
    source = write(tmp_path / "a.wav", first_seconds)
    before = source.read_bytes()
    with pytest.raises(error) as caught:
        redact_audio(source, VISIT.model_copy(update=change), tmp_path / out, people=PEOPLE)
    assert caught.value.code == code
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.wav"] and source.read_bytes() == before


def test_when_the_samples_do_not_fit_a_flac_then_wav_is_asked_for(tmp_path: Path, first_seconds: np.ndarray) -> None:
    with pytest.raises(BadInput) as caught:
        redact_audio(write(tmp_path / "a.wav", first_seconds, "pcm_f32le"), VISIT, tmp_path / "o.flac", people=PEOPLE)
    assert caught.value.code == "format_not_exact" and not (tmp_path / "o.flac").exists()


def test_when_the_leak_test_finds_somebody_then_no_copy_is_written(
    tmp_path: Path, first_seconds: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPT_RECOGNISERS_OFF", json.dumps([name for name in TABLE if name != "age"]))
    get_settings.cache_clear()
    number = turn(("NHS", 1, 1.5), ("number", 1.5, 2), ("943", 2, 3), ("476", 3, 4), ("5919", 4, 5))
    said = VISIT.model_copy(update={"turns": (number,)})
    with pytest.raises(LeakFound):
        redact_audio(write(tmp_path / "a.wav", first_seconds), said, tmp_path / "o.wav")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.wav"]


def test_when_a_silence_of_the_copy_is_not_silent_then_it_is_thrown_away(
    tmp_path: Path, first_seconds: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = audio_service.write_copy

    def forgets_the_last(source: Path, target: Path, stretches: Any, settings: Settings, **how: Any) -> Any:
        return right(source, target, stretches[:-1], settings, **how)

    monkeypatch.setattr(audio_service, "write_copy", forgets_the_last)
    for name in ("o.wav", "o.flac", "o.opus"):
        with pytest.raises(PolicyRefused) as caught:
            redact_audio(write(tmp_path / "a.wav", first_seconds), VISIT, tmp_path / name, people=PEOPLE)
        assert caught.value.code == "audio_leak"
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.wav"]


def test_when_the_command_gets_a_transcript_then_copy_and_redacted_transcript_are_written(
    tmp_path: Path, first_seconds: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "a.wav", first_seconds)
    (tmp_path / "t.json").write_text(VISIT.model_dump_json(), "utf-8")
    (tmp_path / "p.json").write_text(json.dumps(PEOPLE), "utf-8")
    call = ["redact", "--audio", str(source), "--transcript", str(tmp_path / "t.json"), "--people", str(tmp_path / "p.json")]
    assert run([*call, "--out", str(tmp_path / "o.flac"), "--json", str(tmp_path / "o.json")]) == 0
    record = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert record["turns"][0]["text"].startswith("Morning <PERSON_1") and "Dorothy" not in json.dumps(record)
    assert [one["types"] for one in record["silenced"]] == [["PERSON"], ["PERSON"]]
    assert record["status"] == "unreviewed_draft"
    assert len(samples(tmp_path / "o.flac")) == len(first_seconds)
    # when the transcript cannot be written, there is no copy either
    assert run([*call, "--out", str(tmp_path / "q.wav"), "--json", str(tmp_path / "none" / "o.json")]) == 4
    assert not (tmp_path / "q.wav").exists()
    assert run([*call]) == 2 and run(["redact", str(source), "--tone"]) == 2
    assert "Dorothy" not in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("tone", [False, True])
def test_when_the_copy_is_transcribed_again_then_no_masked_name_or_number_is_in_it(
    tmp_path: Path, settings: Settings, tone: bool
) -> None:
    from transcription import transcribe_file

    # "Morning, Dorothy. It's Martin …" and "… I'll come back and see you on the twenty-fifth of March …"
    source = write(tmp_path / "a.wav", spoken((0.0, 8.6), (273.9, 281.1)))
    options: list[str] = ["--tone"] if tone else []
    out, beside = tmp_path / "o.wav", tmp_path / "o.json"
    (tmp_path / "p.json").write_text(json.dumps([*PEOPLE]), "utf-8")
    call = ["redact", "--audio", str(source), "--people", str(tmp_path / "p.json"), "--out", str(out), "--json", str(beside)]
    assert run([*call, *options]) == 0
    record = json.loads(beside.read_text("utf-8"))
    types = {kind for one in record["silenced"] for kind in one["types"]}
    assert types >= {"PERSON", "DATE"}
    assert "Dorothy" in (before := _said(transcribe_file(source, settings=get_settings(), diarise=False)))
    assert "25" in before
    after = _said(transcribe_file(out, settings=get_settings(), diarise=False)).lower()
    assert "council" in after and "decide" in after
    assert not [word for word in ("dorothy", "martin", "25", "twenty") if word in after]


def _said(transcript: Transcript) -> str:
    return " ".join(one.text for one in transcript.turns)
