"""A silenced copy of a recording: plan, write, open again, look again, and only then let it appear."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.disk import disk_full, is_full
from core.errors import BadInput, PolicyRefused, UsageError
from core.evidence import Finding, Transcript
from core.settings import Settings, get_settings
from core.sound import check_file
from redaction.audio import Plan, Silence, plan, spelled
from redaction.loudness import unheard
from redaction.model import RedactedTranscript
from redaction.people import People
from redaction.sound_copy import KINDS, TONE_LEVEL, Shape, beep, read_copy, samples_of, write_copy
from redaction.transcript import redact_transcript

SLACK_S = 0.5
"""a recording may differ from the length that its transcript names by what converting a file adds"""
_RINGING_S = 0.03
_RINGING = 0.02
"""what a lossy format may leave in a silence, away from its edges, of full scale"""


@dataclass(frozen=True)
class RedactedAudio:
    """What was done to a recording."""

    redacted: RedactedTranscript
    silences: tuple[Silence, ...]
    duration: float
    """seconds, of the recording and of the copy"""
    findings: tuple[Finding, ...]


def redact_audio(
    recording: Path,
    transcript: Transcript,
    out: Path,
    *,
    people: People = (),
    settings: Settings | None = None,
    tone: bool = False,
    before: Callable[[RedactedAudio], object] = lambda made: None,
) -> RedactedAudio:
    """Write a copy of a recording in which the words that say an identifier are silenced.

    ``out`` ends in .wav, .flac or .opus. ``tone`` puts a soft tone in place of silence. ``before`` is called
    when the copy is ready and checked, just before it appears at its name; what it raises stops that.

    Raises:
        LeakFound: the leak test still found somebody in the transcript; nothing is written.
        PolicyRefused: a silence of the finished copy is not silent; nothing is written.
        BadInput: the recording cannot be read, is not the transcript's, or a masked turn has no times.
        UsageError: the name of the copy.
    """
    chosen = settings or get_settings()
    ending = out.suffix.lower()
    if ending not in KINDS:
        raise UsageError("The copy's name must end in .wav, .flac or .opus.", "Give --out FILE.wav, FILE.flac or FILE.opus.")
    if out.exists() and recording.exists() and out.samefile(recording):
        raise UsageError("The copy would replace the recording itself.", "Give the copy another name.")
    check_file(recording, chosen)
    redacted = redact_transcript(transcript, people, chosen)
    made = plan(transcript, redacted.entities, _said_otherwise(transcript, people, redacted, chosen))
    stretches = [(one.start, one.end) for one in made.silences]
    temporary = _temporary(out)
    try:
        count, shape = write_copy(recording, temporary, stretches, chosen, ending=ending, tone=tone)
        duration = count / shape.rate
        _same_recording(transcript, made, duration)
        _look_again(temporary, stretches, count, shape, tone)
        findings = (*redacted.findings, *made.findings, *unheard(read_copy(temporary, shape), shape, transcript))
        result = RedactedAudio(redacted, made.silences, duration, findings)
        before(result)
        os.replace(temporary, out)
    except OSError as error:
        raise disk_full() if is_full(error) else _unwritable() from None
    finally:
        temporary.unlink(missing_ok=True)
    return result


def _temporary(out: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.stem[:40]}-", suffix=out.suffix, dir=out.parent)
    except OSError:
        raise _unwritable() from None
    os.close(handle)
    return Path(name)


def _unwritable() -> BadInput:
    return BadInput(
        "The copy cannot be written there.", "Check that the folder exists and that you may write to it.", code="unwritable"
    )


def _said_otherwise(
    transcript: Transcript, people: People, redacted: RedactedTranscript, settings: Settings
) -> list[int]:
    """Return the turns whose words do not spell their text and say something that identifies.

    A name that a person took out of the text of a turn is still in the words, and in the sound.
    """
    from redaction.service import checked_people, redactor

    odd = [n for n, turn in enumerate(transcript.turns) if turn.words and spelled(turn) is None]
    if not odd:
        return []
    lines = [" ".join("".join(w.text for w in transcript.turns[n].words).split()) or "-" for n in odd]
    seeds = [*checked_people(people)]
    seeds += [{"name": value} for token, value in redacted.vault.values.items() if token.startswith("<PERSON_")]
    draft = redactor(settings).draft("\n".join(lines), seeds)
    found = set()
    start = 0
    for n, line in zip(odd, lines, strict=True):
        if any(start <= e.start < start + len(line) for e in draft.entities):
            found.add(n)
        start += len(line) + 1
    return sorted(found)


def _same_recording(transcript: Transcript, made: Plan, duration: float) -> None:
    last = max([one.end for one in made.silences] + [word.end for turn in transcript.turns for word in turn.words], default=0.0)
    last = max(last, *(turn.end for turn in transcript.turns)) if transcript.turns else last
    if duration + SLACK_S < max(last, transcript.duration):
        raise BadInput(
            "The recording is shorter than its transcript.",
            "Give the whole recording that was transcribed, or transcribe this one.",
            code="recording_shorter",
        )
    if transcript.duration and duration > transcript.duration + SLACK_S:
        raise BadInput(
            "The recording is longer than its transcript: nobody has written down what is said in the rest.",
            "Give the recording that was transcribed, or transcribe this one.",
            code="recording_longer",
        )


def _look_again(path: Path, stretches: Sequence[tuple[float, float]], count: int, shape: Shape, tone: bool) -> None:
    """Read the finished copy and raise PolicyRefused when a silence is none, or its length is another."""
    lossy = shape.codec == "libopus"
    skip = int(_RINGING_S * shape.rate) if lossy else 0
    spans = [samples_of(start, end, shape.rate) for start, end in stretches]
    at = 0
    for block in read_copy(path, shape):
        for first, last in spans:
            low, high = max(first + skip, at), min(last - skip, at + len(block))
            if low >= high:
                continue
            part = block[low - at : high - at].astype(np.float64) - shape.middle
            if tone and not lossy:
                part -= beep(low - first, high - first, last - first, shape)[:, None]
            allowed = (_RINGING + (TONE_LEVEL if tone else 0)) * shape.full if lossy else 0.0
            if np.abs(part).max() > allowed:
                raise _not_silent()
        at += len(block)
    if abs(at - count) > (0.05 * shape.rate if lossy else 0):
        raise _not_silent()


def _not_silent() -> PolicyRefused:
    return PolicyRefused(
        "A silenced part of the copy is not silent. Nothing was written.",
        "Write a .wav or .flac file instead; if it happens again, tell whoever looks after RAPT.",
        code="audio_leak",
    )
