"""A transcript as the command line's record (CONTRACT: ``rapt transcribe``), and back."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from core.errors import BadInput
from core.evidence import Transcript

_FIELDS = frozenset(Transcript.model_fields)


def to_record(transcript: Transcript) -> dict[str, Any]:
    """Return a JSON-ready record; roles and names are there only when somebody gave them."""
    record = transcript.model_dump(mode="json")
    for optional in ("speakers", "names"):
        if not record[optional]:
            del record[optional]
    return record


def from_record(record: Any) -> Transcript:
    """Return the transcript of a record; keys nobody knows are ignored.

    Raises:
        BadInput: it is not such a record; names the field, never its content.
    """
    if not isinstance(record, dict):
        raise _bad("it is not an object")
    if "turns" not in record:
        raise _bad("the field turns is missing")
    known = {key: value for key, value in record.items() if key in _FIELDS and value is not None}
    known["id"] = str(known.get("id") or "transcript")
    known["turns"] = [_turn(turn, index) for index, turn in enumerate(_list(known["turns"], "turns"))]
    known["findings"] = _list(known.get("findings", []), "findings")
    try:
        transcript = Transcript.model_validate(known)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _bad(f"the field {where} is not right ({first['type']})") from error
    for index, turn in enumerate(transcript.turns):
        if not 0 <= turn.start <= turn.end:
            raise _bad(f"the times of turns.{index} are not in order")
    return transcript


def _turn(turn: Any, index: int) -> Any:
    if not isinstance(turn, dict):
        raise _bad(f"turns.{index} is not an object")
    fields = {key: turn[key] for key in ("speaker", "start", "end", "text", "words", "overlap") if key in turn}
    fields["words"] = [
        {key: word[key] for key in ("text", "start", "end", "probability") if key in word}
        for word in _list(fields.get("words") or [], f"turns.{index}.words")
        if isinstance(word, dict)
    ]
    return fields


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise _bad(f"the field {field} is not a list")
    return list(value)


def _bad(what: str) -> BadInput:
    return BadInput(
        f"This is not a transcript record: {what}.",
        "Use one record of `rapt transcribe`: id, duration and turns with speaker, start, end and text.",
        code="bad_transcript",
    )
