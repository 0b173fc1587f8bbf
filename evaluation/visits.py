"""Fictional visits with gold: loading them, and what counts as a fact being in a note."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from core.evidence import Transcript, Turn

WORDS_PER_SECOND = 2.6
"""speaking rate used to give a written conversation times"""


@dataclass(frozen=True)
class Visit:
    """One fictional visit: what was said and what a careful practice lead says must be in the note."""

    id: str
    template: str
    transcript: Transcript
    gold: dict[str, Any]
    people: tuple[dict[str, str], ...]
    date: str


def load_visit(path: Path) -> Visit:
    """Return a visit of the format in ``evaluation/data/visit_notes/FORMAT.md``; times are made up from word counts."""
    try:
        data = json.loads(path.read_text("utf-8"))
        turns, at = [], 0.0
        for entry in data["turns"]:
            length = max(1, len(entry["text"].split())) / WORDS_PER_SECOND
            turns.append(
                Turn(speaker=entry["speaker"], start=round(at, 3), end=round(at + length, 3), text=entry["text"])
            )
            at += length + 0.4
        transcript = Transcript(
            id=data["id"], turns=tuple(turns), speakers=data["speakers"], duration=round(at, 3), engine="written"
        )
        return Visit(
            data["id"], data["template"], transcript, data["gold"], tuple(data["people"]), data.get("date", "")
        )
    except (KeyError, ValueError) as error:
        raise BadInput(f"{path.name} is not a visit with gold.", "See evaluation/data/visit_notes/FORMAT.md.") from error


def key_in(alternative: str, text: str) -> bool:
    """Whether a key's alternative stands in the text as whole words, whatever its case."""
    pattern = re.escape(_plain(alternative)).replace(r"\ ", r"\s+")
    return re.search(rf"(?<!\w){pattern}(?!\w)", _plain(text)) is not None


def facts_found(
    facts: Iterable[dict[str, Any]], kept: Sequence[tuple[str, set[int]]], reach: int = 0
) -> dict[str, bool]:
    """Return, for each fact id, whether the note holds it.

    ``kept`` is (text, turns it cites) of each statement; a fact counts when every key group has an
    alternative in the joined text of the statements that cite one of the fact's turns (``reach``
    allows neighbours). Looking only there keeps common words elsewhere in the note from counting.
    """
    found = {}
    for fact in facts:
        turns = {t + d for t in fact["turns"] for d in range(-reach, reach + 1)}
        text = " ".join(text for text, cited in kept if cited & turns)
        found[fact["id"]] = all(any(key_in(a, text) for a in group) for group in fact["keys"])
    return found


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("‘", "'").replace("-", " ")
