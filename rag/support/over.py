"""What is over, only meant, or another's: "still" against "never since", "had" against "still waiting", "not me"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.support.clauses import Clause, clauses, concepts
from rag.support.codes import FLIPPED_NEGATION
from rag.support.model import Mismatch, Spoken
from rag.support.quotes import verbatim_places
from rag.support.text import fold

_DENIED = (
    r"(?:n't|\bnot|\bnever|\bno|\bnobody|\bnothing|\bstopped|\bg[ai]ven?(?: (?:it|that|them|those))? up|"
    r"\bpacked (?:it|that|them|those) in|\bwithout)\b"
)
_ENDED = re.compile(
    rf"{_DENIED}[^.;!?]{{0,60}}\b(?:since|now|nowadays|these days|any ?more|any longer)\b"
    rf"|\b(?:since|now)\b[^.;!?]{{0,30}}{_DENIED}"
    r"|\b(?:been|was|were|'s|'ve|have|has|had) (?:taken (?:out|away|down)|removed|withdrawn|cancelled|closed|sold|"
    r"packed in|given up|"
    r"(?:it|that|them) (?:in|up))\b|\b(?:g[ai]ven?|packed) (?:that|it|them|those) (?:up|in)\b|\bused to\b[^.;!?]{0,60}\bstopped\b"
)
_STILL = re.compile(r"\b(?:still|currently|continues? to|now|again|these days|at present|ongoing)\b")
_GOES_ON = re.compile(r"\b(?:still|again|keeps?|carr(?:y|ies) on|going on|currently)\b")
_ANY_DENIAL = re.compile(
    r"\b(?:not|no|cannot|never|none|nobody|nothing|without|stopped|denied|denies|ceased|neither|nor|longer|finished|"
    r"ended|unable|refuses?|refused|lacks?|free|instead|rather|only|former|formerly|gave|given|clean|sober)\b|n't\b"
)
_AWAITED = re.compile(
    r"\b(?:still (?:waiting|to come|not)|waiting (?:for|on|to)|not had (?:it|one|that)|haven't had|"
    r"never (?:got round|came|happened)|(?:keep|keeps|kept) meaning to|meant to|supposed to have|on the (?:waiting )?list)\b"
)
_ASKED_FOR = re.compile(r"\b(?:asked|applied|put in|waiting|list|referred|meaning|meant|ordered|promised|booked)\b")
_HAPPENED = re.compile(
    r"\b(?:had|received|got|obtained|completed|underwent|attended|was given|were given|has been (?:done|completed|given)|"
    r"took place|has had)\b"
)
_DEPENDS = re.compile(r"(?:n't|\bnot|\bcannot|\bunable|\bnever)\b[^.;!?]{0,60}\bwithout\b")
_ALONE = re.compile(r"\b(?:without|unaided|unassisted|independently|alone|on (?:his|her|their) own|by (?:him|her)self)\b")
_OPEN = re.compile(
    r"\b(?:wait\w*|ask\w*|request\w*|appl\w+|due|list|meant|mean\w*|plan\w*|promis\w*|refer\w*|yet|expect\w*|"
    r"hop\w*|want\w*|book\w*|arrang\w*|pending|intend\w*|outstanding|chas\w*)\b"
)
_NOT_ME = re.compile(r"(?:,|\.|-|;|\band|\bbut)\s*(?:it(?: was|'s| is) )?not (?:me|us|mine|ours)\b|\bit wasn't (?:me|us|mine)\b")


def check_over(statement: str, evidence: Sequence[Spoken]) -> list[Mismatch]:
    """Return a mismatch for every clause that keeps up what ended, claims what is awaited, or takes on another's."""
    quoted = verbatim_places(statement, evidence)
    said = " ".join(fold(t.text) for t in evidence)
    ended = bool(_ENDED.search(said)) and not _GOES_ON.search(said)
    awaited = bool(_AWAITED.search(said)) and not _OPEN.search(_outside(statement, quoted))
    depends = bool(_DEPENDS.search(said))
    others = _NOT_ME.search(said) and not _ANY_DENIAL.search(fold(statement))
    found = []
    for part in clauses(statement, fine=True):
        words = statement[part.start : part.end]
        if any(a <= part.start < b or part.start <= a < part.end for a, b in quoted):
            continue
        folded = fold(words)
        if (
            ended
            and len(concepts(t for t in part.tokens if not t.word[0].isdigit()))
            and _STILL.search(folded)
            and not _ANY_DENIAL.search(folded)
            and not _now_elsewhere(part, evidence)
        ):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence says that this is over: “{words}”."))
        elif awaited and _HAPPENED.search(folded) and not _ANY_DENIAL.search(folded) and _asked_for(part, evidence):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence still waits for this: “{words}”."))
        elif depends and _ALONE.search(folded) and not _ANY_DENIAL.search(_ALONE.sub("", folded)) and _dependent(part, evidence):
            found.append(Mismatch(FLIPPED_NEGATION, words, f"The evidence says not without help: “{words}”."))
    if others and not found and re.search(r"\b(?:he|she|they|i|(?:mr|mrs|ms|miss) \w+)\b", fold(statement)):
        takes = _taken_on(statement, evidence)
        found += [Mismatch(FLIPPED_NEGATION, takes, f"The speaker says “not me”: “{takes}”.")] if takes else []
    return found


def _outside(statement: str, quoted: list[tuple[int, int]]) -> str:
    return fold("".join(c for i, c in enumerate(statement) if not any(a <= i < b for a, b in quoted)))


def _now_elsewhere(part: Clause, evidence: Sequence[Spoken]) -> bool:
    """Say whether a clause that denies nothing says the same of now."""
    ours = concepts(part.tokens)
    return any(
        _STILL.search(fold(t.text[c.start : c.end]))
        and not _ANY_DENIAL.search(fold(t.text[c.start : c.end]))
        and ours & concepts(c.tokens)
        or (len(ours) > 1 and ours and ours <= concepts(c.tokens) and not _ANY_DENIAL.search(fold(t.text[c.start : c.end])))
        for t in evidence
        for c in clauses(t.text, fine=True)
    )


def _asked_for(part: Clause, evidence: Sequence[Spoken]) -> bool:
    ours = concepts(part.tokens)
    return any(
        len(ours & concepts(c.tokens)) >= 1 and _ASKED_FOR.search(fold(t.text[c.start : c.end]))
        for t in evidence
        for c in clauses(t.text)
    )


def _dependent(part: Clause, evidence: Sequence[Spoken]) -> bool:
    ours = concepts(part.tokens)
    return any(
        ours & concepts(c.tokens) and _DEPENDS.search(fold(t.text[c.start : c.end])) for t in evidence for c in clauses(t.text)
    )


def _taken_on(statement: str, evidence: Sequence[Spoken]) -> str:
    """Return the clause that gives the speaker what the speaker said happened to another."""
    for turn in evidence:
        m = _NOT_ME.search(fold(turn.text))
        if m is None:
            continue
        before = [c for c in clauses(turn.text) if c.start < m.start()][-2:]
        ideas = frozenset(i for c in before for i in concepts(c.tokens))
        for part in clauses(statement, fine=True):
            words = statement[part.start : part.end]
            own = re.search(r"\b(?:that |^)(?:he|she|they)\b|^(?:he|she|they)\b", fold(words))
            if own and concepts(part.tokens) & ideas:
                return words
    return ""
