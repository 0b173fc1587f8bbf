"""The walk of the transcription suite: gather recordings, listen in processes of their own, count."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import MissingModel
from evaluation.model import Case, SampleScore, SuiteResult, unmeasured
from evaluation.notes.spoken import SHARED
from evaluation.speech import corpus
from evaluation.speech.corpus import Clip
from evaluation.speech.figures import critical_measures, engine_measures, not_compared
from evaluation.speech.people_and_cost import (
    cost_measures,
    half_minute_measure,
    invented_measure,
    speaker_measures,
)
from evaluation.speech.sounds import wordless
from evaluation.speech.wer import normaliser
from evaluation.speech.worker import Outcome, listen
from evaluation.suite import RunContext

NEED_PUBLIC = ("utterances", "conversations", "meetings")
NO_PUBLIC = "public data not found (set RAPT_DATA to the folder that holds speech/)"
HALF_MINUTE = 30.0


@dataclass
class Gathered:
    """Recordings by set, and what could not be gathered."""

    clips: dict[str, list[Clip]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def measure_speech(
    context: RunContext, sets: tuple[str, ...], engines: tuple[str, ...], limits: Mapping[str, int | None]
) -> SuiteResult:
    """Return every figure of the suite; raises MissingModel when the first engine cannot run."""
    words = normaliser()
    with tempfile.TemporaryDirectory() as scratch:
        gathered = gather(sets, limits, Path(scratch))
        for name, why in gathered.missing.items():
            context.problem(f"{name}: unmeasured, {why}.")
        whole = _whole_pipeline(context, gathered, engines[0])
        beside, failed = _side_by_side(context, gathered, engines)
    scores: list[SampleScore] = []
    measures = [unmeasured(f"{name}_measured", why, set=name, provenance="real-public") for name, why in gathered.missing.items()]
    if {"utterances", "conversations"} & set(gathered.missing):
        measures += not_compared(NO_PUBLIC)
    both = [*gathered.clips.get("utterances", []), *gathered.clips.get("conversations", [])]
    measures += engine_measures(both, beside, engines, failed, words.apply, scores)
    measures += critical_measures(both, beside[engines[0]] if engines[0] in beside else None, words.apply, scores)
    spoken = gathered.clips.get("spoken", [])
    if spoken and whole:
        measures += engine_measures(spoken, {engines[0]: whole}, engines[:1], {}, words.apply, scores)
        measures += critical_measures(spoken, whole, words.apply, scores)
        made = context.shared.setdefault(SHARED, {})
        made.update({clip.id: whole.heard[clip.id].transcript for clip in spoken})
    if whole:
        measures += speaker_measures(gathered.clips, whole, scores)
        measures += half_minute_measure(gathered.clips.get("half_minutes", []), whole, scores)
        measures += invented_measure(gathered.clips.get("sounds", []), whole, scores)
        measures += cost_measures([*gathered.clips.get("conversations", []), *spoken], whole)
    cases = [
        Case(id=clip.id, set=clip.set, provenance=clip.provenance, about={"speakers": clip.speakers})
        for clips in gathered.clips.values()
        for clip in clips
    ]
    return SuiteResult(
        measures=tuple(measures),
        scores=tuple(scores),
        cases=tuple(cases),
        models=("whisper-base",),
        facts={
            "normaliser": words.name,
            "engines": list(engines),
            "beam": 5,
            "side_by_side": "each engine in a process of its own, one after the other, model "
            "loaded before the clock starts, speakers not separated, no vocabulary",
            "whole_pipeline": "one fresh process with speakers; loading the models counts; the spoken "
            "visits get their people's names as vocabulary, as the product does",
            "libraries": "jiwer (word errors), pyannote.metrics (speaker errors)",
        },
    )


def gather(sets: tuple[str, ...], limits: Mapping[str, int | None], scratch: Path) -> Gathered:
    """Return the recordings of the sets; what is not here is named with its reason."""
    found = Gathered()
    speech = corpus.public_speech()
    for name in sets:
        if name in NEED_PUBLIC and speech is None:
            found.missing[name] = NO_PUBLIC
        elif name == "utterances" and speech:
            found.clips[name] = corpus.utterances(speech, limits.get(name))
        elif name == "conversations" and speech:
            found.clips[name] = corpus.conversations(speech, limits.get(name))
            found.clips["half_minutes"] = [corpus.first_seconds(c, HALF_MINUTE, scratch) for c in found.clips[name]]
        elif name == "meetings" and speech:
            heard = [clip for clip in corpus.meetings(speech) if not corpus.is_silent(clip.path)]
            found.clips[name] = heard
            if not heard:
                found.missing[name] = "the recordings of the meetings hold digital silence; only their labels are real"
        elif name == "spoken":
            found.clips[name] = corpus.spoken(limits.get(name))
        elif name == "sounds":
            found.clips[name] = wordless(scratch)
    return found


def _whole_pipeline(context: RunContext, gathered: Gathered, engine: str) -> Outcome | None:
    order = ("conversations", "spoken", "half_minutes", "meetings", "sounds")
    clips = [clip for name in order for clip in gathered.clips.get(name, [])]
    if not clips:
        return None
    context.progress(0.0, f"transcription: whole pipeline on {len(clips)} recordings")
    return listen(context.settings, clips, engine=engine, diarise=True, warm=False, vocabulary=True)


def _side_by_side(context: RunContext, gathered: Gathered, engines: tuple[str, ...]) -> tuple[dict[str, Outcome], dict[str, str]]:
    """Return the outcome of each engine, and why an engine after the first gave none."""
    clips = [*gathered.clips.get("utterances", []), *gathered.clips.get("conversations", [])]
    found: dict[str, Outcome] = {}
    failed: dict[str, str] = {}
    for engine in engines if clips else ():
        context.progress(0.0, f"transcription: {engine} on {len(clips)} recordings")
        try:
            found[engine] = listen(context.settings, clips, engine=engine, diarise=False, warm=True)
        except MissingModel as error:
            if engine == engines[0]:
                raise
            failed[engine] = error.message
            context.problem(f"{engine}: {error.message} {error.remedy}")
    return found, failed
