"""Short forms of names, and whether two words are probably one name written twice."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

SHORTEST_STEM = 3


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Return short form → the names it stands for, and name → its short forms."""
    pairs: dict[str, set[str]] = {}
    text = files("redaction").joinpath("data").joinpath("nicknames.txt").read_text("utf-8")
    for line in text.splitlines():
        full, *short = line.split() if line and not line.startswith("#") else [""]
        for form in short:
            pairs.setdefault(form, set()).add(full)
            pairs.setdefault(full, set()).add(form)
    return {word: frozenset(others) for word, others in pairs.items()}


def same_name(word: str, name: str, *, capital: bool) -> bool:
    """Return whether a word is a short form, a possessive without its apostrophe or a misspelling of a name."""
    if word == name or name in nicknames().get(word, ()):
        return word != name
    if word == name + "s":
        return True
    if capital and len(word) >= SHORTEST_STEM and len(name) - len(word) >= 2 and name.startswith(word):
        return True
    if len(name) < 5 or len(word) < 4 or word[0] != name[0] or abs(len(word) - len(name)) > 2:
        return False
    allowed = 2 if len(name) >= 8 else 1
    return close(word, name, allowed)


def close(first: str, second: str, allowed: int) -> bool:
    """Return whether at most ``allowed`` letters are added, lost, changed or swapped with their neighbour."""
    if abs(len(first) - len(second)) > allowed:
        return False
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return False
    return row[-1] <= allowed
