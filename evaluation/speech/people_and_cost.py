"""From what was heard to measures: who spoke when, words nobody said, time and memory."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from evaluation.intervals import bootstrap_rate, bootstrap_ratio, wilson
from evaluation.model import Measure, SampleScore, Target
from evaluation.speech.corpus import Clip
from evaluation.speech.der import speaker_errors
from evaluation.speech.figures import BOOTSTRAP, heard_text
from evaluation.speech.worker import Outcome

_COLLARS = (
    (
        "der",
        0.25,
        "Diarisation error rate, pyannote's collar .25 s (.125 s on each side of a boundary).",
        Target(at_most=0.05),
    ),
    ("der_nist_collar", 0.5, "The same with .25 s on each side of a boundary left out.", None),
    ("der_no_collar", 0.0, "The same with nothing left out.", None),
)


def speaker_measures(clips: Mapping[str, Sequence[Clip]], outcome: Outcome, scores: list[SampleScore]) -> list[Measure]:
    """Return DER with three collars and the right number of speakers; a target for conversations only."""
    found = []
    for set_ in ("conversations", "meetings", "spoken"):
        group = clips.get(set_, [])
        for name, collar, about, target in _COLLARS if group else ():
            parts = [speaker_errors(clip, outcome.heard[clip.id].transcript, collar) for clip in group]
            rate = bootstrap_rate([(p.errors, p.total) for p in parts])
            found.append(
                Measure(
                    name=name,
                    set=set_,
                    about=about,
                    value=rate.value,
                    low=rate.low,
                    high=rate.high,
                    n=len(group),
                    interval=f"{BOOTSTRAP} over {len(group)} recordings",
                    better="low",
                    target=target if set_ == "conversations" else None,
                    provenance=group[0].provenance,
                )
            )
            scores += [
                SampleScore(
                    case=c.id,
                    set=set_,
                    measure=name,
                    hits=p.errors,
                    n=p.total,
                    provenance=c.provenance,
                    examples=(vars(p),),
                )
                for c, p in zip(group, parts, strict=True)
            ]
        if group:
            found.append(_right_number("right_number_of_speakers", set_, group, outcome, scores))
    return found


def half_minute_measure(clips: Sequence[Clip], outcome: Outcome, scores: list[SampleScore]) -> list[Measure]:
    """Return whether recordings of half a minute still get their speakers."""
    if not clips:
        return []
    return [_right_number("speakers_in_half_a_minute", clips[0].set, clips, outcome, scores, Target(at_least=1))]


def _right_number(
    name: str,
    set_: str,
    group: Sequence[Clip],
    outcome: Outcome,
    scores: list[SampleScore],
    target: Target | None = None,
) -> Measure:
    right = {c.id: _voices(outcome, c) == c.speakers for c in group}
    share = wilson(sum(right.values()), len(group))
    scores += [
        SampleScore(
            case=c.id,
            set=set_,
            measure=name,
            hits=right[c.id],
            n=1,
            provenance=c.provenance,
            examples=() if right[c.id] else ({"speakers": c.speakers, "found": _voices(outcome, c)},),
        )
        for c in group
    ]
    return Measure(
        name=name,
        set=set_,
        about="Recordings in which as many speakers were found as speak.",
        value=share.value,
        low=share.low,
        high=share.high,
        n=len(group),
        hits=sum(right.values()),
        interval="Wilson 95 %",
        better="high",
        target=target,
        provenance=group[0].provenance,
    )


def _voices(outcome: Outcome, clip: Clip) -> int:
    return len({turn.speaker for turn in outcome.heard[clip.id].transcript.turns})


def invented_measure(clips: Sequence[Clip], outcome: Outcome, scores: list[SampleScore]) -> list[Measure]:
    """Return how many words were written down where nobody speaks."""
    if not clips:
        return []
    words = {c.id: heard_text(outcome, c).split() for c in clips}
    scores += [
        SampleScore(
            case=c.id,
            set=c.set,
            measure="invented_words",
            hits=len(words[c.id]),
            n=1,
            provenance=c.provenance,
            examples=({"heard": " ".join(words[c.id])},) if words[c.id] else (),
        )
        for c in clips
    ]
    total = sum(len(w) for w in words.values())
    return [
        Measure(
            name="invented_words",
            set="sounds",
            about="Words written down on silence, hum, noise, knocks and music.",
            value=total,
            n=len(clips),
            unit="count",
            better="low",
            target=Target(at_most=0),
            provenance="synthetic-ours",
        )
    ]


def cost_measures(clips: Sequence[Clip], outcome: Outcome) -> list[Measure]:
    """Return time and memory of the whole pipeline with speakers; only meaningful on a quiet machine."""
    if not clips:
        return []
    provenance = clips[0].provenance
    heard = [outcome.heard[c.id] for c in clips]
    wall = bootstrap_ratio([(h.wall, h.transcript.duration) for h in heard])
    cpu = bootstrap_ratio([(h.cpu, h.transcript.duration) for h in heard])
    note = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    shared = {"set": "pipeline", "n": len(clips), "better": "low", "kind": "timing", "note": note, "provenance": provenance}
    return [
        Measure.model_validate(
            {
                **shared,
                "name": "wall_per_audio",
                "about": "Seconds waited for one second of audio, loading included.",
                "value": wall.value,
                "low": wall.low,
                "high": wall.high,
                "interval": BOOTSTRAP,
                "unit": "s/s",
                "target": Target(at_most=0.2),
            }
        ),
        Measure.model_validate(
            {
                **shared,
                "name": "cpu_per_audio",
                "about": "Processor seconds for one second of audio.",
                "value": cpu.value,
                "low": cpu.low,
                "high": cpu.high,
                "interval": BOOTSTRAP,
                "unit": "s/s",
            }
        ),
        Measure.model_validate(
            {
                **shared,
                "name": "peak_memory",
                "about": "Largest resident memory of the process.",
                "value": outcome.peak_gb,
                "n": 1,
                "unit": "GB",
                "target": Target(at_most=2.5),
            }
        ),
    ]
