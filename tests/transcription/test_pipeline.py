"""A recording goes in, a transcript with speakers comes out: real files, real models."""

from __future__ import annotations

import json
import shutil
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from core.errors import MissingModel, UsageError
from core.settings import Settings
from tests.transcription.conftest import MODELS, RATE, SPOKEN, tone, write
from tests.transcription.sounds import NOBODY_SPEAKS
from transcription import from_record, to_record, transcribe_file, turn_clip
from transcription.media import decode

Cut = Callable[..., Path]


def plain(text: str) -> list[str]:
    return ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]


def gold(name: str, start: float, end: float) -> list[tuple[str, str]]:
    """(speaker, text) of the turns that lie wholly between two moments."""
    visit = json.loads((SPOKEN / f"{name}.json").read_text("utf-8"))
    times = json.loads((SPOKEN / f"{name}.turns.json").read_text("utf-8"))
    return [(t["speaker"], visit["turns"][t["turn"]]["text"]) for t in times if start <= t["start"] and t["end"] <= end]


@pytest.mark.slow
def test_when_half_a_minute_of_a_visit_is_transcribed_then_words_and_speakers_are_right(
    visit_part: Cut, speech: Settings
) -> None:
    path = visit_part("visit_child_family", 0, 30)
    steps: list[tuple[float, str]] = []
    transcript = transcribe_file(path, settings=speech, progress=lambda f, m: steps.append((f, m)))
    expected = gold("visit_child_family", 0, 30)
    said = plain(" ".join(turn.text for turn in transcript.turns))
    wanted = plain(" ".join(text for _, text in expected))
    assert len(set(wanted) - set(said)) <= 0.15 * len(set(wanted))
    assert len({turn.speaker for turn in transcript.turns}) == len({speaker for speaker, _ in expected}) == 3
    assert transcript.duration == pytest.approx(30, abs=0.1)
    assert len(transcript.model_sha256) == 64
    assert [f for f, _ in steps] == sorted(f for f, _ in steps)
    assert steps[-1][0] == 1.0
    for turn in transcript.turns:
        assert turn.text == " ".join(word.text for word in turn.words)
        assert turn.start <= turn.words[0].start <= turn.words[-1].end <= turn.end + 1e-6
    assert from_record(json.loads(json.dumps(to_record(transcript)))) == transcript


@pytest.mark.slow
def test_when_the_number_of_speakers_is_given_then_that_many_are_found(visit_part: Cut, speech: Settings) -> None:
    path = visit_part("visit_adult_home", 0, 25)
    assert len({t.speaker for t in transcribe_file(path, settings=speech, num_speakers=1).turns}) == 1
    assert len({t.speaker for t in transcribe_file(path, settings=speech, num_speakers=2).turns}) == 2


@pytest.mark.slow
@pytest.mark.parametrize("sound", NOBODY_SPEAKS)
def test_when_nobody_speaks_then_there_are_no_words(sound: str, tmp_path: Path, speech: Settings) -> None:
    path = write(tmp_path / "nobody.wav", NOBODY_SPEAKS[sound](30))
    vocabulary = ["Dorothy Sample", "Elmbridge Carers Hub", "Section 47"]
    transcript = transcribe_file(path, settings=speech, vocabulary=vocabulary)
    assert transcript.turns == ()
    assert "no_speech" in [finding.code for finding in transcript.findings]


@pytest.mark.slow
def test_when_a_long_silence_or_noise_follows_speech_then_the_speech_stays_and_nothing_is_added(
    visit_part: Cut, tmp_path: Path, speech: Settings
) -> None:
    alone = transcribe_file(visit_part("visit_adult_home", 0, 14), settings=speech, diarise=False)
    followed = visit_part("visit_adult_home", 0, 14, silence_after=120)
    with_silence = transcribe_file(followed, settings=speech, diarise=False)
    assert plain(with_silence.turns[-1].text)[-3:] == plain(alone.turns[-1].text)[-3:]
    assert with_silence.turns[-1].end < 15
    assert sum(len(t.words) for t in with_silence.turns) == pytest.approx(sum(len(t.words) for t in alone.turns), abs=2)


@pytest.mark.slow
def test_when_a_recording_is_very_quiet_then_it_is_still_understood(visit_part: Cut, speech: Settings) -> None:
    path = visit_part("visit_adult_home", 0, 10, gain=0.02)
    transcript = transcribe_file(path, settings=speech, diarise=False)
    assert "council" in plain(" ".join(turn.text for turn in transcript.turns))


@pytest.mark.slow
def test_when_local_words_are_given_then_what_was_said_stays(visit_part: Cut, speech: Settings) -> None:
    path = visit_part("visit_adult_home", 0, 30)
    plainly = transcribe_file(path, settings=speech, diarise=False)
    names = ["Dorothy", "Martin", "Karen", "Elmbridge", "Zebedee Quartermain", "reablement"]
    biased = transcribe_file(path, settings=speech, diarise=False, vocabulary=names)
    before, after = (plain(" ".join(t.text for t in x.turns)) for x in (plainly, biased))
    assert {"dorothy", "martin", "karen"} <= set(after)
    assert not {"elmbridge", "zebedee", "quartermain", "reablement"} & set(after)
    assert abs(len(before) - len(after)) <= 3


@pytest.mark.parametrize("name", ["faster-whisper", "openai-whisper"])
def test_when_a_model_file_has_one_wrong_byte_then_it_is_refused_with_a_remedy(
    name: str, tmp_path: Path, speech: Settings
) -> None:
    models = tmp_path / "models"
    shutil.copytree(MODELS / "whisper-base", models / "whisper-base")
    target = models / "whisper-base" / "model.bin"
    with target.open("r+b") as stream:
        stream.seek(1_000_000)
        byte = stream.read(1)
        stream.seek(1_000_000)
        stream.write(bytes([byte[0] ^ 1]))
    broken = speech.model_copy(update={"models_dir": models})
    with pytest.raises(MissingModel) as caught:
        transcribe_file(write(tmp_path / "a.wav", tone(1)), settings=broken, engine=name)
    assert "models pull" in caught.value.remedy


def test_when_the_engine_is_unknown_then_the_known_ones_are_listed(tmp_path: Path, speech: Settings) -> None:
    with pytest.raises(UsageError) as caught:
        transcribe_file(write(tmp_path / "a.wav", tone(1)), settings=speech, engine="magic")
    assert "faster-whisper" in caught.value.remedy


@pytest.mark.parametrize("start", [0.0, 3.0, 61.25])
@pytest.mark.parametrize("kind", ["opus", "wav"])
def test_when_a_turn_is_played_then_it_is_exactly_that_turn(start: float, kind: str, tmp_path: Path, speech: Settings) -> None:
    path = SPOKEN / "visit_carers.opus"
    with decode(path, speech) as recording:
        whole = recording.pcm[:].copy()
    if kind == "wav":
        path = write(tmp_path / "visit.wav", whole.astype(np.float32) / 32767)
    with wave.open(BytesIO(turn_clip(path, start, start + 4, padding=0, settings=speech))) as stream:
        assert (stream.getframerate(), stream.getnchannels(), stream.getsampwidth()) == (RATE, 1, 2)
        clip = np.frombuffer(stream.readframes(stream.getnframes()), dtype=np.int16).astype(float)
    assert len(clip) == pytest.approx(4 * RATE, abs=2)
    first = int(start * RATE)
    lags = range(-400, 401, 4)
    near = [
        float(np.dot(clip[800:-800], whole[first + lag + 800 : first + lag + len(clip) - 800].astype(float)))
        for lag in lags
        if first + lag + 800 >= 0
    ]
    best = [lag for lag in lags if first + lag + 800 >= 0][int(np.argmax(near))]
    assert abs(best) <= 0.02 * RATE


def test_when_a_clip_is_asked_for_after_the_end_then_it_is_said(tmp_path: Path, speech: Settings) -> None:
    from core.errors import BadInput

    path = write(tmp_path / "short.wav", tone(2))
    with pytest.raises(BadInput):
        turn_clip(path, 50, 51, settings=speech)
    with pytest.raises(UsageError):
        turn_clip(path, 5, 4, settings=speech)
