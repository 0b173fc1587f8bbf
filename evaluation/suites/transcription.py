"""Suite ``transcription``: words, speakers, invented words and cost, two engines side by side in one run."""

from __future__ import annotations

from core.errors import UsageError
from evaluation.model import SuiteResult
from evaluation.suite import RunContext, Suite, define_suite

SETS = ("utterances", "conversations", "spoken", "meetings", "sounds")
DEFAULT_ENGINE = "faster-whisper"
REFERENCE_ENGINE = "openai-whisper"


@define_suite(
    "transcription",
    title="Transcription: word errors, speakers, invented words, cost",
    subject="transcription",
    quick={
        "sets": ("utterances", "conversations", "sounds"),
        "engines": (DEFAULT_ENGINE,),
        "utterances": 10,
        "conversations": 1,
    },
)
def transcription(
    *,
    sets: tuple[str, ...] = SETS,
    engines: tuple[str, ...] = (DEFAULT_ENGINE, REFERENCE_ENGINE),
    utterances: int | None = None,
    conversations: int | None = None,
    spoken: int | None = None,
) -> Suite:
    """Measure the first engine alone and, where there are two, against the second on the same recordings.

    ``utterances``, ``conversations`` and ``meetings`` need the public speech data (RAPT_DATA); without it
    they are unmeasured and only the spoken visits and the made sounds are. The numbers limit the recordings.
    """
    unknown = sorted(set(sets) - set(SETS))
    if unknown:
        raise UsageError(f"There is no set called {unknown[0]!r}.", f"Choose from: {', '.join(SETS)}.")
    limits = {"utterances": utterances, "conversations": conversations, "spoken": spoken}

    def run(context: RunContext) -> SuiteResult:
        from evaluation.speech.measuring import measure_speech

        return measure_speech(context, sets, engines, limits)

    return run
