"""An instruction inside a source is content, never a command: sentences that follow one are blocked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.support.codes import INSTRUCTION_IN_SOURCE
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instruction|"
    r"prompt|rule|guideline|above|previous|system)\w*"
    r"|\b(?:system|developer) (?:prompt|message|instruction)"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot|different)\b"
    r"|\b(?:new|your|the following) instructions?\b\s*(?::|are|is)"
    r"|\b(?:in|for) (?:the|your|this) (?:summary|case note|draft|"
    r"output|answer|response)\b.{0,20}\b(?:write|say|state|put|include)\b"
    r"|\b(?:write|say|state|put|include|add) (?:in|into|to) (?:the|"
    r"your|this) (?:summary|case note|draft|output|answer|response)\b"
)


def check_orders(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch when a cited source gives orders and the statement does not merely quote it."""
    if not any(_ORDER.search(fold(turn.text)) for turn in evidence) or verbatim_places(statement, evidence):
        return []
    message = "The source tells whoever writes what to write. Quote it, or leave it out."
    return [Mismatch(INSTRUCTION_IN_SOURCE, statement, message)]
