"""A page of the document as HTML: masks as chips that open to say why, doubts and leaks marked in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from redaction.model import Entity
from redaction.replacing import BY_HAND
from redaction.review import Review
from redaction.review_places import in_source, remaining
from redaction.review_reasons import ADD_REASONS
from ui.staff.parts.redaction_words import ACTIONS, HOW, chip, found_by, heading


def masked_html(review: Review, start: int, end: int) -> str:
    """Return the text between two offsets with everything a reader should see; nothing of it acts."""
    text = review.text
    parts: list[tuple[int, int, str]] = [
        (e.start, e.end, _chip(e, text[e.start : e.end])) for e in review.draft.entities if start <= e.start < end
    ]
    masks = [(low, high) for low, high, _ in parts]
    leaks = sorted(in_source(review.draft, one) for one in review.draft.leaks)
    _put(parts, masks, leaks, start, end, lambda s, e: _marked("rapt-leak", text[s:e], "still readable"))
    for one in remaining(review):
        if one.how != "coarser":
            said = f"{heading(one.type)}: {HOW[one.how].partition(':')[0]}"
            _put(parts, masks, [(one.start, one.end)], start, end, lambda s, e, w=said: _marked("rapt-note", text[s:e], w))
    out, at = [], start
    for low, high, made in sorted(parts):
        out += [escape(text[at:low]), made]
        at = high
    return "".join([*out, escape(text[at:end])])


def _put(
    parts: list[tuple[int, int, str]],
    taken: list[tuple[int, int]],
    places: Iterable[tuple[int, int]],
    start: int,
    end: int,
    make: Callable[[int, int], str],
) -> None:
    for low, high in places:
        if start <= low and high <= end and low < high and not any(low < b and a < high for a, b in taken):
            parts.append((low, high, make(low, high)))
            taken.append((low, high))


def _chip(entity: Entity, stood: str) -> str:
    kind, token = chip(entity)
    by_hand = entity.recogniser == BY_HAND
    said = (f'<span class="kind">{escape(kind)}: </span>' if kind else "") + escape(token)
    hand = '<span class="kind"> (added)</span>' if by_hand else ""
    return (
        f'<details class="rapt-mask{" hand" if by_hand else ""}"><summary>{said}{hand}</summary>'
        f'<span class="rapt-why">{why_html(entity, stood)}</span></details>'
    )


def why_html(entity: Entity, stood: str) -> str:
    """Return why something was masked, as HTML lines; ``stood``: what stood there."""
    lines = [f"Masked here: “{' '.join(stood.split())}”", f"Type: {heading(entity.type)}"]
    if entity.recogniser == BY_HAND:
        lines.append(f"Added by a reviewer. Reason: {ADD_REASONS.get(entity.pattern, entity.pattern)}")
    else:
        lines.append(f"Found by {found_by(entity.recogniser)}")
        if entity.pattern:
            lines.append(f"Pattern: {entity.pattern.replace('_', ' ')}")
        lines.append(f"Score: {entity.score:.2f} of 1")
    lines.append(f"What was done: {ACTIONS.get(entity.action, entity.action)}")
    return "".join(f"<span>{escape(line)}</span>" for line in lines)


def _marked(name: str, words: str, label: str) -> str:
    return f'<span class="{name}">{escape(words)} <small>[{escape(label)}]</small></span>'
