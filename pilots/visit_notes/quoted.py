"""Whether a statement is nothing but a true quotation: the right speaker, the words of the turn, nothing added."""

from __future__ import annotations

import re
import unicodedata

from core.evidence import SpeechEvidence, Statement, Transcript
from pilots.visit_notes.people import ROLE_WORDS, speaker_names

_QUOTE = re.compile(r"“([^“”]*)”")
_ROLES = "|".join(word.lower() for word in ROLE_WORDS.values())


def is_plain_quote(statement: Statement, transcript: Transcript) -> bool:
    """Return True when the text is ``NAME: “words”`` or ``Asked “question”, NAME said: “words”`` and all of it was said.

    NAME must be the cited turn's speaker and the words must stand in a cited turn of that speaker, after NFKC,
    white-space collapse and with quotation marks left aside. Anything else is not a plain quotation.
    """
    spoken = [e for e in statement.evidence if isinstance(e, SpeechEvidence)]
    if statement.origin != "quoted" or not spoken or len(spoken) != len(statement.evidence):
        return False
    frame = _frame(statement.text)
    if frame is None:
        return False
    asked, name, words = frame
    names = speaker_names(transcript)
    if any(not 0 <= e.turn < len(transcript.turns) for e in spoken):
        return False
    turns = [transcript.turns[e.turn] for e in spoken]
    own = [turn for turn in turns if names.get(turn.speaker) == name]
    if asked and not any(_bare(asked) in _bare(turn.text) for turn in turns if names.get(turn.speaker) != name):
        return False
    return bool(own) and all(any(_bare(part) in _bare(turn.text) for turn in own) for part in words)


def outside_quotes(statement: Statement, transcript: Transcript) -> str:
    """Return the statement's own words: without what it truly quotes."""
    text = _bare(" ".join(turn.text for turn in transcript.turns))
    return _QUOTE.sub(lambda m: " " if _bare(m.group(1)) in text else m.group(), statement.text)


def _frame(text: str) -> tuple[str, str, list[str]] | None:
    asked = re.fullmatch(rf"Asked “([^“”]*)”, (.+?)(?: \((?:{_ROLES})\))? said: (“.*”)", text, re.DOTALL)
    if asked:
        question, name, rest = asked.groups()
    else:
        plain = re.fullmatch(rf"([^“”:]+?)(?: \((?:{_ROLES})\))?: (“.*”)", text, re.DOTALL)
        if not plain:
            return None
        question, (name, rest) = "", plain.groups()
    if _QUOTE.sub("", rest).replace("…", "").strip():
        return None
    return question, name, _QUOTE.findall(rest)


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub(r"[\"'“”‘’]", "", folded).split())
