"""Quotation marks promise the speaker's own words: what stands inside them must have been said like that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.support.codes import UNSUPPORTED_NAME, UNSUPPORTED_QUOTE
from rag.support.model import Mismatch, Spoken
from rag.support.words import plain

_QUOTED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)|(?<![\w])'([^']+(?:'\w[^']*)*)'(?!\w)"
)
_EDGE = " .,;:!?…-'\"()"
_SPEAKER = re.compile(
    r"\b(?:said|says|told|stated|added|explained|replied|answered|"
    r"reported|asked|described|called|confirmed|recalled|was)\b"
)


@dataclass(frozen=True)
class Quote:
    """Words inside quotation marks and their place in the statement (marks excluded)."""

    words: str
    start: int
    end: int


def quotes(statement: str) -> list[Quote]:
    """Return the quotes of ``statement`` in order."""
    found = []
    for m in _QUOTED.finditer(statement):
        group = next(i for i in (1, 2, 3, 4) if m.group(i) is not None)
        found.append(Quote(m.group(group), m.start(group), m.end(group)))
    return found


def _bare(text: str) -> str:
    """Return ``text`` folded, without quotation marks: a quote in a quote is printed with other marks."""
    return " ".join(re.sub(r'"|(?<!\w)\'|\'(?!\w)', "", plain(text)).split())


def verbatim_places(statement: str, evidence: Sequence[Spoken]) -> list[tuple[int, int]]:
    """Return the places of those quotes of ``statement`` that were said in exactly these words."""
    return [(q.start, q.end) for q in quotes(statement) if said_verbatim(q.words, evidence)]


def said_verbatim(words: str, evidence: Sequence[Spoken]) -> list[int]:
    """Return the turns that hold these words; an ellipsis inside stands for words left out."""
    parts = [p for p in (_bare(part).strip(_EDGE) for part in re.split(r"…|\.\.\.|\[[^\]]*\]", words)) if p]
    if not parts:
        return list(range(len(evidence)))
    turns = []
    for at, turn in enumerate(evidence):
        text, here = _bare(turn.text), 0
        for part in parts:
            match = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(text, here)
            if match is None:
                break
            here = match.end()
        else:
            turns.append(at)
    return turns


def check_quotes(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every quote that nobody said, or that somebody else said."""
    found = []
    for quote in quotes(statement):
        if len(plain(quote.words).strip(_EDGE)) < 2:
            continue
        turns = said_verbatim(quote.words, evidence)
        if not turns:
            found.append(
                Mismatch(UNSUPPORTED_QUOTE, quote.words, f"“{quote.words}” was not said in these words.")
            )
            continue
        wrong = _said_by_another(statement, quote, turns, evidence)
        if wrong:
            found.append(Mismatch(UNSUPPORTED_NAME, wrong, f"The words “{quote.words}” are not {wrong}’s."))
    return found


def _said_by_another(statement: str, quote: Quote, turns: list[int], evidence: Sequence[Spoken]) -> str:
    """Return the name the quote is put to when another speaker of the evidence said it."""
    speakers = {turn.speaker for turn in evidence if turn.speaker}
    if len(speakers) < 2:
        return ""
    before = statement[: quote.start]
    lead = re.search(r"([^.;“”\"]*)$", before[:-1] if before else "")
    stretch = lead.group(1) if lead else ""
    if not _SPEAKER.search(stretch) and not re.search(r"[:,]\s*$", stretch):
        return ""
    named = [(max(stretch.rfind(part) for part in _parts(s)), s) for s in speakers]
    named = [(at, s) for at, s in named if at >= 0]
    if len(named) != 1:
        return ""
    name = named[0][1]
    return "" if any(evidence[t].speaker == name for t in turns) else name


def _parts(name: str) -> list[str]:
    return [
        p
        for p in re.split(r"[\s-]+", name)
        if len(p) > 2 and not re.fullmatch(r"(?:Mr|Mrs|Ms|Miss|Dr)\.?", p)
    ] or [name]
