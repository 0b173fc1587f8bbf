"""Who undertook to do what by when, in the words spoken; nothing said means ``not stated``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from core.evidence import Action
from pilots.visit_notes.utterances import Utterance, without_lead_in
from rag.support.text import fold

_VERBS = (
    r"(?!be (?:honest|straight|frank|fine|ok|all right|back in)|say\b|admit|tell you (?:what|straight|the truth|now|that|why)|"
    r"never|try(?=\W*$)|try not|think (?:about|on)|straight|just say|not\b|miss\b|have a (?:biscuit|tea|coffee|drink)|put the kettle|manage|cope|do my best|see\b(?! (?:if|whether|who|about|you|him|her|them|what (?:i|we)))|"
    r"give you that|always|probably never|be (?:dead|lost|glad|late)|die|know\b|need|want|end up|still|just (?:sit|say|get on)|remember|forget|lose\b|take that)"
)
_COMMIT = re.compile(
    rf"\b(?:i'll|i will|we'll|we will|i'm going to|i am going to|we're going to|i shall|i'd better|i can (?=(?:ring|ask|send|get|arrange|sort|book|check|"
    rf"speak|email|chase|refer|bring|put|have someone|show|find|do (?:it|that|monday|tuesday|wednesday|thursday|friday))\b)) ?(?:also |definitely |just |then )?{_VERBS}\w+"
)
_REQUEST = re.compile(
    r"\b(?:can|could|will|would) you (?:please )?(?!tell me|say|describe|remember|manage|see\b|hear|feel|like|want|mind|go\b|have|be\b|think|call it|get (?:up|out|to|in)|still|ever|walk|"
    r"stand|cook|do (?:that|it) (?:yourself|on your own)|explain|give me an)(\w+)|\bi(?:'d like| want|'d want|'m asking| need) you to \w+|\byou(?:'ll| will) (?:ring|bring|send|ask|book|fill|take|let|"
    r"call|email|check|get|speak|write|chase|raise|update|finish)\b|\byou(?:'d| would) stay\b"
)
_SOMEBODY = re.compile(r"\b(?:someone|somebody)(?:'ll| will| needs to| ought to| should| has to| must)\b|\bneeds? to be (?:done|booked|sorted|chased|reported|sent|fixed)\b")
_THIRD = re.compile(r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:'ll| will| is going to|'s going to| can)\s+(?:ring|ask|send|get|arrange|book|check|speak|email|chase|bring|come|take|do|collect|meet|sort|see|look|put|pick)\b")
_ASSENT = re.compile(r"^(?:oh |well |um |all right,? )*(?:yes|yeah|yep|okay|ok|all right|alright|sure|of course|i will|i can|i'll|go on|will do|aye|fine|no problem|that's fine|by (?:mon|tues|wednes|thurs|fri|tomorrow)|understood|i do|i could)\b", re.IGNORECASE)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|s"
    r"ixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first|\d{1,2}(?:st|nd|rd|th))"
)
_DUE = re.compile((
    r"\b(?:(?:by|before|on|from|until|till|at|this|next|first thing|later|within|after|for)\s+)?(?:the end of (?:the |next |this )?(?:day|week|month|april|may|june|july|august|september|october|november|december|january|february|march|tomorrow|today)|end of (?:the |next |this )?(?:day|week|month|tomorrow|today|[a-z]+)|"
    r"(?:this|tomorrow|next|on|every) (?:morning|afternoon|evening|week|month)|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:,? the @O@(?: of [a-z]+)?)?(?: (?:morning|afternoon|evening|night))?(?: at [a-z0-9:. ]{2,12}(?=[.,?!]|$))?|"
    r"tomorrow(?: (?:morning|afternoon|evening|night|by \w+))?|tonight|today|this (?:morning|afternoon|evening|week)|next (?:week|month|visit)|the @O@(?: of [a-z]+)?|"
    r"(?:a|one|two|three|four|five|six|ten|\d+) (?:days?|weeks?|months?|working days)(?: time|' time)?|straight away|right away|as soon as i(?:'m| am| get) back|when i get back(?: to the office)?(?: today)?|when (?:we|you|i) (?:hang up|go|leave|finish)|in the morning|"
    r"(?:four|five|six|seven|eight|nine|ten|eleven|twelve|one|two|three|noon|midday|half \w+|quarter (?:to|past) \w+) ?o'clock|(?<=by )(?:noon|midday|four|five|six|three|two)|(?<=before )(?:five|six|noon|four|christmas))\b"
).replace("@O@", _ORDINAL))


def is_commitment(text: str) -> bool:
    """Whether somebody undertakes, or is asked, to do something."""
    folded = fold(text)
    return bool(_COMMIT.search(folded) or (_REQUEST.search(folded)) or _SOMEBODY.search(folded))


def actions(items: Sequence[Utterance], roles: dict[str, str], who: Callable[[str], str]) -> tuple[Action, ...]:
    """Return the actions in order; ``who`` gives the name (or role) shown for a speaker label.

    A request counts when the next speaker does not turn it down; its owner is the one who was asked.
    """
    found: list[Action] = []
    answered: set[int] = set()
    for u in items:
        if u.index in answered:
            continue
        folded = fold(u.text)
        reply = _reply(items, u)
        owner = None
        if _COMMIT.search(folded) and not _hypothetical(folded) and not (u.is_question and reply is not None and _refused(reply)):
            owner = who(u.speaker)
        elif _REQUEST.search(folded) and reply is not None and not _refused(reply):
            owner = who(reply.speaker) if _ASSENT.match(reply.text) or not u.is_question else "not stated"
            if owner == "not stated" and u.is_question:
                continue
            if u.is_question:
                answered |= {v.index for v in items[reply.index : reply.index + 2] if v.turn == reply.turn and v.words <= 9}
        elif _SOMEBODY.search(folded):
            owner = "not stated"
        else:
            named = _THIRD.search(u.text)
            if named and not u.is_question and named.group(1) not in ("I", "We", "You", "They", "He", "She", "It", "That", "This", "There", "Who"):
                owner = named.group(1)
        if owner is None:
            continue
        evidence = [u.evidence()]
        due = _due(u.text)
        if due == "not stated":
            for other in _nearby(items, u, reply):
                due = _due(other.text)
                if due != "not stated":
                    evidence.append(other.evidence())
                    break
        found.append(
            Action(
                id=f"a{len(found) + 1}", what=without_lead_in(u.text), owner=owner, due=due, evidence=tuple(evidence)
            )
        )
    return tuple(found)


def _due(text: str) -> str:
    """The last time expression of the sentence: after a slip of the tongue the later one counts."""
    hits = [m for m in _DUE.finditer(fold(text))]
    if not hits:
        return "not stated"
    last = hits[-1]
    return text[last.start() : last.end()].strip()


def _nearby(items: Sequence[Utterance], u: Utterance, reply: Utterance | None) -> list[Utterance]:
    near = [v for v in items[u.index + 1 : u.index + 3] if v.turn == u.turn and v.words <= 5]
    if reply is not None and (reply.words <= 8 or u.is_question):
        near += [v for v in items[reply.index : reply.index + 2] if v.turn == reply.turn and v.words <= 5]
    return near


def _reply(items: Sequence[Utterance], u: Utterance) -> Utterance | None:
    return next((v for v in items[u.index + 1 :] if v.turn > u.turn), None)


def _refused(reply: Utterance) -> bool:
    return bool(re.match(r"^(?:oh |well |um )*(?:no\b|nope|not (?:yet|now|today|really)|i'd rather not|i can't|i won't|never)", fold(reply.text)))


def _hypothetical(folded: str) -> bool:
    return bool(re.search(r"\b(?:if i (?:was|were|fell|died|went|had)|i suppose i'll|or i'll|else i'll|thinks? i'll|sa(?:ys|id) i'll)\b", folded))
