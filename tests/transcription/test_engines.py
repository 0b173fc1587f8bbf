"""Both engines hear the same words with the same weights."""

from __future__ import annotations

import pytest

from core.errors import MissingModel
from core.settings import Settings
from tests.transcription.conftest import SPOKEN
from tests.transcription.test_pipeline import plain
from transcription.convert import checkpoint
from transcription.engine import ENGINES
from transcription.media import decode
from transcription.weights import speech_weights


@pytest.mark.slow
def test_when_the_weights_are_converted_then_openai_whisper_loads_all_of_them_and_hears_the_same(
    speech: Settings,
) -> None:
    with decode(SPOKEN / "visit_adult_home.opus", speech) as recording:
        audio = recording.samples(0, 9)
    heard = {}
    for name in ("faster-whisper", "openai-whisper"):
        engine = ENGINES.get(name)(speech)
        segments = engine.transcribe(audio)
        words = [word for segment in segments for word in segment.words]
        assert all(0 <= word.start <= word.end <= 9.1 for word in words)
        heard[name] = (plain(" ".join(word.text for word in words)), engine.model_sha256)
        engine.close()
    (ours, sha), (theirs, same) = heard["faster-whisper"], heard["openai-whisper"]
    assert sha == same
    # int8 and float32 differ in a homophone here and there ("alright", "all right")
    assert len(set(ours) & set(theirs)) >= 0.75 * len(set(ours) | set(theirs))
    assert "council" in ours


@pytest.mark.slow
def test_when_the_converted_file_is_damaged_then_it_is_converted_again(speech: Settings) -> None:
    weights = speech_weights(speech)
    path = checkpoint(weights, speech.home / "converted")
    good = path.read_bytes()
    assert checkpoint(weights, speech.home / "converted") == path
    path.write_bytes(good[:-100])
    assert checkpoint(weights, speech.home / "converted").stat().st_size == len(good)


def test_when_speech_model_names_a_folder_without_a_model_then_it_is_said(speech: Settings) -> None:
    speech.home.mkdir(parents=True, exist_ok=True)
    wrong = speech.model_copy(update={"speech_model": str(speech.home)})
    with pytest.raises(MissingModel) as caught:
        ENGINES.get("faster-whisper")(wrong).model_sha256  # noqa: B018 - reading it is the check
    assert "speech_model" in caught.value.remedy
