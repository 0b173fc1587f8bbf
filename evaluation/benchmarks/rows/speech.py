"""What transcription costs: the whole pipeline with speakers, and the engine beside openai-whisper."""

from __future__ import annotations

from dataclasses import replace

from core.errors import BadInput
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row
from evaluation.model import Target
from evaluation.speech.corpus import Clip, first_seconds, spoken
from evaluation.speech.worker import Outcome, listen

VISIT = "visit_adult_home"
EXCERPT_S = 60.0
OURS, STOCK = "faster-whisper", "openai-whisper"


@define_row(
    "pipeline_wall",
    about="transcription with speakers: seconds waited for one second of audio, loading included",
    unit="s/s",
    runs=3,
    limit=Target(at_most=0.2),
    stretch=Target(at_most=0.12),
)
def pipeline_wall(bench: Bench) -> Figures:
    """Wall ÷ audio of the spoken home visit, each run in a new process."""
    heard = [outcome.heard[VISIT] for outcome in _pipeline(bench)]
    return Figures(
        [h.wall / h.transcript.duration for h in heard],
        beside={"processor s for one second of audio": [h.cpu / h.transcript.duration for h in heard]},
        note=f"{heard[0].transcript.duration:.0f} s of audio, {bench.settings.speech_threads} threads",
    )


@define_row(
    "pipeline_memory",
    about="largest resident memory of the same processes",
    unit="GB",
    runs=3,
    limit=Target(at_most=2.5),
)
def pipeline_memory(bench: Bench) -> Figures:
    """GB of 10⁹ bytes."""
    return Figures([outcome.peak_gb for outcome in _pipeline(bench)])


@define_row(
    "engine_cpu",
    about=f"{OURS} on the first minute of the spoken home visit: processor seconds for one second of audio",
    unit="s/s",
    runs=3,
    limit=Target(at_least=5.0),
    ratio="stock/ours",
    peer="openai-whisper, the same weights converted to its own checkpoint form, both at beam 5",
)
def engine_cpu(bench: Bench) -> Figures:
    """Each engine in a process of its own, model loaded before the clock starts, no speakers, no vocabulary."""
    excerpt = first_seconds(_visit(), EXCERPT_S, bench.scratch)
    clips = [replace(excerpt, id=f"{excerpt.id}-{run}") for run in range(bench.runs)]
    ours, stock = (
        [h.cpu / h.transcript.duration for h in listen(bench.settings, clips, engine=e, diarise=False, warm=True).heard.values()]
        for e in (OURS, STOCK)
    )
    return Figures(ours, stock, note="model loading excluded")


def _pipeline(bench: Bench) -> list[Outcome]:
    def measured() -> list[Outcome]:
        clip = _visit()
        return [
            listen(bench.settings, [clip], engine=bench.settings.speech_engine, diarise=True, warm=False, vocabulary=True)
            for _ in range(bench.runs)
        ]

    return bench.once("pipeline", measured)


def _visit() -> Clip:
    for clip in spoken():
        if clip.id == VISIT:
            return clip
    raise BadInput(f"The recording {VISIT} is missing.", "Restore evaluation/data/visit_notes/spoken from the repository.")
