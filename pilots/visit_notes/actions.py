"""Who undertook to do what by when, in the words spoken; nothing said means ``not stated``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from core.evidence import Action, SpeechEvidence
from pilots.visit_notes.corrections import Correction
from pilots.visit_notes.utterances import Utterance, without_lead_in
from rag.support.text import fold

_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|thirty[- ]first|"
    r"twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|\d{1,2}(?:st|nd|rd|th))"
)
_THIRD = re.compile(
    r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:'ll| will| is going to|'s going to| can)\s+(?:ring|ask|send|get|arrange|book|check|"
    r"speak|email|chase|bring|come|take|do|collect|meet|sort|see|look|put|pick)\b"
)
_NO_NAMES = frozenset("I We You They He She It That This There Who".split())
_ASSENT = re.compile(
    r"^(?:oh |well |um |all right,? )*(?:yes|yeah|yep|okay|ok|all right|alright|sure|of course|i will|i can|i'll|go on|will do|"
    r"aye|fine|no problem|that's fine|by (?:mon|tues|wednes|thurs|fri|tomorrow)|understood|i do|i could)\b"
)


@dataclass(frozen=True)
class _Patterns:
    commit: re.Pattern[str]
    request: re.Pattern[str]
    somebody: re.Pattern[str]
    offer: re.Pattern[str]
    told: re.Pattern[str]
    due: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    import yaml

    data = yaml.safe_load(files("pilots.visit_notes").joinpath("actions.yaml").read_text("utf-8"))
    joined = {key: "|".join(value) for key, value in data.items() if isinstance(value, list)}
    due = joined["due"].replace("@ORDINAL@", _ORDINAL)
    return _Patterns(
        commit=re.compile(
            rf"\b(?:{joined['commit']}) ?(?:also |definitely |just |then )?(?!{joined['not_a_commitment']})\w+"
        ),
        request=re.compile(joined["request"]),
        somebody=re.compile(joined["somebody"]),
        offer=re.compile(joined["offer"]),
        told=re.compile(joined["told"]),
        due=re.compile(rf"\b(?:(?:{joined['due_lead']})\s+)?(?:{due})\b"),
    )


def is_commitment(text: str) -> bool:
    """Whether somebody undertakes, or is asked, to do something."""
    folded = fold(text)
    return bool(_patterns().commit.search(folded) or (_patterns().request.search(folded)) or _patterns().somebody.search(folded))


def actions(
    items: Sequence[Utterance], roles: dict[str, str], who: Callable[[str], str], found_corrections: Sequence[Correction] = ()
) -> tuple[Action, ...]:
    """Return the actions in order; ``who`` gives the name (or role) shown for a speaker label.

    A request counts when the next speaker does not turn it down; its owner is the one who was asked.
    """
    found: list[Action] = []
    answered: set[int] = set()
    for u in items:
        if u.index in answered:
            continue
        if found and _TAKES_ON.match(fold(u.text)) and _follows(items, u, found[-1]):
            found[-1] = _taken_on(found[-1], u, who)
            continue
        reply = _reply(items, u)
        owner = _owner(u, reply, who, roles.get(u.speaker, "unknown") in ("worker", "professional"))
        if owner is not None and u.is_question and reply is not None and _patterns().request.search(fold(u.text)):
            near = items[reply.index : reply.index + 2]
            answered |= {v.index for v in near if v.turn == reply.turn and v.words <= 9}
        if owner is None:
            continue
        evidence = [u.evidence()]
        due, said_in = _due(u.text), u
        if due == "not stated":
            for other in _nearby(items, u, reply):
                due, said_in = _due(other.text), other
                if due != "not stated":
                    evidence.append(other.evidence())
                    break
        due, later = _put_right(due, said_in, items, found_corrections)
        if later is not None:
            evidence.append(later.evidence())
        found.append(
            Action(
                id=f"a{len(found) + 1}", what=without_lead_in(u.text), owner=owner, due=due, evidence=tuple(evidence)
            )
        )
    return tuple(found)


def _due(text: str) -> str:
    """The last time expression of the sentence: after a slip of the tongue the later one counts."""
    hits = [m for m in _patterns().due.finditer(fold(text))]
    if not hits:
        return "not stated"
    last = hits[-1]
    return text[last.start() : last.end()].strip()


def _owner(u: Utterance, reply: Utterance | None, who: Callable[[str], str], at_work: bool) -> str | None:
    """Return who is to do what the sentence says; None when it promises and asks nothing."""
    patterns, folded = _patterns(), _outside_quotes(u.text)
    refused = reply is not None and _refused(reply)
    if patterns.commit.search(folded) and not _hypothetical(folded) and not (u.is_question and refused):
        return who(u.speaker)
    if at_work and not u.is_question and _I_WOULD.search(folded) and not _hypothetical(folded):
        return who(u.speaker)
    if patterns.request.search(folded) and reply is not None and not refused:
        if _ASSENT.match(fold(reply.text)) or not u.is_question:
            return who(reply.speaker)
        return None
    if patterns.offer.search(folded) and not refused and not _hypothetical(folded) and (reply is not None or not u.is_question):
        return who(u.speaker)
    if patterns.told.search(folded) and not refused and reply is not None and not _hypothetical(folded):
        return who(reply.speaker)
    if patterns.somebody.search(folded):
        return "not stated"
    named = _THIRD.search(_outside_quotes(u.text, folding=False))
    return named.group(1) if named and not u.is_question and named.group(1) not in _NO_NAMES else None


def _outside_quotes(text: str, folding: bool = True) -> str:
    """Return the text without what is told in another's words ("He said, “I'll go”")."""
    plain = re.sub(r"[\"“][^\"“”]*[\"”]?", lambda m: " " * len(m.group()), text)
    return fold(plain) if folding else plain


_I_WOULD = re.compile(
    r"\bi(?:'d| would) (?:speak|ring|send|ask|raise|call|write|request|email|refer|chase|arrange|"
    r"want to see)\b"
)
_TAKES_ON = re.compile(
    r"^(?:yes|yeah|okay|ok|all right|right|sure|and|then|no problem|thank you|thanks|,|\s)*i(?:'ll| will|"
    r" can) (?:do|copy|sort|see to) "
    r"(?:that|it|this)\b(?: (?:by|before|on|tomorrow|today|tonight|this|next|first thing)[^.;?!]*)?\W*$"
)


def _follows(items: Sequence[Utterance], u: Utterance, last: Action) -> bool:
    """Say whether the sentence comes within two turns of the last action."""
    cited = [e for e in last.evidence if isinstance(e, SpeechEvidence)]
    return bool(cited) and u.turn - max(e.turn for e in cited) <= 2


def _taken_on(last: Action, u: Utterance, who: Callable[[str], str]) -> Action:
    """Return the action with the one who said "I'll do that" and the date that was given with it."""
    due = _due(u.text) if last.due == "not stated" else last.due
    owner = who(u.speaker) if last.owner == "not stated" else last.owner
    return last.model_copy(update={"due": due, "owner": owner, "evidence": (*last.evidence, u.evidence())})


def _put_right(
    due: str, said_in: Utterance, items: Sequence[Utterance], found: Sequence[Correction]
) -> tuple[str, Utterance | None]:
    """Return the date that was put in the place of this one, and the sentence that did so."""
    later = None
    for c in sorted(found, key=lambda c: c.later):
        if c.earlier == said_in.index and c.later != c.earlier and fold(c.wrong) in fold(due):
            said_in = later = items[c.later]
            due = _due(later.text) if _due(later.text) != "not stated" else c.right
    return due, later


def _nearby(items: Sequence[Utterance], u: Utterance, reply: Utterance | None) -> list[Utterance]:
    near = [v for v in items[u.index + 1 : u.index + 3] if v.turn == u.turn and _just_a_time(v)]
    if reply is not None and (reply.words <= 8 or u.is_question):
        near += [v for v in items[reply.index : reply.index + 2] if v.turn == reply.turn and _just_a_time(v)]
    return near


def _just_a_time(v: Utterance) -> bool:
    starts = re.match(r"^(?:by|before|on|from|this|next|tomorrow|today|first thing|straight|in the|at)\b", fold(v.text))
    return v.words <= 5 or (v.words <= 9 and bool(starts))


def _reply(items: Sequence[Utterance], u: Utterance) -> Utterance | None:
    return next((v for v in items[u.index + 1 :] if v.turn > u.turn), None)


def _refused(reply: Utterance) -> bool:
    pattern = r"^(?:oh |well |um )*(?:no\b|nope|not (?:yet|now|today|really)|i'd rather not|i can't|i won't|never)"
    return bool(re.match(pattern, fold(reply.text)))


def _hypothetical(folded: str) -> bool:
    pattern = r"\b(?:if i (?:was|were|fell|died|went|had)|i suppose i'll|or i'll|else i'll|thinks? i'll|sa(?:ys|id) i'll)\b"
    return bool(re.search(pattern, folded))
