"""From a file to a transcript: decode, find speech, tell speakers apart, recognise, guard, build turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.evidence import Finding, Transcript, Turn
from core.findings import finding
from core.settings import Settings, get_settings
from transcription.batches import batches
from transcription.diarise import DEFAULT, DIARISERS, Speakers
from transcription.engine import ENGINES, Heard, SpeechEngine
from transcription.findings import (
    NO_SPEECH,
    OVERLAPPING_SPEECH,
    SPEAKER_UNCERTAIN,
    SPEAKERS_NOT_SEPARATED,
)
from transcription.guards import keep
from transcription.media import Recording, decode
from transcription.speakers import build_turns
from transcription.vad import Window, islands, speech_windows

Progress = Callable[[float, str], None]

# shares of the whole work at which each step ends, measured on visits of five minutes
_DECODED, _FOUND, _SEPARATED, _RECOGNISED = 0.03, 0.07, 0.35, 0.98


def transcribe_file(
    path: str | Path,
    *,
    settings: Settings | None = None,
    engine: str | SpeechEngine | None = None,
    num_speakers: int | None = None,
    vocabulary: Sequence[str] = (),
    diarise: bool | str = True,
    progress: Progress | None = None,
    transcript_id: str | None = None,
) -> Transcript:
    """Return the transcript of a recording.

    ``engine`` and ``diarise`` take a registered name in place of the default. ``progress`` is called
    with a fraction from 0 to 1 and a short text. A recording without speech gives no turns and the
    finding ``no_speech``.

    Raises:
        BadInput: the file is not a usable recording (see :func:`transcription.media.decode`).
        MissingModel: a model file is missing or not the pinned one.
        ServiceUnavailable: the disk is full.
        UsageError: there is no engine or diariser of that name.
    """
    settings = settings or get_settings()
    source = Path(path)
    tell = progress or (lambda fraction, message: None)
    speech = _engine(engine, settings)
    model_sha256 = speech.model_sha256  # a wrong model file is found before hours of decoding
    with decode(source, settings, lambda f, m: tell(_DECODED * f, m)) as recording:
        tell(_DECODED, "Looking for speech")
        windows = speech_windows(recording)
        findings = list(recording.findings)
        speakers, heard = Speakers(), []
        if windows:
            if diarise:
                tell(_FOUND, "Telling the speakers apart")
                name = diarise if isinstance(diarise, str) else DEFAULT
                speakers = DIARISERS.get(name)(settings).diarise(
                    recording,
                    windows,
                    num_speakers,
                    lambda f: tell(_between(_FOUND, _SEPARATED, f), "Speakers"),
                )
            heard, guarded = _recognise(speech, recording, windows, vocabulary, tell)
            findings += guarded
        turns = build_turns([word for one in heard for word in one.words], speakers)
        findings += _about(turns, speakers, bool(diarise))
        duration = recording.duration
    tell(1.0, "Done")
    return Transcript(
        id=transcript_id or source.stem,
        path=source.name,
        duration=round(duration, 3),
        engine=speech.name,
        model_sha256=model_sha256,
        turns=turns,
        findings=tuple(sorted(findings, key=lambda f: f.rank)),
    )


def _engine(engine: str | SpeechEngine | None, settings: Settings) -> SpeechEngine:
    if engine is None or isinstance(engine, str):
        return ENGINES.get(engine or settings.speech_engine)(settings)
    return engine


def _recognise(
    speech: SpeechEngine,
    recording: Recording,
    windows: list[Window],
    vocabulary: Sequence[str],
    tell: Progress,
) -> tuple[list[Heard], list[Finding]]:
    parts = islands(windows, recording.duration)
    total = sum(part.length for part in parts) or 1.0
    done = 0.0
    heard: list[Heard] = []
    for batch in batches(parts, recording):

        def step(fraction: float, done: float = done, length: float = batch.length) -> None:
            tell(
                _between(_SEPARATED, _RECOGNISED, (done + fraction * length) / total),
                "Writing down what is said",
            )

        heard += [batch.restore(one) for one in speech.transcribe(batch.audio(recording), vocabulary, step)]
        done += batch.length
        step(1.0, done - batch.length)
    return keep(heard, windows)


def _about(turns: tuple[Turn, ...], speakers: Speakers, diarised: bool) -> list[Finding]:
    if not turns:
        return [finding(NO_SPEECH, "No speech was found in this recording.")]
    found = []
    if not diarised or not speakers.spoken:
        found.append(finding(SPEAKERS_NOT_SEPARATED, "The speakers were not told apart."))
    elif not speakers.clear:
        found.append(finding(SPEAKER_UNCERTAIN, "The voices are alike; check who says what."))
    overlaps = [index for index, turn in enumerate(turns) if turn.overlap]
    if overlaps:
        found.append(finding(OVERLAPPING_SPEECH, f"People speak at the same time in {len(overlaps)} of {len(turns)} turns."))
    return found


def _between(low: float, high: float, fraction: float) -> float:
    return low + (high - low) * min(1.0, max(0.0, fraction))
