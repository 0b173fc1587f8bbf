"""Transcripts keep their times and one token per person; doctor lists every recogniser."""

from __future__ import annotations

import pytest

from core.evidence import Transcript, Turn, Word
from core.health import run_checks
from core.settings import Settings
from redaction import health, redact_transcript
from redaction.recognisers import TABLE, nino
from tests.redaction.conftest import MODELS


def _turn(speaker: str, text: str, start: float) -> Turn:
    words = tuple(
        Word(text=" " + w, start=start + n, end=start + n + 0.9) for n, w in enumerate(text.split())
    )
    return Turn(speaker=speaker, start=start, end=start + len(words), text=text, words=words)


TRANSCRIPT = Transcript(
    id="t",
    path="visit to Siobhan.wav",
    turns=(
        _turn("S1", "Hello Siobhan, what's your number?", 0.0),
        _turn("S2", "It's nine four three four seven six five nine one nine, dear.", 10.0),
        _turn("S1", "NHS number, thank you siobhan.", 30.0),
    ),
    names={"S1": "Tunde Adesina", "S2": "Siobhan Okonkwo"},
    speakers={"S1": "worker", "S2": "person"},
)


def test_when_a_transcript_is_redacted_then_people_keep_one_token_and_words_keep_their_times() -> None:
    done = redact_transcript(TRANSCRIPT)
    twin = done.transcript
    dumped = twin.model_dump_json().lower()
    assert (
        "siobhan" not in dumped
        and "okonkwo" not in dumped
        and "tunde" not in dumped
        and "nine four" not in dumped
    )
    assert twin.names == {"S1": "<PERSON_1 (worker)>", "S2": "<PERSON_2 (person)>"}
    assert "<PERSON_2 (person)>" in twin.turns[0].text and "<PERSON_2 (person)>" in twin.turns[2].text
    number = next(m for m in done.muted if m.turn == 1)
    assert (number.start, number.end) == (11.0, 20.9)
    spoken = done.entities[1][0]
    assert (
        TRANSCRIPT.turns[1].text[spoken.start : spoken.end]
        == "nine four three four seven six five nine one nine"
    )


def test_when_all_is_well_then_doctor_lists_every_recogniser_as_on() -> None:
    (check,) = run_checks(Settings(models_dir=MODELS), ["recognisers"])
    assert check.severity == "ok"
    assert all(name in check.message for name in TABLE)


def test_when_one_is_switched_off_in_the_settings_then_doctor_says_so() -> None:
    (check,) = run_checks(Settings(models_dir=MODELS, recognisers_off=("nino",)), ["recognisers"])
    assert check.severity == "warn" and "nino off" in check.message


def test_when_one_is_off_and_nobody_said_so_then_doctor_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nino.Nino, "RULES", ())
    found = health.look(Settings(models_dir=MODELS))
    assert found.severity == "fail" and "nino fails" in found.message


def test_when_a_model_is_missing_then_doctor_fails(tmp_path: object) -> None:
    (check,) = run_checks(Settings(models_dir=tmp_path), ["recognisers"])  # pyright: ignore[reportArgumentType]
    assert check.severity == "fail" and "models pull" in check.remedy
