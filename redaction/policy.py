"""Policies: what happens to each type of identifier, as data (redaction/data/policies.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from core.errors import BadInput, UsageError

Action = Literal["token", "remove", "year", "month", "district", "band", "keep"]
DEFAULT = "model_safe"


@dataclass(frozen=True)
class Policy:
    """One policy: an action per type, and whose names stay."""

    name: str
    title: str
    otherwise: Action
    reversible: bool
    """whether a vault is handed out"""
    actions: dict[str, Action] = field(default_factory=dict)
    keep_people: frozenset[str] = frozenset()
    """roles of people whose own identifiers stay (the person it is about)"""
    keep_roles: frozenset[str] = frozenset()
    """roles of people whose names stay because they acted in their office"""
    source: str = ""

    def action(self, kind: str, role: str = "") -> Action:
        """Return what happens to a hit of this type; ``role``: that of the person it names, if known."""
        if kind == "PERSON" and role.casefold() in self.keep_people | self.keep_roles:
            return "keep"
        return self.actions.get(kind, self.otherwise)


@lru_cache(maxsize=4)
def policies(path: Path | None = None) -> dict[str, Policy]:
    """Return every policy by name; raises BadInput when the file names an action that there is not."""
    source = path or files("redaction").joinpath("data").joinpath("policies.toml")
    try:
        table = tomllib.loads(source.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        raise BadInput("The file of redaction policies cannot be read.", "It must be TOML.", code="bad_policy") from None
    return {name: _policy(name, row) for name, row in table.items()}


def policy(name: str = DEFAULT) -> Policy:
    """Return a policy; raises UsageError naming those there are."""
    known = policies()
    if name not in known:
        raise UsageError(f"There is no redaction policy called {name!r}.", f"Choose from: {', '.join(known)}.")
    return known[name]


def _policy(name: str, row: dict[str, Any]) -> Policy:
    actions = {kind: what for kind, what in row.items() if kind.isupper()}
    actions |= dict.fromkeys(row.get("keep", ()), "keep")
    wrong = sorted({*actions.values(), row.get("otherwise", "")} - set(get_args(Action)))
    if wrong:
        raise BadInput(
            f"The redaction policy {name} names an action that there is not ({wrong[0]!r}).",
            f"Choose from: {', '.join(get_args(Action))}.",
            code="bad_policy",
        )
    return Policy(
        name=name,
        title=row.get("title", name),
        otherwise=row["otherwise"],
        reversible=bool(row.get("reversible", False)),
        actions=actions,
        keep_people=frozenset(r.casefold() for r in row.get("keep_people", ())),
        keep_roles=frozenset(r.casefold() for r in row.get("keep_roles", ())),
        source=row.get("source", ""),
    )
