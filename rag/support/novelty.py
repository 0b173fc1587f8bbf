"""A clause whose every telling word is new was not said: "…and that she has overloaded the sockets"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.support.clauses import clauses, concept, stop_words
from rag.support.codes import UNSUPPORTED_CLAIM, UNSUPPORTED_RISK
from rag.support.dates import dates
from rag.support.frames import frame_end, is_question_asked
from rag.support.meaning import danger, nearness
from rag.support.model import Mismatch, Spoken
from rag.support.names import name_items, short_forms
from rag.support.quotes import verbatim_places
from rag.support.words import lexicon, tokens

_FEWEST = 2
"""a single new word is mostly a paraphrase; measured on the development pairs"""
_ALIKE = 0.55
"""a clause this near in meaning to something said is a paraphrase, whatever its words"""
_STRANGE = 0.36
_HARM = 0.45
"""a clause of new words this far from everything said and this near to a harm tells of a harm nobody spoke of"""


@lru_cache(maxsize=1)
def _note_words() -> frozenset[str]:
    return frozenset(concept(w) for w in lexicon()["note_words"].split())


def check_novelty(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every clause with two or more telling words, none of them in the evidence."""
    heard = {
        concept(t.word)
        for turn in evidence
        for t in tokens(f"{turn.text} {turn.speaker} {turn.role}")
        if t.is_word
    }
    heard |= {part for word in heard for part in word.split("-")}
    known = verbatim_places(statement, evidence)
    known += [(d.start, d.end) for d in dates(statement)]
    known += [(n.start, n.end) for n in name_items(statement, starts_count=False)]
    found = []
    for part in clauses(statement, fine=True):
        words = statement[part.start : part.end]
        if is_question_asked(words):
            continue
        begin = part.start + frame_end(words)
        telling = [
            t
            for t in part.tokens
            if t.start >= begin
            and t.word not in stop_words()
            and not re.search(r"\d", t.word)
            and concept(t.word) not in _note_words()
            and not any(a <= t.start < b for a, b in known)
        ]
        if not telling or any(concept(t.word) in heard for t in telling):
            continue
        if "".join(t.word[0] for t in telling) in short_forms(evidence):
            continue  # "the occupational therapist" for "the OT"
        words = statement[begin : part.end].strip()
        near = nearness(words, evidence)
        if near < _STRANGE and danger(words) >= max(_HARM, near):
            found.append(Mismatch(UNSUPPORTED_RISK, words, f"Nobody spoke of anything like “{words}” in the evidence."))
        elif len(telling) >= _FEWEST and near < _ALIKE:
            found.append(Mismatch(UNSUPPORTED_CLAIM, words, f"Nothing like “{words}” is in the evidence."))
    return found
