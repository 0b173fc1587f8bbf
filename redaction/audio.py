"""From masked words to seconds: which stretches of a recording say what identifies somebody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from core.errors import BadInput
from core.evidence import Finding, Transcript, Turn, Word
from core.findings import finding
from redaction.codes import WHOLE_TURN_MUTED
from redaction.model import Entity

MARGIN_S = 0.08
"""word times are imprecise: a silence reaches this far into the gaps around it"""
SHORTEST_S = 0.05
"""nobody says a name in less: such times were put there, not heard"""
_TOKEN = re.compile(r"<[A-Z][A-Z_]*_\d+(?: \([^<>()\n]{1,40}\))?>")
_ROUND_EDGES = re.compile(r"^[^\w<]+|[^\w>]+$")


@dataclass(frozen=True)
class Silence:
    """Seconds of a recording that are taken out, and why."""

    start: float
    end: float
    types: tuple[str, ...]
    turns: tuple[int, ...]
    """0-based"""

    def as_record(self) -> dict[str, float | list[str] | list[int]]:
        """Return the silence for JSON."""
        return {"start": round(self.start, 3), "end": round(self.end, 3), "types": [*self.types], "turns": [*self.turns]}


@dataclass(frozen=True)
class Plan:
    """What will be silenced, in order, without overlaps."""

    silences: tuple[Silence, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Run:
    start: float
    end: float
    types: frozenset[str]
    turn: int


def spelled(turn: Turn) -> list[tuple[int, int]] | None:
    """Return where each word stands in the turn's text, or None when the words do not spell the text."""
    places: list[tuple[int, int]] = []
    at = 0
    for word in turn.words:
        body = _ROUND_EDGES.sub("", word.text.strip())
        start = turn.text.find(body, at) if body else at
        if start < 0 or any(c.isalnum() for c in turn.text[at:start]):
            return None
        at = start + len(body)
        places.append((start, at))
    return places if not any(c.isalnum() for c in turn.text[at:]) else None


def plan(transcript: Transcript, entities: Sequence[Sequence[Entity]], also: Iterable[int] = ()) -> Plan:
    """Return the silences of a transcript whose turns hold these entities (offsets of each turn's text).

    A turn in which a masked word has no time of its own is silenced whole, and a finding says so; ``also``
    names further turns that are. Tokens that a transcript already holds are silenced too.

    Raises:
        BadInput: something is to be silenced in a turn that has no times at all.
    """
    timed = any(word.probability < 1 for turn in transcript.turns for word in turn.words)
    runs: list[_Run] = []
    kept: list[tuple[float, float]] = []
    whole: list[int] = []
    forced = frozenset(also)
    for index, (turn, found) in enumerate(zip(transcript.turns, entities, strict=True)):
        wanted = [(e.start, e.end, e.type) for e in found]
        wanted += [(*m.span(), m.group()[1:].rpartition("_")[0]) for m in _TOKEN.finditer(turn.text)]
        if not wanted and index not in forced:
            kept += [(w.start, w.end) for w in turn.words] or [(turn.start, turn.end)]
            continue
        own = None if index in forced else _runs(turn, index, wanted, timed)
        if own is None:
            whole.append(index)
            runs.append(_all_of(turn, index, frozenset(kind for *_, kind in wanted) or frozenset({"PERSON"})))
        else:
            runs += own
            kept += [(w.start, w.end) for w in turn.words if not any(r.start <= w.start and w.end <= r.end for r in own)]
    return Plan(_joined(_widened(runs, kept)), tuple(_told(transcript, index) for index in whole))


def _runs(turn: Turn, index: int, wanted: Sequence[tuple[int, int, str]], timed: bool) -> list[_Run] | None:
    """Return one run of seconds per masked stretch, or None when one of them has no usable times."""
    places = spelled(turn)
    if not places:
        return None
    runs = []
    for start, end, kind in wanted:
        hit = [n for n, (s, e) in enumerate(places) if s < end and start < e]
        if not hit:
            return None
        first, last = hit[0], hit[-1]
        if timed:  # words a person wrote share out the time of those they replaced: one block
            while first and _written(turn.words[first]) and _written(turn.words[first - 1]):
                first -= 1
            while last + 1 < len(places) and _written(turn.words[last]) and _written(turn.words[last + 1]):
                last += 1
        words = turn.words[first : last + 1]
        low, high = min(w.start for w in words), max(w.end for w in words)
        if high - low < SHORTEST_S:
            return None
        runs.append(_Run(low, high, frozenset({kind}), index))
    return runs


def _written(word: Word) -> bool:
    return word.probability >= 1


def _all_of(turn: Turn, index: int, types: frozenset[str]) -> _Run:
    low = min([turn.start, *(w.start for w in turn.words)])
    high = max([turn.end, *(w.end for w in turn.words)])
    if high - low < SHORTEST_S:
        raise BadInput(
            f"Turn {index + 1} of the transcript has no times, and something in it must be silenced.",
            "Transcribe the recording again, and use that transcript.",
            code="no_times",
        )
    return _Run(low, high, types, index)


def _widened(runs: Sequence[_Run], kept: Sequence[tuple[float, float]]) -> list[_Run]:
    """Return the runs with a margin that takes at most half of the gap to a word that stays."""
    by_start = sorted(kept)
    starts = [start for start, _ in by_start]
    latest_end = list(accumulate((end for _, end in by_start), max))
    by_end = sorted(kept, key=lambda pair: pair[1])
    ends = [end for _, end in by_end]
    next_start = list(accumulate((start for start, _ in reversed(by_end)), min))[::-1]
    wide = []
    for run in runs:
        before = bisect_left(starts, run.start)
        left = (run.start - latest_end[before - 1]) / 2 if before else MARGIN_S
        after = bisect_left(ends, run.end)
        right = (next_start[after] - run.end) / 2 if after < len(ends) else MARGIN_S
        start = max(0.0, run.start - min(MARGIN_S, max(0.0, left)))
        wide.append(_Run(start, run.end + min(MARGIN_S, max(0.0, right)), run.types, run.turn))
    return wide


def _joined(runs: Iterable[_Run]) -> tuple[Silence, ...]:
    made: list[Silence] = []
    for run in sorted(runs, key=lambda r: (r.start, r.end)):
        if made and run.start <= made[-1].end:
            last = made.pop()
            types, turns = {*last.types, *run.types}, {*last.turns, run.turn}
            made.append(Silence(last.start, max(last.end, run.end), tuple(sorted(types)), tuple(sorted(turns))))
        else:
            made.append(Silence(run.start, run.end, tuple(sorted(run.types)), (run.turn,)))
    return tuple(made)


def _told(transcript: Transcript, index: int) -> Finding:
    turn = transcript.turns[index]
    return finding(
        WHOLE_TURN_MUTED,
        f"Turn {index + 1} ({turn.start:.1f}–{turn.end:.1f} s) was silenced whole: its words have no times of their own.",
    )
