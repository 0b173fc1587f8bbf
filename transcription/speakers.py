"""Words and voices put together: each word gets its speaker, and words become turns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from core.evidence import Turn, Word
from transcription.diarise import Speakers, Spoken

PAUSE_S = 1.5
"""a pause this long inside one speaker's speech ends the turn, once the turn is long enough"""
LONG_TURN_S = 20.0
MAX_TURN_S = 60.0
_STRAY_WORDS = 1
_STRAY_S = 0.35
_OVERLAP_S = 0.15
_SHIFT_S = 0.5
_ENDS = (".", "?", "!", "…")


@dataclass
class _Said:
    word: Word
    speaker: str
    overlap: bool
    sure: bool = True


def build_turns(words: list[Word], speakers: Speakers) -> tuple[Turn, ...]:
    """Return turns in order of time; ``overlap`` marks those with a word said over somebody else."""
    if not words:
        return ()
    ordered = sorted(words, key=lambda w: w.start)
    said = _assign(ordered, speakers) if speakers.spoken else [_Said(w, "S1", False) for w in ordered]
    _smooth(said)
    _keep_sentences_whole(said)
    turns: list[Turn] = []
    group: list[_Said] = []
    for one in said:
        if group and _splits(group, one):
            turns.append(_turn(group))
            group = []
        group.append(one)
    turns.append(_turn(group))
    return _renamed(turns)


def _assign(words: list[Word], speakers: Speakers) -> list[_Said]:
    spoken = sorted(speakers.spoken, key=lambda s: s.start)
    starts = [s.start for s in spoken]
    longest = max(s.end - s.start for s in spoken)
    said = []
    for word in words:
        low, high = bisect_left(starts, word.start - longest - 1), bisect_left(starts, word.end + 0.001)
        near = [s for s in spoken[low:high] if s.end > word.start]
        shares: dict[str, float] = {}
        for s in near:
            shares[s.speaker] = shares.get(s.speaker, 0.0) + min(s.end, word.end) - max(s.start, word.start)
        ranked = sorted(shares.items(), key=lambda item: -item[1])
        if ranked and ranked[0][1] > 0:
            overlap = len(ranked) > 1 and _together(near, word) >= min(_OVERLAP_S, (word.end - word.start) / 2)
            previous = said[-1].speaker if said else ""
            # both speak through the whole word: whoever was speaking goes on
            best = previous if overlap and shares.get(previous, 0) >= 0.9 * ranked[0][1] else ranked[0][0]
            said.append(_Said(word, best, overlap))
        else:
            said.append(_Said(word, _nearest(spoken, word), False, sure=False))
    return said


def _together(near: list[Spoken], word: Word) -> float:
    """Return seconds of the word in which two different voices speak."""
    best = 0.0
    for i, a in enumerate(near):
        for b in near[i + 1 :]:
            if a.speaker != b.speaker:
                best = max(best, min(a.end, b.end, word.end) - max(a.start, b.start, word.start))
    return best


def _nearest(spoken: list[Spoken], word: Word) -> str:
    middle = (word.start + word.end) / 2
    return min(spoken, key=lambda s: max(s.start - middle, middle - s.end, 0.0)).speaker


def _smooth(said: list[_Said]) -> None:
    """Give a single stray word inside another's running speech back to that speaker."""
    for i in range(1, len(said) - 1):
        before, one, after = said[i - 1], said[i], said[i + 1]
        alone = before.speaker == after.speaker != one.speaker
        close = one.word.start - before.word.end < _STRAY_S and after.word.start - one.word.end < _STRAY_S
        mid_sentence = not before.word.text.endswith(_ENDS) and not one.word.text.endswith(_ENDS)
        if alone and close and (mid_sentence or not one.sure):
            one.speaker = before.speaker


def _keep_sentences_whole(said: list[_Said]) -> None:
    """Move a change of speaker by a word or two to the sentence end or pause that it belongs to."""
    for i in range(1, len(said)):
        if said[i].speaker == said[i - 1].speaker or said[i - 1].word.text.endswith(_ENDS):
            continue
        if said[i].word.start - said[i - 1].word.end > _STRAY_S:
            continue
        for step in (1, 2):
            late, early = i - 1 + step, i - 1 - step
            if late < len(said) and said[late].word.text.endswith(_ENDS) and _short(said[i : late + 1]):
                if all(s.speaker == said[i].speaker for s in said[i : late + 1]) and _goes_on(said, late):
                    for s in said[i : late + 1]:
                        s.speaker = said[i - 1].speaker
                    break
            if early >= 0 and said[early].word.text.endswith(_ENDS) and _short(said[early + 1 : i]):
                if all(s.speaker == said[i - 1].speaker for s in said[early + 1 : i]) and early > 0:
                    for s in said[early + 1 : i]:
                        s.speaker = said[i].speaker
                    break


def _goes_on(said: list[_Said], index: int) -> bool:
    return index + 1 < len(said) and said[index + 1].speaker == said[index].speaker


def _short(part: list[_Said]) -> bool:
    return bool(part) and part[-1].word.end - part[0].word.start <= _SHIFT_S


def _splits(group: list[_Said], one: _Said) -> bool:
    if one.speaker != group[-1].speaker:
        return True
    length = group[-1].word.end - group[0].word.start
    pause = one.word.start - group[-1].word.end
    whole = group[-1].word.text.endswith(_ENDS)
    return (length > LONG_TURN_S and pause > PAUSE_S and whole) or (length > MAX_TURN_S and (whole or pause > PAUSE_S))


def _turn(group: list[_Said]) -> Turn:
    return Turn(
        speaker=group[0].speaker,
        start=group[0].word.start,
        end=max(s.word.end for s in group),
        text=" ".join(s.word.text for s in group),
        words=tuple(s.word for s in group),
        overlap=any(s.overlap for s in group),
    )


def _renamed(turns: list[Turn]) -> tuple[Turn, ...]:
    names: dict[str, str] = {}
    for turn in turns:
        names.setdefault(turn.speaker, f"S{len(names) + 1}")
    return tuple(turn.model_copy(update={"speaker": names[turn.speaker]}) for turn in turns)
