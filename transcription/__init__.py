"""Speech to text: audio or video becomes a :class:`core.evidence.Transcript`.

The door is lazy: names load their module when first used, because decoding, recognition and
speaker separation bring large libraries along. Only the finding codes are registered at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from transcription import findings as _findings  # noqa: F401 - registers the finding codes

if TYPE_CHECKING:
    from transcription.clip import turn_clip
    from transcription.diarise import DIARISERS, Diariser
    from transcription.edit import (
        Correction,
        assign_turn,
        correct_turn,
        correction,
        merge_speakers,
        name_speaker,
    )
    from transcription.engine import ENGINES, SpeechEngine
    from transcription.pipeline import transcribe_file
    from transcription.record import from_record, to_record

_WHERE = {
    "turn_clip": "clip",
    "DIARISERS": "diarise",
    "Diariser": "diarise",
    "Correction": "edit",
    "assign_turn": "edit",
    "correct_turn": "edit",
    "correction": "edit",
    "merge_speakers": "edit",
    "name_speaker": "edit",
    "ENGINES": "engine",
    "SpeechEngine": "engine",
    "transcribe_file": "pipeline",
    "from_record": "record",
    "to_record": "record",
}

__all__ = [
    "DIARISERS",
    "ENGINES",
    "Correction",
    "Diariser",
    "SpeechEngine",
    "assign_turn",
    "correct_turn",
    "correction",
    "from_record",
    "merge_speakers",
    "name_speaker",
    "to_record",
    "transcribe_file",
    "turn_clip",
]


def __getattr__(name: str) -> Any:
    """Load a name of the door from its module; AttributeError when there is none."""
    if name not in _WHERE:
        raise AttributeError(f"module 'transcription' has no attribute {name!r}")
    return getattr(import_module(f"transcription.{_WHERE[name]}"), name)
