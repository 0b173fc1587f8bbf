"""A transcript redacted as one text, so that a person keeps one token in every turn; word times are kept."""

from __future__ import annotations

import re

from core.evidence import Transcript, Turn, Word
from core.settings import Settings
from redaction.model import Entity, Muted, RedactedTranscript
from redaction.people import People
from redaction.redactor import finished
from redaction.service import checked_people, redactor

_NEUTRAL = re.compile(r"(?:S|SPEAKER|Speaker)?[ _]?\d{1,3}|[A-Z]|")
"""labels of speakers that name nobody"""
ANONYMOUS_ID = "transcript"
"""in place of the id, which is the name of a file and may name somebody"""


def redact_transcript(
    transcript: Transcript, people: People = (), settings: Settings | None = None
) -> RedactedTranscript:
    """Return the transcript with tokens in its turns and words, and the seconds in which they were spoken.

    The names given to speakers count as people of the case. The file's name is left out, and the id, which is
    often the file's name.

    Raises:
        LeakFound: the leak test still found somebody; nothing is handed out.
        MissingModel: a recogniser's model file is missing or altered.
    """
    known = [*checked_people(people)]
    have = {person.get("name", "") for person in known}
    known += [
        {"name": name, "role": transcript.speakers.get(label, "unknown")}
        for label, name in transcript.names.items()
        if name and name not in have
    ]
    labels = list(transcript.names)
    called = sorted({turn.speaker for turn in transcript.turns if not _NEUTRAL.fullmatch(turn.speaker)})
    # line breaks inside a turn become spaces (same length), so that one line is one turn
    lines = [
        " ".join(turn.text.splitlines()) if "\n" in turn.text else turn.text for turn in transcript.turns
    ]
    lines = [
        line if len(line) == len(t.text) else _flat(t.text)
        for line, t in zip(lines, transcript.turns, strict=True)
    ]
    whole = "\n".join([*lines, *(transcript.names[label] for label in labels), *map(_flat, called)])
    done = finished(redactor(settings).draft(whole, known))
    entities = iter([*done.entities, None])
    current = next(entities)
    starts = _starts(lines)
    turns: list[Turn] = []
    spans: list[tuple[Entity, ...]] = []
    muted: list[Muted] = []
    for index, (turn, line, start) in enumerate(zip(transcript.turns, lines, starts, strict=True)):
        own: list[Entity] = []
        while current is not None and current.start < start + len(line):
            own.append(_shifted(current, -start))
            current = next(entities)
        words, times = _words(turn, own)
        muted += [Muted(index, begin, end, kind) for begin, end, kind in times]
        text = _applied(turn.text, own)
        turns.append(turn.model_copy(update={"text": text, "words": words}))
        spans.append(tuple(own))
    rest = done.text.split("\n")[len(lines) :]
    redacted_names = rest[: len(labels)]
    label_of = dict(zip(called, rest[len(labels) :], strict=True))
    twin = transcript.model_copy(
        update={
            "id": ANONYMOUS_ID,
            "turns": tuple(t.model_copy(update={"speaker": label_of.get(t.speaker, t.speaker)}) for t in turns),
            "names": {label_of.get(k, k): v for k, v in zip(labels, redacted_names, strict=True)},
            "speakers": {label_of.get(k, k): v for k, v in transcript.speakers.items()},
            "path": "",
            "findings": (),
        }
    )
    return RedactedTranscript(twin, tuple(spans), done.vault, tuple(muted), done.findings)


def _flat(text: str) -> str:
    return "".join(" " if len(c.splitlines()) == 1 and not c.splitlines()[0] else c for c in text)


def _starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _shifted(entity: Entity, by: int) -> Entity:
    return Entity(
        entity.start + by,
        entity.end + by,
        entity.type,
        entity.score,
        entity.recogniser,
        entity.pattern,
        entity.token,
    )


def _applied(text: str, entities: list[Entity]) -> str:
    parts, at = [], 0
    for entity in entities:
        parts += [text[at : entity.start], entity.token]
        at = entity.end
    return "".join([*parts, text[at:]])


def _words(turn: Turn, entities: list[Entity]) -> tuple[tuple[Word, ...], list[tuple[float, float, str]]]:
    """Return the words with each masked run as one word, and the seconds of these runs.

    A word that is not in the turn's text (a corrected turn) is masked whenever anything in the turn is.
    """
    out: list[Word] = []
    times: list[tuple[float, float, str]] = []
    last: Entity | None = None
    at = 0
    for word in turn.words:
        body = word.text.strip()
        start = turn.text.find(body, at) if body else at
        if start < 0:
            hit = entities[0] if entities else None
        else:
            at = start + len(body)
            hit = next((e for e in entities if e.start < at and start < e.end), None)
        if hit is None:
            out.append(word)
        elif hit is last and out:
            out[-1] = out[-1].model_copy(update={"end": word.end})
            times[-1] = (times[-1][0], word.end, hit.type)
        else:
            lead = word.text[: len(word.text) - len(word.text.lstrip())]
            out.append(word.model_copy(update={"text": lead + hit.token}))
            times.append((word.start, word.end, hit.type))
        last = hit
    return tuple(out), times
