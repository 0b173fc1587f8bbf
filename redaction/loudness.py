"""Sound as loud as speech where the transcript has no words: nothing has checked what is said there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.evidence import Finding, Transcript
from core.findings import finding
from redaction.codes import NOT_WRITTEN_DOWN
from redaction.sound_copy import Shape

_STEP_S = 0.1
_EDGE_S = 0.3
"""a turn's times are imprecise: so much around it belongs to it"""
_SPEECH = 0.25
"""of the level of the words that were written down (−12 dB)"""
_LEAST_S = 0.8
_PAUSE_S = 0.5
"""a pause in speech that is told as one place"""
_SHOWN = 5


def unheard(blocks: Iterable[np.ndarray], shape: Shape, transcript: Transcript) -> tuple[Finding, ...]:
    """Return a finding that names the seconds outside every turn in which the sound is as loud as speech."""
    levels = _levels(blocks, shape)
    inside = np.zeros(len(levels), dtype=bool)
    for turn in transcript.turns:
        inside[max(0, int((turn.start - _EDGE_S) / _STEP_S)) : int((turn.end + _EDGE_S) / _STEP_S) + 1] = True
    spoken = levels[inside & (levels > 0)]
    if not len(spoken):
        return ()
    loud = ~inside & (levels > _SPEECH * float(np.median(spoken)))
    places = [(start, end) for start, end in _joined(_stretches(loud)) if (end - start) * _STEP_S >= _LEAST_S]
    if not places:
        return ()
    shown = ", ".join(f"{start * _STEP_S:.1f}–{end * _STEP_S:.1f} s" for start, end in places[:_SHOWN])
    more = f" and {len(places) - _SHOWN} more places" if len(places) > _SHOWN else ""
    return (finding(NOT_WRITTEN_DOWN, f"Sound that the transcript has no words for: {shown}{more}. Nothing checked it."),)


def _levels(blocks: Iterable[np.ndarray], shape: Shape) -> np.ndarray:
    """Return the root mean square of every tenth of a second."""
    size = max(1, int(shape.rate * _STEP_S))
    left = np.zeros(0, dtype=np.float32)
    found: list[np.ndarray] = []
    for block in blocks:
        left = np.concatenate([left, block.astype(np.float32).mean(axis=1) - np.float32(shape.middle)])
        whole = len(left) // size
        if whole:
            found.append(np.sqrt(np.square(left[: whole * size].reshape(whole, size)).mean(axis=1)))
            left = left[whole * size :]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)


def _stretches(marks: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in places:
        if made and (start - made[-1][1]) * _STEP_S <= _PAUSE_S:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made
