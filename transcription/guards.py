"""Keeping invented text out: words where nobody speaks, doubtful stretches, and loops.

Whisper writes fluent sentences on silence, noise and music. What is dropped here is always named
in a finding, because a guard that hides real speech would be worse than the noise.
"""

from __future__ import annotations

from bisect import bisect_left

from core.evidence import Finding, Word
from core.findings import finding
from core.moments import clock
from transcription.engine import Heard
from transcription.findings import LOOP_REMOVED, TEXT_ON_SILENCE_REMOVED
from transcription.vad import Window

NO_SPEECH = 0.6
LOGPROB = -1.0
"""the engine's own limits: doubtful only when both are crossed"""
HOPELESS_LOGPROB = -1.5
WORD_PROBABILITY = 0.3
COMPRESSION = 2.4
_NEAR_S = 0.3
_LOOP_REPEATS = 4
_LOOP_LONGEST = 12
_LOOP_WORDS = 8


def keep(heard: list[Heard], windows: list[Window]) -> tuple[list[Heard], list[Finding]]:
    """Return what is really said, and a finding for everything dropped.

    ``windows`` are the stretches with speech. Times are the recording's, in seconds.
    """
    kept: list[Heard] = []
    found: list[Finding] = []
    silent: list[tuple[float, int]] = []
    starts = [window.start for window in windows]
    for segment in heard:
        if not segment.words:
            continue
        if _doubtful(segment):
            silent.append((segment.words[0].start, len(segment.words)))
            continue
        inside = tuple(w for w in segment.words if _spoken(w, windows, starts) or w.probability >= 0.8)
        if len(inside) < len(segment.words):
            silent.append((segment.words[0].start, len(segment.words) - len(inside)))
        if inside:
            kept.append(Heard(inside, segment.avg_logprob, segment.no_speech, segment.compression))
    kept, loops = _without_loops(kept)
    if silent:
        total = sum(count for _, count in silent)
        places = ", ".join(clock(start) for start, _ in silent[:5])
        more = f" and {len(silent) - 5} more" if len(silent) > 5 else ""
        found.append(
            finding(
                TEXT_ON_SILENCE_REMOVED,
                f"{total} words written where nobody clearly speaks were left out (at {places}{more}).",
            )
        )
    found += [
        finding(LOOP_REMOVED, f"A phrase repeated {times} times at {clock(start)} was kept once.") for start, times in loops
    ]
    return kept, found


def _doubtful(segment: Heard) -> bool:
    if segment.no_speech > NO_SPEECH and segment.avg_logprob < LOGPROB:
        return True
    sure = max(word.probability for word in segment.words)
    return segment.avg_logprob < HOPELESS_LOGPROB and sure < 2 * WORD_PROBABILITY


def _spoken(word: Word, windows: list[Window], starts: list[float]) -> bool:
    """Return whether any part of the word lies in speech, give or take what the detector misses."""
    index = bisect_left(starts, word.end + _NEAR_S)
    return index > 0 and windows[index - 1].end + _NEAR_S > word.start


def _without_loops(heard: list[Heard]) -> tuple[list[Heard], list[tuple[float, int]]]:
    words = [(i, w) for i, segment in enumerate(heard) for w in segment.words]
    plain = [w.text.casefold().strip(".,!?;:…-\"' ") for _, w in words]
    drop: set[int] = set()
    loops: list[tuple[float, int]] = []
    at = 0
    while at < len(words):
        size, times = _loop_at(plain, at)
        if times:
            # spoken repeats take time and are kept; a loop crams them together or runs very long
            drop.update(range(at + size, at + size * times))
            loops.append((words[at][1].start, times))
            at += size * times
        else:
            at += 1
    if not drop:
        return heard, []
    kept: list[list[Word]] = [[] for _ in heard]
    for position, (index, word) in enumerate(words):
        if position not in drop:
            kept[index].append(word)
    return [Heard(tuple(w), s.avg_logprob, s.no_speech, s.compression) for w, s in zip(kept, heard, strict=True) if w], loops


def _loop_at(plain: list[str], at: int) -> tuple[int, int]:
    """Return (words in the phrase, repeats) of a loop beginning here, or (0, 0)."""
    for size in range(1, _LOOP_LONGEST + 1):
        phrase = plain[at : at + size]
        times = 1
        while plain[at + times * size : at + (times + 1) * size] == phrase:
            times += 1
        # "no, no, no, no" and "yeah yeah yeah yeah" are speech; a loop goes on for longer
        if times >= _LOOP_REPEATS and size * times >= (_LOOP_WORDS if size > 1 else 2 * _LOOP_WORDS):
            return size, times
    return 0, 0
