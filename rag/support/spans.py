"""Stages of a period ("the end of the month") and steps from an event ("the day after he left")."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.support.binding import Item
from rag.support.text import fold

_STAGES = {
    "beginning": "start", "start": "start", "early": "start", "first part": "start", "top": "start",
    "middle": "middle", "mid": "middle", "halfway through": "middle",
    "end": "end", "late": "end", "close": "end", "back end": "end",
}  # fmt: skip
_PERIOD = (
    r"week|month|year|term|summer|winter|spring|autumn|morning|afternoon|evening|night|day|holidays?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december"
)
_STAGE = re.compile(
    rf"\b(?P<s>{'|'.join(sorted(_STAGES, key=len, reverse=True))})(?:[ -]of)?[ -](?:the |this |that |next |last )?"
    rf"(?P<p>{_PERIOD})\b"
)
_STEP = re.compile(
    r"\b(?:the|a|one)\s+(?:very\s+)?(?P<u>day|night|week|fortnight|month|year|morning|evening|hour|minute)\s+"
    r"(?P<d>after|before)\b"
)


@lru_cache(maxsize=4096)
def spans(text: str) -> tuple[Item, ...]:
    """Return stages with key (stage, period) and steps with key (unit, "after" or "before")."""
    folded = fold(text)
    found = [Item("stage", (_STAGES[m["s"]], m["p"]), m.start(), m.end()) for m in _STAGE.finditer(folded)]
    return (*found, *(Item("step", (m["u"], m["d"]), m.start(), m.end()) for m in _STEP.finditer(folded)))


def span_supported(item: Item, same: list[Item]) -> bool:
    """Say whether the evidence has it, or has no other of its kind that it could have been mistaken for."""
    rivals = [i for i in same if item.kind == "step" or i.key[1] == item.key[1]]
    return not rivals or any(i.key == item.key for i in rivals)
