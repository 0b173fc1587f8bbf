"""Whether a value of the statement is what the evidence says of something else."""

from __future__ import annotations

from collections.abc import Sequence

from rag.support.binding import Item


def misplaced(item: Item, stated: Sequence[Item], evidence: Sequence[Item], margin: int = 1) -> bool:
    """Say whether another value of the kind is what the evidence says of these words."""
    same = [e for e in evidence if e.kind == item.kind and e.key == item.key and not e.taken_back]
    others = [e for e in evidence if e.kind == item.kind and e.key != item.key and not e.taken_back]
    if not same or not others or not item.about:
        return False
    if _side(item) and any(_side(e) for e in same):
        swapped = any(_side(e) == _side(item) for e in others) and not any(_side(e) == _side(item) for e in same)
        if swapped:
            return True
    if item.direction == "not" and all(e.direction != "not" for e in same) and any(e.direction == "not" for e in others):
        return True
    if (
        item.direction not in ("from", "left", "not")
        and "<past>" not in item.about
        and all(e.direction == "left" for e in same)
        and not any(s.direction == "left" for s in stated)
    ):
        return True
    own = max(_fit(item, e) for e in same)
    best = max(others, key=lambda e: _fit(item, e))
    if _fit(item, best) < own + margin or any(s.key == best.key and s.about == item.about for s in stated if s.kind == item.kind):
        return False
    return not _same_order(item, best, stated, same)


def _side(item: Item) -> str:
    return {"left": "from", "from": "from", "to": "to", "into": "to"}.get(item.direction, "")


def _fit(item: Item, other: Item) -> float:
    shared = item.about & other.about
    marks = {"<past>", "<now>"}
    clash = ("<past>" in item.about and "<past>" not in other.about) or (
        "<now>" in item.about and marks & other.about == {"<past>"}
    )
    return len(shared - marks) - (2 if clash else 0)


def _same_order(item: Item, best: Item, stated: Sequence[Item], same: Sequence[Item]) -> bool:
    """Say whether the statement gives both values in the order the evidence has them."""
    for other in stated:
        if other.kind == item.kind and other.key == best.key:
            return any(((e.turn, e.start) < (best.turn, best.start)) == (item.start < other.start) for e in same)
    return False
