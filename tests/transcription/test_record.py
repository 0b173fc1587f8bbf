"""Records of the contract go out and come back; bad ones are named."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import BadInput
from core.evidence import Transcript, Turn, Word
from transcription.record import from_record, to_record

TURN = {"speaker": "S1", "start": 0.0, "end": 1.0, "text": "Hello"}


def test_when_a_transcript_is_written_and_read_then_it_is_the_same() -> None:
    word = Word(text="Hello", start=0.0, end=1.0, probability=0.7)
    turn = Turn(speaker="S1", start=0, end=1, text="Hello", words=(word,), overlap=True)
    transcript = Transcript(id="a", path="a.wav", duration=1.0, turns=(turn,), speakers={"S1": "child"})
    record = to_record(transcript)
    assert from_record(record) == transcript
    fields = {"id", "path", "duration", "language", "engine", "model_sha256", "turns", "findings"}
    assert fields <= set(record)
    assert {"text", "start", "end", "probability"} <= set(record["turns"][0]["words"][0])


def test_when_a_record_has_unknown_keys_or_roles_then_keys_are_ignored_and_roles_kept() -> None:
    record = {"id": "a", "turns": [{**TURN, "mood": "x"}], "extra": 1, "speakers": {"S1": "interpreter"}}
    assert from_record(record).speakers == {"S1": "interpreter"}


@pytest.mark.parametrize(
    ("record", "names"),
    [
        ([], "object"),
        ({"id": "a"}, "turns"),
        ({"turns": "secret words"}, "turns"),
        ({"turns": ["secret words"]}, "turns.0"),
        ({"turns": [{"speaker": "S1", "text": "secret words"}]}, "turns.0.start"),
        ({"turns": [{**TURN, "start": "secret words"}]}, "turns.0.start"),
        ({"turns": [{**TURN, "start": 3.0}]}, "turns.0"),
        ({"turns": [TURN], "speakers": {"S1": "secret words"}}, "speakers"),
    ],
)
def test_when_a_record_is_bad_then_the_field_is_named_but_never_its_content(record: Any, names: str) -> None:
    with pytest.raises(BadInput) as caught:
        from_record(record)
    assert names in caught.value.message
    assert "secret" not in caught.value.message + caught.value.remedy
