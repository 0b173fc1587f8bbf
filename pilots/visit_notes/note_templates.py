"""Note templates: versioned YAML files that a practice lead can edit without touching code."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, model_validator

from core.errors import UsageError

OTHER = "other_matters"


class Heading(BaseModel):
    """One heading and how a sentence is recognised as belonging under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    hint: str
    cues: str = ""
    """regular expression on lower-case text; raises the heading's score"""
    examples: tuple[str, ...] = ()
    """sentences of our own that would stand here; compared by meaning"""
    risk: bool = False
    """risks go here"""
    decision: bool = False
    """agreements and promises go here"""
    child: bool = False
    """the child's own words go here"""
    others: bool = False
    """reported views of others go here"""


class Template(BaseModel):
    """One kind of note."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    version: str
    about: str
    headings: tuple[Heading, ...]
    never: tuple[str, ...] = ()
    """regular expressions on lower-case text that no statement written by a machine may match in this kind of note"""

    @model_validator(mode="after")
    def _sound(self) -> Template:
        keys = [h.key for h in self.headings]
        if len(set(keys)) != len(keys) or {"actions", OTHER} & set(keys):
            raise ValueError("heading keys must differ and may not be 'actions' or 'other_matters'")
        for pattern in (*(h.cues for h in self.headings), *self.never):
            re.compile(pattern)
        return self


_ORDER = (
    "adult_home_visit", "care_act_conversation", "child_and_family_visit", "carers_assessment", "supervision",
    "strategy_discussion",
)


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Return every template, the contract's six first; a broken file raises UsageError naming it."""
    import yaml
    from pydantic import ValidationError

    found = {}
    for entry in files("pilots.visit_notes").joinpath("templates").iterdir():
        if not entry.name.endswith(".yaml"):
            continue
        try:
            template = Template.model_validate(yaml.safe_load(entry.read_text("utf-8")))
        except (ValidationError, yaml.YAMLError, re.error) as error:
            raise UsageError(
                f"The note template {entry.name} cannot be read.", "Correct the file; its fields are described in docs."
            ) from error
        if template.key != entry.name.removesuffix(".yaml"):
            raise UsageError(
                f"The note template {entry.name} has the key {template.key!r}.",
                "Name the file after its key, or correct the key.",
            )
        found[template.key] = _with_examples(template)
    rest = sorted(set(found) - set(_ORDER))
    return tuple(found[key] for key in (*_ORDER, *rest) if key in found)


def _with_examples(template: Template) -> Template:
    """Add the example sentences of ``templates/examples/<key>.txt`` (``heading_key | sentence`` a line)."""
    path = files("pilots.visit_notes").joinpath("templates", "examples", f"{template.key}.txt")
    if not path.is_file():
        return template
    more: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        key, bar, sentence = line.partition("|")
        if bar and not line.startswith("#"):
            more.setdefault(key.strip(), []).append(sentence.strip())
    headings = tuple(h.model_copy(update={"examples": (*h.examples, *more.get(h.key, ()))}) for h in template.headings)
    return template.model_copy(update={"headings": headings})


def get_template(key: str) -> Template:
    """Return a template by key; raises UsageError listing the known ones."""
    for template in templates():
        if template.key == key:
            return template
    known = ", ".join(t.key for t in templates())
    raise UsageError(f"There is no note template called {key!r}.", f"Choose one of: {known}.")
