"""A feared or imagined event that a sentence states as if it had happened."""

from __future__ import annotations

import re

from core.evidence import Finding, SpeechEvidence, Statement, Transcript
from core.findings import finding
from pilots.visit_notes.codes import HYPOTHETICAL
from pilots.visit_notes.utterances import sentence_spans
from rag.support.text import fold
from rag.support.words import stem

_IMAGINED = re.compile(
    r"\b(?:if|suppose|supposing|imagine|what if|say (?:i|he|she|they)|would(?:n't)?|might|could|i'd|he'd|she'd|they'd|you'd|"
    r"in case|worr\w+|scared|frightened|afraid|fear\w*|dread\w*|hope\w*|one day|hypothetical\w*|unless|whether|"
    r"risk\w*|concern\w*|asked|denie\w+)\b"
)
_STOP = frozenset(
    "that this with from they them have were been said says about there when what which would could might".split()
)


def hypotheticals(statement: Statement, transcript: Transcript, section: str) -> list[Finding]:
    """Return a blocking finding when everything cited for a flat statement was only imagined (golden rule 3)."""
    if _IMAGINED.search(fold(statement.text)):
        return []
    told = _content(statement.text)
    cited = []
    for evidence in statement.evidence:
        if isinstance(evidence, SpeechEvidence) and 0 <= evidence.turn < len(transcript.turns):
            text = transcript.turns[evidence.turn].text
            cited += [text[a:b] for a, b in sentence_spans(text) if len(_content(text[a:b]) & told) >= 2]
    if not cited or not all(_IMAGINED.search(fold(sentence)) for sentence in cited):
        return []
    message = "This was said as something imagined or feared, but the sentence states it as a fact."
    return [finding(HYPOTHETICAL, message, statement.evidence, statement=statement.id, section=section)]


def _content(text: str) -> set[str]:
    return {stem(w) for w in re.findall(r"[a-z]{4,}", fold(text)) if w not in _STOP}
