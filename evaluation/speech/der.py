"""Who spoke when: pyannote.metrics' diarisation error rate over the turns a person sees."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from core.evidence import Transcript
from evaluation.speech.corpus import Clip


@dataclass(frozen=True)
class SpeakerErrors:
    """Seconds of error in one recording."""

    missed: float
    false_alarm: float
    confused: float
    total: float
    """seconds of speech in the reference that were judged"""

    @property
    def errors(self) -> float:
        """All three together."""
        return self.missed + self.false_alarm + self.confused


def speaker_errors(clip: Clip, transcript: Transcript, collar: float) -> SpeakerErrors:
    """Compare the transcript's turns with the reference; overlap counts.

    ``collar`` is pyannote.metrics' own: its width in seconds centred on each boundary of the reference,
    so .25 leaves out an eighth of a second on either side, and .5 is what NIST calls a collar of .25.
    """
    from pyannote.core import Annotation, Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    reference, ours = Annotation(), Annotation()
    for i, turn in enumerate(clip.turns):
        reference[Segment(turn.start, turn.end), i] = turn.speaker
    for i, turn in enumerate(transcript.turns):
        if turn.end > turn.start:
            ours[Segment(turn.start, turn.end), i] = turn.speaker
    whole = Timeline([Segment(0, max(transcript.duration, max((t.end for t in clip.turns), default=0.0)))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        part = DiarizationErrorRate(collar=collar, skip_overlap=False)(reference, ours, uem=whole, detailed=True)
    return SpeakerErrors(part["missed detection"], part["false alarm"], part["confusion"], part["total"])  # type: ignore[index]
