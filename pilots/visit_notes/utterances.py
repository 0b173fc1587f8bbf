"""Transcript → utterances: the sentences people said, with exact words, times and the question they answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from core.evidence import SpeechEvidence, Transcript, Turn

_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof|Rev|DC|PC|Sgt|vs|etc|approx)\.$", re.IGNORECASE)
_END = re.compile(r"[.?!…]+[\"”’')\]]*(\s+)")
_LONG_WORDS = 26
_CLAUSE_WORDS = 7
_CLAUSE = re.compile(
    r"(?:(?<=,)\s+|\s+(?=(?:and|but|so|because|then)\s))(?=(?:(?:and|but|so|because|then|well|no|yes|yeah)\b,?\s+)*"
    r"(?:i|he|she|they|we|it|there|you|my|his|her|that|who)(?:'\w+)?\s)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|suppose|supposing|imagine|in case|when|whether|would|might)\b", re.IGNORECASE)
_OPENERS = "\"“‘'(["
_LEADING = re.compile(
    r"^(?:(?:um+|er+m?|uh+|erm+|mm+|hm+)\b[,.]?\s+|(?:oh|ah|well|so|right|okay|ok|and|but|yeah|you know|i mean|anyway|now),\s+|"
    r"(?:so|and|but)\s+(?=(?:i|he|she|we|they|it)\b))+",
    re.IGNORECASE,
)
_STALLS = re.compile(r"^(?:um+|er+m?|mm+|hm+|uh+|sorry|pardon|what|eh|oh)[.,?!…\s]*$", re.IGNORECASE)
SHORT_ANSWER = re.compile(
    r"^(?:oh[, ]+|well[, ]+|um[, ]+|er[, ]+)?(?:no|nope|nah|never|not|none|nothing|nobody|yes|yeah|yep|aye|sometimes|"
    r"a bit|a few|i (?:do|don't|did|didn't|am|can|can't|have|haven't|will|won't)|he (?:does|doesn't|is|isn't)|"
    r"she (?:does|doesn't|is|isn't)|once|twice|about|maybe|probably)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Utterance:
    """One sentence of one turn; ``start``/``end`` are seconds, ``first``/``last`` code points of the turn's text."""

    index: int
    turn: int
    speaker: str
    text: str
    """verbatim words, a contiguous part of the turn's text"""
    first: int
    last: int
    start: float
    end: float
    question: int | None = None
    """index of the utterance (somebody else's question) that this one answers"""

    @property
    def is_question(self) -> bool:
        """Whether it asks something."""
        return self.text.rstrip("\"”’')").endswith("?")

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())

    def evidence(self) -> SpeechEvidence:
        """Return it as evidence; the quote is verbatim."""
        return SpeechEvidence(
            turn=self.turn, start=self.start, end=self.end, quote=self.text, speaker=self.speaker
        )


def utterances(transcript: Transcript) -> list[Utterance]:
    """Return every sentence of the transcript in order, answers linked to their questions."""
    found: list[Utterance] = []
    question: Utterance | None = None
    for number, turn in enumerate(transcript.turns):
        asked = question if question and question.speaker != turn.speaker else None
        for place, (first, last) in enumerate(sentence_spans(turn.text)):
            start, end = _seconds(turn, first, last)
            found.append(
                Utterance(
                    len(found), number, turn.speaker, turn.text[first:last], first, last, start, end,
                    asked.index if asked and place < 2 else None,
                )
            )
        last_question = next((u for u in reversed(found) if u.turn == number and u.is_question), None)
        if last_question:
            question = last_question
        elif asked and not _STALLS.match(turn.text):
            question = None
    return found


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of ``text``, white space outside."""
    spans, start = [], 0
    for match in _END.finditer(text):
        following = text[match.end() :].lstrip(_OPENERS)[:1]
        asked = "?" in match.group()
        if not (following.isupper() or following.isdigit() or following == "£" or (asked and following)):
            continue
        before = text[start : match.start(1)]
        if _ABBREVIATION.search(before) or (following.isdigit() and re.search(r"\S\s+No\.$", before)):
            continue
        spans.append((start, match.start(1)))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for first, last in (part for span in spans for part in _shorter(text, *span)):
        body = text[first:last]
        first += len(body) - len(body.lstrip())
        last -= len(body) - len(body.rstrip())
        if last > first:
            trimmed.append((first, last))
    return trimmed


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a very long sentence where a new clause begins: recognisers write commas for full stops, or nothing."""
    if len(text[start:end].split()) <= _LONG_WORDS:
        return [(start, end)]
    parts, begin = [], start
    for match in _CLAUSE.finditer(text, start, end):
        left, right = len(text[begin : match.start()].split()), len(text[match.end() : end].split())
        if _CONDITION.search(text, begin, match.start()):
            continue  # an "if" without its "then" would turn a fear into a fact
        if left >= _CLAUSE_WORDS and right >= _CLAUSE_WORDS:
            parts.append((begin, match.start()))
            begin = match.end()
    return [*parts, (begin, end)]


def without_lead_in(text: str) -> str:
    """Return ``text`` without the fillers it starts with; the rest stays verbatim."""
    cut = _LEADING.sub("", text)
    return cut if len(cut.split()) >= 2 else text


def _seconds(turn: Turn, first: int, last: int) -> tuple[float, float]:
    """Times of a character span inside its turn: from its words, or by proportion when the turn has none."""
    if turn.words:
        starts, at = [], 0
        for word in turn.words:
            place = turn.text.find(word.text.strip(), at)
            place = at if place < 0 else place
            starts.append(place)
            at = max(at, place + len(word.text.strip()))
        low = max(0, bisect_right(starts, first) - 1)
        high = max(low, bisect_right(starts, last - 1) - 1)
        begin = min(max(turn.words[low].start, turn.start), turn.end)
        return begin, min(max(turn.words[high].end, begin), max(turn.end, begin))
    length = max(1, len(turn.text))
    span = turn.end - turn.start
    return round(turn.start + span * first / length, 3), round(turn.start + span * last / length, 3)
