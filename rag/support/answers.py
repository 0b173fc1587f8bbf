"""Whether an answer says yes or no to what was asked."""

from __future__ import annotations

import re

from rag.support.clause_signs import deny_stems, read_clause
from rag.support.clauses import AUXILIARIES, PRONOUNS, clauses
from rag.support.text import fold
from rag.support.words import lexicon, stem

_REFUSES = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:(?:turned|knocked|threw) (?:it|them|him|her|me|us|that|the idea) (?:down|back|out)|"
    r"(?:would|will)(?:n't| not) (?:hear of|have|entertain|countenance) (?:it|that|one|them)|said no\b|"
    r"put (?:his|her|their|my) foot down|(?:i|he|she|they|we)(?:'d| would) (?:sooner|rather) (?:stay|stop|remain|"
    r"not|die|keep|be here)|"
    r"(?:i|he|she|they|we)(?:'ve|'s| have| has)? (?:packed|jacked|chucked|knocked|gave|given|kicked) (?:it|that|"
    r"them|those|all that) "
    r"(?:in|up|on the head|away|into touch)|(?:i|he|she|they|we)(?:'ve|'s| have| has)? (?:stopped|quit|finished with)\b|"
    r"(?:over my dead body|not a (?:chance|hope|bit of it)|no (?:chance|way|fear)|not likely|"
    r"not on your (?:life|nelly)|fat chance|forget (?:it|"
    r"that)|those days are)|"
    r"(?:i|he|she|they|we) (?:was|were) going to\b|(?:i|he|she|they|we)(?:'ve| have)? (?:meant|keep meaning|kept meaning) to\b|"
    r"(?:am|is|are|was|were)(?:n't| not) having (?:it|that|one|any)|refused)"
)
_WELCOMES = re.compile(
    r"^\W*(?:oh,? )?(?:i'd|i would|he'd|she'd|they'd|we'd)\s+(?:jump at|love (?:to|one|it|that)|be (?:glad|happy|delighted|"
    r"over the moon)|welcome|have (?:it|one) (?:tomorrow|like a shot)|bite (?:your|their) hand)"
)
_LATE = re.compile(r"[.!?]\s+(?:so|but|and|well)\s*,?\s*(no|nah|yes|yeah)\b\s*[,.]")
_OBJECTS = frozenset("it them him her me us that one any either though really so".split())
ONLY_BEFORE = 2
"""answered "I was before. Not now": true once, denied now"""
_NOT_AT_ALL = frozenset(
    (
        "really at now yet that since anymore any in for me him her so lately recently "
        "these as once much often always usually here to particularly especially"
    ).split()
)


def answer_sign(text: str) -> int:
    """Return +1 for an answer that says yes, -1 for no, 0 when it says neither at once."""
    parts = clauses(text)
    if not parts:
        return 0
    data = lexicon()
    first = [c for c in parts if c.sentence == parts[0].sentence]
    words = [t.word for c in first for t in c.tokens]
    run = 0
    seen = 0
    while run < len(words) and run < 6:
        word = words[run]
        if word in ("heck", "hell") or words[run : run + 2] in (["not", "really"],):
            return -1
        if word in data["answer_yes"]:
            seen = 1
        elif word in data["answer_no"] and not (word == "never" and words[run + 1 : run + 2] == ["mind"]):
            if word == "not" and run + 1 < len(words) and words[run + 1] not in _NOT_AT_ALL:
                break
            seen = -1
        elif word not in data["filler"]:
            break
        run += 1
    if seen < 0 and re.match(
        (
            r"[^.?]{0,18}[.?!,] *(?:never[.,!] *)?(?:well |but |i mean |"
            r"actually )*(?:once|twice|sometimes|occasionally|a (?:bit|few|"
            r"couple|little)|yes|yeah|only|just the)\b"
        ),
        fold(text),
    ):
        return 0  # "No. Never. Once."
    if seen:
        return seen
    if _REFUSES.search(fold(text)):
        return -1
    if _WELCOMES.search(fold(text)):
        return 1
    late = _LATE.search(fold(text))
    if late:
        return -1 if late.group(1) in ("no", "nah", "nobody") else 1
    if re.search(
        r"\bnot (?:now|any ?more|these days|for (?:a long time|years|ages|months|a while))\b",
        " ".join(t.word for c in parts[:4] for t in c.tokens),
    ):
        return ONLY_BEFORE
    body = words[run:]
    if len(body) <= 5 and any(w in ("heck", "hell") for w in body):
        return -1
    short = len(body) <= 5
    if short and body[:1] and (body[0] in PRONOUNS or body[0] in AUXILIARIES):
        denied = read_clause(first[0].tokens, 0)[1] and (body[-1] == "not" or body[-1] in PRONOUNS or body[-1] in _OBJECTS)
        if not denied and body[-1] in _OBJECTS and any(stem(w) in deny_stems() for w in body):
            return -1
        return -1 if denied else (1 if len(body) <= 3 and body[-1] in AUXILIARIES else 0)
    return 0
