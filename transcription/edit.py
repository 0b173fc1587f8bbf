"""What a practitioner changes in a transcript: words, names and roles of speakers, who said a turn.

Every function returns a new transcript; the given one stays the original.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import get_args

from core.errors import UsageError
from core.evidence import Role, Transcript, Turn, Word


@dataclass(frozen=True)
class Correction:
    """One change of a turn's words, to be kept beside the transcript."""

    turn: int
    before: Turn
    after: Turn


def correct_turn(transcript: Transcript, turn: int, text: str) -> Transcript:
    """Return the transcript with a turn's text replaced; see :func:`correction`."""
    return correction(transcript, turn, text)[0]


def correction(transcript: Transcript, turn: int, text: str) -> tuple[Transcript, Correction]:
    """Return the transcript with new words in a turn, and what changed.

    Words that stay keep their times; new words share the time of those they replace and get
    probability 1, because a person wrote them. The turn keeps its start and end.

    Raises:
        UsageError: there is no such turn, or the text is empty.
    """
    before = _turn(transcript, turn)
    fresh = text.split()
    if not fresh:
        raise UsageError("A turn cannot be empty.", "Write what was said, or [inaudible].")
    words = _aligned(before, fresh)
    after = before.model_copy(update={"text": " ".join(fresh), "words": words})
    return _with_turn(transcript, turn, after), Correction(turn, before, after)


def name_speaker(transcript: Transcript, label: str, *, role: Role | None = None, name: str | None = None) -> Transcript:
    """Return the transcript with a speaker's role, display name or both; an empty name removes it.

    Raises:
        UsageError: nobody has that label, or there is no such role.
    """
    _known(transcript, label)
    speakers, names = dict(transcript.speakers), dict(transcript.names)
    if role is not None:
        if role not in get_args(Role):
            raise UsageError("There is no such role.", f"Choose one of: {', '.join(get_args(Role))}.")
        speakers[label] = role
    if name is not None:
        names[label] = " ".join(name.split())
        if not names[label]:
            del names[label]
    return transcript.model_copy(update={"speakers": speakers, "names": names})


def merge_speakers(transcript: Transcript, keep: str, drop: str) -> Transcript:
    """Return the transcript in which everything ``drop`` said is ``keep``'s; turns stay apart.

    Raises:
        UsageError: one of them is unknown, or both are the same.
    """
    _known(transcript, keep)
    _known(transcript, drop)
    if keep == drop:
        raise UsageError("A speaker cannot be merged with itself.", "Choose two different speakers.")
    turns = tuple(t.model_copy(update={"speaker": keep}) if t.speaker == drop else t for t in transcript.turns)
    return transcript.model_copy(
        update={
            "turns": turns,
            "speakers": {k: v for k, v in transcript.speakers.items() if k != drop},
            "names": {k: v for k, v in transcript.names.items() if k != drop},
        }
    )


def assign_turn(transcript: Transcript, turn: int, label: str) -> Transcript:
    """Return the transcript in which one turn belongs to ``label``, which may be a new speaker.

    Raises:
        UsageError: there is no such turn, or the label is empty.
    """
    if not label.strip():
        raise UsageError("The speaker's label is empty.", "Give a label such as S3.")
    return _with_turn(transcript, turn, _turn(transcript, turn).model_copy(update={"speaker": label.strip()}))


def _turn(transcript: Transcript, turn: int) -> Turn:
    if not 0 <= turn < len(transcript.turns):
        raise UsageError("There is no such turn.", f"The transcript has {len(transcript.turns)} turns, from 0.")
    return transcript.turns[turn]


def _with_turn(transcript: Transcript, turn: int, new: Turn) -> Transcript:
    turns = (*transcript.turns[:turn], new, *transcript.turns[turn + 1 :])
    return transcript.model_copy(update={"turns": turns})


def _known(transcript: Transcript, label: str) -> None:
    if label not in {turn.speaker for turn in transcript.turns}:
        raise UsageError("No turn has that speaker's label.", "Use a label that the transcript shows.")


def _aligned(turn: Turn, fresh: list[str]) -> tuple[Word, ...]:
    old = turn.words or (Word(text=turn.text, start=turn.start, end=turn.end),)
    matcher = SequenceMatcher(a=[_key(w.text) for w in old], b=[_key(t) for t in fresh], autojunk=False)
    words: list[Word] = []
    for kind, first, last, low, high in matcher.get_opcodes():
        if kind == "equal":
            for word, text in zip(old[first:last], fresh[low:high], strict=True):
                words.append(word.model_copy(update={"text": text}))
            continue
        if low == high:
            continue
        if first < last:
            start, end = old[first].start, old[last - 1].end
        else:  # words between two that stay: the gap between them
            start = old[first - 1].end if first else turn.start
            end = old[first].start if first < len(old) else turn.end
        words += _spread(fresh[low:high], start, max(start, end))
    return tuple(words)


def _spread(texts: list[str], start: float, end: float) -> list[Word]:
    """Share a stretch of time out by the words' lengths."""
    total = sum(len(text) for text in texts)
    words, done = [], 0
    for text in texts:
        begin = start + (end - start) * done / total
        done += len(text)
        finish = start + (end - start) * done / total
        words.append(Word(text=text, start=round(begin, 3), end=round(finish, 3)))
    return words


def _key(text: str) -> str:
    return text.casefold().strip(".,!?;:…\"'()[]")
