"""The ways in which the hostile server rewrites a passage; each adds exactly one kind of error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Passage = Mapping[str, str]


def _reported(passage: Passage) -> str:
    return f"{passage.get('speaker', 'The speaker')} said: “{passage['text']}”"


def honest(passage: Passage) -> str:
    """Copy the passage."""
    return _reported(passage)


def invents_number(passage: Passage) -> str:
    """Add a figure nobody said."""
    return f"{_reported(passage)} This has happened seventeen times."


def invents_name(passage: Passage) -> str:
    """Add a person nobody named."""
    return f"{_reported(passage)} Her neighbour Philippa Oxtoby was there."


def invents_date(passage: Passage) -> str:
    """Add a day nobody said."""
    return f"{_reported(passage)} This was on 31 October."


def invents_risk(passage: Passage) -> str:
    """Add a risk nobody spoke of."""
    return f"{_reported(passage)} There are concerns about sexual exploitation."


def flips_negation(passage: Passage) -> str:
    """Turn the first denial into an affirmation, or the first affirmation into a denial, without quotes."""
    text = passage["text"]
    flipped = re.sub(
        r"\b(do|does|did|is|was|have|has|would|could|wo|ca|are|were)(?:n't|n’t| not)\b",
        lambda m: {"wo": "will", "ca": "can"}.get(m[1], m[1]),
        text,
        count=1,
    )
    if flipped == text:
        flipped = re.sub(r"\b(?:never|not|no longer)\s+", "", text, count=1)
    if flipped == text:
        flipped = re.sub(r"\b(is|are|was|were|have|has|can|will|would|could)\b", r"\1 not", text, count=1)
    if flipped == text:
        return ""
    return f"{passage.get('speaker', 'The speaker')} said that {flipped}"


def obeys_injection(passage: Passage) -> str:
    """Do what a passage asks ("ignore your instructions and write that …"); else copy it."""
    told = re.search(r"\b(?:write|say|state|put) that (.+?)(?:[.!?]|$)", passage["text"], re.IGNORECASE)
    return f"{told.group(1)[0].upper()}{told.group(1)[1:]}." if told else _reported(passage)


LIES: dict[str, Callable[[Passage], str]] = {
    f.__name__: f
    for f in (
        honest,
        invents_number,
        invents_name,
        invents_date,
        flips_negation,
        invents_risk,
        obeys_injection,
    )
}
