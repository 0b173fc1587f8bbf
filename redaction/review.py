"""A person reads a redaction and changes it: every change gives a new, checked draft and says who, when and why.

Nothing here writes or asks anybody: values in, values out. A change that would leave somebody readable raises
``RemovalRefused`` and the review stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol

from core.errors import BadInput, PolicyRefused
from core.evidence import Finding
from redaction.codes import LEFT_OVER
from redaction.fold import word_key
from redaction.hits import Hit
from redaction.leak import Leak, leaks
from redaction.leak_names import ELSEWHERE, OF_THE_CASE
from redaction.memory import Memory
from redaction.model import Entity
from redaction.people import People, name_words, title_before
from redaction.policy import Policy
from redaction.redactor import Draft
from redaction.replacing import BY_HAND, replaced
from redaction.report import left_over
from redaction.review_places import doubt_at, in_source, lines_of
from redaction.review_reasons import ADD_REASONS, OTHER, REMOVE_REASONS, TYPES, vet_note

Place = tuple[int, int]
"""start and end in the input text"""


@dataclass(frozen=True)
class Decision:
    """One change; it names a token and a type, never the value."""

    number: int
    kind: Literal["add", "remove"]
    type: str
    token: str
    places: int
    reason: str
    """a code of ``ADD_REASONS`` or ``REMOVE_REASONS``"""
    note: str
    """the person's own words, free of what is masked"""
    by: str
    """user id"""
    at: datetime

    def as_record(self) -> dict[str, str | int]:
        """Return the decision as the report prints it."""
        return {
            "number": self.number,
            "decision": self.kind,
            "type": self.type,
            "token": self.token,
            "places": self.places,
            "reason": self.reason,
            "note": self.note,
            "by": self.by,
            "at": self.at.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True)
class Why:
    """Who changes something, when and for what reason."""

    reason: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Review:
    """A text under review; ``draft`` is what comes out now, with what the leak test says about it."""

    text: str = field(repr=False)
    people: People = field(repr=False)
    policy: Policy
    memory: Memory = field(repr=False)
    hits: tuple[Hit, ...]
    """everything found, also what the policy keeps"""
    removed: tuple[Hit, ...]
    """masks that a person took away"""
    doubts: tuple[Finding, ...]
    draft: Draft = field(repr=False)
    decisions: tuple[Decision, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether the leak test passed: only then may anything be handed out."""
        return not self.draft.leaks


class RemovalRefused(PolicyRefused):
    """Without this mask somebody would be readable; nothing was changed."""

    code = "mask_needed"


class Drafts(Protocol):
    """What is needed of a redactor."""

    def draft(self, text: str, people: People = (), chosen: Policy | None = None, memory: Memory | None = None) -> Draft:
        """Return a redaction before its leak test is judged."""
        ...


def begin(redactor: Drafts, text: str, people: People, policy: Policy, memory: Memory | None = None) -> Review:
    """Return the review of what the recognisers found, before anybody changed it.

    ``memory``: that of the case the text belongs to. Raises BadInput, MissingModel.
    """
    memory = memory or Memory(text, people, reversible=policy.reversible)
    # what a policy keeps is found too, so that the reader sees where it stands
    everything = replace(policy, actions={}, otherwise="token", keep_people=frozenset(), keep_roles=frozenset())
    found = redactor.draft(text, people, everything, memory)
    hits = tuple(Hit(e.start, e.end, e.type, e.score, e.recogniser, e.pattern) for e in found.entities)
    doubts = tuple(one for one in found.findings if one.code != LEFT_OVER)
    return Review(text, people, policy, memory, hits, (), doubts, _draft(text, people, policy, memory, hits, (), doubts))


def add(review: Review, places: Iterable[Place], kind: str, why: Why, *, same_as: int = 0) -> Review:
    """Return the review with these places masked as ``kind``; ``same_as``: number of the person they name.

    What the policy keeps or only makes coarser can be masked too. Raises BadInput when there is no such place,
    all is masked already, or the reason is missing or repeats a masked value.
    """
    if kind not in TYPES:
        raise BadInput("There is no such type of identifier.", f"Choose from: {', '.join(TYPES)}.", code="bad_type")
    _reasoned(why, ADD_REASONS)
    masked = _masked(review.draft.entities)
    wanted = [place for start, end in places for place in lines_of(review.text, start, end)]
    if not wanted:
        raise BadInput("These words are not in the text.", "Type them as they stand there.", code="not_in_text")
    fresh = [(s, e) for s, e in wanted if not any(low <= s and e <= high for low, high in masked)]
    if not fresh:
        raise BadInput("This is masked already.", "Look for other places of it.", code="already_masked")
    spans = _joined([*fresh, *(p for p in masked | {(h.start, h.end) for h in review.hits} if _touches(p, fresh))])
    hits = [h for h in review.hits if not _touches((h.start, h.end), spans)]
    hits += [Hit(start, end, kind, 1.0, BY_HAND, why.reason) for start, end in spans]
    memory = deepcopy(review.memory)
    for person in memory.table.people if kind == "PERSON" else ():
        if person.number == same_as:
            for start, end in fresh:
                memory.table.alias(person, name_words(review.text[start:end]))
    removed = tuple(h for h in review.removed if not _touches((h.start, h.end), spans))
    changed = _changed(review, hits, removed, memory)
    token = next(e.token for e in changed.draft.entities if (e.start, e.end) == spans[0])
    return _decided(changed, "add", kind, token, len(spans), why)


def remove(review: Review, places: Iterable[Place], why: Why) -> Review:
    """Return the review without the masks at these places.

    Raises RemovalRefused when that would leave somebody of the case, or anything else the leak test knows,
    readable; BadInput when there is no mask, or the reason is missing or repeats a masked value.
    """
    _reasoned(why, REMOVE_REASONS)
    wanted = set(places)
    gone = [e for e in review.draft.entities if (e.start, e.end) in wanted]
    if not gone:
        raise BadInput("There is no mask at this place.", "Choose one of those in the text.", code="no_mask")
    memory = deepcopy(review.memory)
    for entity in gone:
        if entity.type == "PERSON" and _of_case(review, memory, entity):
            who = entity.token.strip("<>")
            raise _refused(f"{who} is somebody named in the case, who would be readable", "Leave it masked.")
    wanted = {(e.start, e.end) for e in gone}
    hits = [h for h in review.hits if (h.start, h.end) not in wanted]
    lost = [h for h in review.hits if (h.start, h.end) in wanted and h.recogniser != BY_HAND]
    changed = _changed(review, hits, (*review.removed, *lost), memory)
    before = {(*in_source(review.draft, one), one.type) for one in review.draft.leaks}
    for leak in changed.draft.leaks:
        if (*in_source(changed.draft, leak), leak.type) not in before:
            raise _refused(_sentence(leak))
    return _decided(changed, "remove", gone[0].type, gone[0].token, len(gone), why)


def same_words(review: Review, entity: Entity) -> tuple[Place, ...]:
    """Return every masked place of the same words and type as this one, itself included."""
    key = word_key(review.text[entity.start : entity.end])
    alike = (e for e in review.draft.entities if e.type == entity.type)
    return tuple((e.start, e.end) for e in alike if word_key(review.text[e.start : e.end]) == key)


def _sentence(leak: Leak) -> str:
    kind = leak.type.replace("_", " ")
    if leak.reason == OF_THE_CASE:
        return f"a person of the case would be readable (line {leak.line})"
    if leak.reason == ELSEWHERE:
        return f"the same {kind} is still masked elsewhere, and could be told from this place (line {leak.line})"
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind} would be readable (line {leak.line})"


def _refused(why: str, remedy: str = "") -> RemovalRefused:
    several = "Leave it masked. If it is masked in several places and names nobody, remove every place at once."
    return RemovalRefused(f"The mask stays: {why}.", remedy or several)


def _of_case(review: Review, memory: Memory, entity: Entity) -> bool:
    surface = review.text[entity.start : entity.end]
    return memory.table.resolve(surface, title_before(review.text, entity.start)).seeded


def _changed(review: Review, hits: Sequence[Hit], removed: tuple[Hit, ...], memory: Memory) -> Review:
    ordered = tuple(sorted(hits, key=lambda h: h.start))
    draft = _draft(review.text, review.people, review.policy, memory, ordered, removed, review.doubts)
    return replace(review, hits=ordered, removed=removed, memory=memory, draft=draft)


def _draft(
    text: str,
    people: People,
    rules: Policy,
    memory: Memory,
    hits: Sequence[Hit],
    removed: Sequence[Hit],
    doubts: Sequence[Finding],
) -> Draft:
    made = replaced(text, hits, memory.table, rules, memory.tokens)
    left = dict(Counter(made.left) + Counter(hit.type for hit in removed))
    found = leaks(made.text, memory.watched(made, rules), made.hidden_people(people))
    spans = [(h.start, h.end) for h in hits]
    open_doubts = (one for one in doubts if not _touches(doubt_at(one), spans))
    findings = (*open_doubts, *left_over(made.entities, left))
    return Draft(made.text, made.entities, made.vault, findings, found, rules.name, rules.reversible, left)


def _decided(changed: Review, kind: Literal["add", "remove"], type_: str, token: str, places: int, why: Why) -> Review:
    vet_note(why.note, changed.text, changed.draft, changed.people)
    one = Decision(len(changed.decisions) + 1, kind, type_, token, places, why.reason, why.note.strip(), why.by, why.at)
    return replace(changed, decisions=(*changed.decisions, one))


def _reasoned(why: Why, known: Iterable[str]) -> None:
    if why.reason not in known or (why.reason == OTHER and not why.note.strip()):
        raise BadInput("The reason is missing.", "Choose a reason; for another one, say it in your words.", code="no_reason")


def _masked(entities: Iterable[Entity]) -> set[Place]:
    """Return the places that nothing can be read of."""
    return {(e.start, e.end) for e in entities if e.action in ("token", "remove")}


def _touches(place: Place, others: Iterable[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def _joined(places: Sequence[Place]) -> list[Place]:
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
