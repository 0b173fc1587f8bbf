"""From what was heard to measures: word errors, two engines compared, meaning-critical words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evaluation.intervals import bootstrap_paired_difference, bootstrap_rate, bootstrap_ratio, wilson
from evaluation.model import Measure, SampleScore, Target, unmeasured
from evaluation.speech.corpus import Clip
from evaluation.speech.critical import CLASSES, critical
from evaluation.speech.wer import Aligned, align
from evaluation.speech.worker import Outcome

Normalise = Callable[[str], str]
BOOTSTRAP = "bootstrap 95 %"
DIFFERENCE = Target(at_most=1.5, on="high")
RATIO = Target(at_least=5.0)


def slug(engine: str) -> str:
    """Return an engine's name as part of a measure's."""
    return engine.replace("-", "_")


def heard_text(outcome: Outcome, clip: Clip) -> str:
    """Return everything recognised in a recording."""
    return " ".join(turn.text for turn in outcome.heard[clip.id].transcript.turns)


def aligned(clips: Sequence[Clip], outcome: Outcome, normalise: Normalise) -> dict[str, Aligned]:
    """Return clip id → errors by reference turn."""
    return {c.id: align([t.text for t in c.turns], heard_text(outcome, c), normalise) for c in clips}


def engine_measures(
    clips: Sequence[Clip],
    outcomes: Mapping[str, Outcome],
    engines: Sequence[str],
    failed: Mapping[str, str],
    normalise: Normalise,
    scores: list[SampleScore],
) -> list[Measure]:
    """Return WER by set and engine, and difference and cost of the two where there are two."""
    found: list[Measure] = []
    by_engine = {engine: aligned(clips, outcomes[engine], normalise) for engine in engines if engine in outcomes}
    for set_, group in by_set(clips).items():
        for engine in engines:
            name = f"wer_{slug(engine)}"
            if engine not in by_engine:
                found.append(unmeasured(name, failed.get(engine, "not run"), set=set_, provenance=group[0].provenance))
                continue
            lines = [by_engine[engine][clip.id] for clip in group]
            units = [(float(t.errors), float(t.words)) for line in lines for t in line.turns]
            rate = bootstrap_rate(units)
            found.append(
                Measure(
                    name=name,
                    set=set_,
                    about=f"Word error rate of {engine}, beam 5.",
                    value=rate.value,
                    low=rate.low,
                    high=rate.high,
                    n=int(sum(w for _, w in units)),
                    hits=sum(e for e, _ in units),
                    interval=f"{BOOTSTRAP} over {len(units)} turns",
                    better="low",
                    provenance=group[0].provenance,
                )
            )
            scores += [
                SampleScore(case=c.id, set=set_, measure=name, hits=a.errors, n=a.words, provenance=c.provenance)
                for c, a in zip(group, lines, strict=True)
            ]
    if len(engines) > 1 and clips:
        found += _against(clips, outcomes, by_engine, engines, failed)
    elif clips and clips[0].provenance == "real-public":
        found += not_compared("only one engine was run")
    return found


def not_compared(why: str) -> list[Measure]:
    """Return the comparison of two engines as unmeasured, its targets still in sight."""
    return [
        unmeasured("wer_difference", why, set="both", unit="points", target=DIFFERENCE, provenance="real-public"),
        unmeasured("cpu_ratio", why, set="both", unit="×", target=RATIO, kind="timing", provenance="real-public"),
    ]


def _against(
    clips: Sequence[Clip],
    outcomes: Mapping[str, Outcome],
    by_engine: Mapping[str, Mapping[str, Aligned]],
    engines: Sequence[str],
    failed: Mapping[str, str],
) -> list[Measure]:
    ours, other = engines[0], engines[1]
    if other not in by_engine:
        why = failed.get(other, "not run")
        return not_compared(why)
    pairs = [
        (float(a.errors), float(b.errors), float(a.words))
        for c in clips
        for a, b in zip(by_engine[ours][c.id].turns, by_engine[other][c.id].turns, strict=True)
    ]
    gap = bootstrap_paired_difference(pairs)
    cpu = [(outcomes[other].heard[c.id].cpu, outcomes[ours].heard[c.id].cpu) for c in clips]
    ratio = bootstrap_ratio(cpu)
    seconds = sum(outcomes[ours].heard[c.id].transcript.duration for c in clips)
    found = [
        Measure(
            name="wer_difference",
            set="both",
            about=f"WER of {ours} minus WER of {other}, same words, same weights.",
            value=_points(gap.value),
            low=_points(gap.low),
            high=_points(gap.high),
            n=len(pairs),
            unit="points",
            better="low",
            interval=f"paired {BOOTSTRAP} over {len(pairs)} turns",
            target=DIFFERENCE,
            provenance="real-public",
        ),
        Measure(
            name="cpu_ratio",
            set="both",
            about=f"Processor seconds of {other} for one of {ours}.",
            value=ratio.value,
            low=ratio.low,
            high=ratio.high,
            n=len(cpu),
            unit="×",
            better="high",
            interval=BOOTSTRAP,
            kind="timing",
            target=RATIO,
            provenance="real-public",
        ),
    ]
    for engine in (ours, other):
        spent = sum(outcomes[engine].heard[c.id].cpu for c in clips)
        found.append(
            Measure(
                name=f"cpu_per_audio_{slug(engine)}",
                set="both",
                about="Processor seconds for one second of audio.",
                value=spent / seconds,
                n=len(clips),
                unit="s/s",
                better="low",
                kind="timing",
                provenance="real-public",
            )
        )
        found.append(
            Measure(
                name=f"peak_memory_{slug(engine)}",
                set="both",
                about="Largest resident memory of the engine's process.",
                value=outcomes[engine].peak_gb,
                n=1,
                unit="GB",
                better="low",
                kind="timing",
                provenance="real-public",
            )
        )
    return found


def critical_measures(
    clips: Sequence[Clip], outcome: Outcome | None, normalise: Normalise, scores: list[SampleScore]
) -> list[Measure]:
    """Return, for each set and class of meaning-critical words, the share misheard or lost."""
    found: list[Measure] = []
    if outcome is None:
        return found
    for set_, group in by_set(clips).items():
        totals = {kind: [0.0, 0.0] for kind in CLASSES}
        for clip in group:
            texts = [t.text for t in clip.turns]
            line = align(texts, heard_text(outcome, clip), normalise)
            for kind, tally in critical(line, texts, clip.names, normalise).items():
                totals[kind][0] += tally.hits
                totals[kind][1] += tally.n
                scores.append(
                    SampleScore(
                        case=clip.id,
                        set=set_,
                        measure=f"misheard_{kind}",
                        hits=tally.hits,
                        n=tally.n,
                        provenance=clip.provenance,
                        examples=tally.examples,
                    )
                )
        for kind, (hits, n) in totals.items():
            share = wilson(hits, n)
            found.append(
                Measure(
                    name=f"misheard_{kind}",
                    set=set_,
                    about=f"Words that carry {kind}, misheard or lost.",
                    value=share.value,
                    low=share.low,
                    high=share.high,
                    n=int(n),
                    hits=hits if n else None,
                    interval="Wilson 95 %",
                    better="low",
                    provenance=group[0].provenance,
                    note="" if n else "the reference has none that can be told apart",
                )
            )
    return found


def by_set(clips: Sequence[Clip]) -> dict[str, list[Clip]]:
    """Return the clips by their set, in order."""
    found: dict[str, list[Clip]] = {}
    for clip in clips:
        found.setdefault(clip.set, []).append(clip)
    return found


def _points(share: float | None) -> float | None:
    return None if share is None else 100 * share
