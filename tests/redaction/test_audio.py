"""A silenced copy: every masked second is silent, the rest is the recording, and nothing else comes along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.errors import BadInput, PolicyRefused, RaptError, UsageError
from core.evidence import Transcript
from core.settings import Settings, get_settings
from redaction import LeakFound, audio_service, redact_audio
from redaction.recognisers import TABLE
from redaction.sound_copy import Shape, beep, samples_of
from tests.redaction.spoken_visit import HEARD, PEOPLE, RATE, VISIT, samples, spoken, turn, write
from ui.cli import run


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
