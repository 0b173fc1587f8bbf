"""The council profile: everything that differs from one council to the next, as data.

A fact that carries a year (a rate, a deadline, a price) stands here with its source and the days
it is valid, so that a changed rule is an edit of data, and an expired one is said to be unset
rather than used.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core import clock
from core.errors import BadInput, RaptError
from core.settings import Settings, get_settings

ArtefactKind = Literal["audio", "transcript", "draft", "final"]
FactValue = str | int | float


class UnsetFact(RaptError):
    """The profile holds no value of that fact for that day; nothing is assumed in its place."""

    code = "unset_fact"
    exit_code = 5


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactPeriod(_Data):
    """One value of a fact and the days it is valid, both ends inclusive."""

    value: FactValue
    source: str = Field(min_length=3)
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self

    def covers(self, day: date) -> bool:
        """Return whether the value is valid on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Team(_Data):
    """A team; cases belong to one, and access follows it."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    service: str


class LawfulBasis(_Data):
    """What the council's data protection officer decided for one area of work."""

    article_6: str
    article_9: str = ""
    note: str = ""


class ConsentScript(_Data):
    """What is said before a recording; ``version`` is recorded with every answer."""

    version: str
    title: str
    text: str


class Vocabulary(_Data):
    """Local words that speech recognition should expect."""

    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Return all of them, places first."""
        return self.places + self.agencies + self.terms


class Phone(_Data):
    """A number people may be given."""

    label: str
    number: str


class Profile(_Data):
    """One council."""

    name: str
    short_name: str
    kind: Literal["county", "unitary", "district", "borough"]
    fictional: bool = False
    timezone: str = "Europe/London"
    facts: dict[str, tuple[FactPeriod, ...]] = {}
    teams: tuple[Team, ...] = Field(min_length=1)
    lawful_basis: dict[str, LawfulBasis]
    retention_days: dict[ArtefactKind, int]
    consent: ConsentScript
    vocabulary: Vocabulary = Vocabulary()
    phones: dict[str, Phone] = {}
    case_references: tuple[str, ...] = ()
    """regular expressions of the council's own case numbers; redaction hides what they match"""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = {"audio", "transcript", "draft", "final"} - set(self.retention_days)
        if missing:
            raise ValueError(f"retention_days lacks {', '.join(sorted(missing))}")
        if any(days < 1 for days in self.retention_days.values()):
            raise ValueError("retention_days must be at least 1")
        if len({team.id for team in self.teams}) != len(self.teams):
            raise ValueError("two teams have the same id")
        for name, periods in self.facts.items():
            ordered = sorted(periods, key=lambda p: p.valid_from)
            for before, after in zip(ordered, ordered[1:], strict=False):
                if before.valid_to is None or before.valid_to >= after.valid_from:
                    raise ValueError(f"fact {name} has two values on {after.valid_from}")
        return self

    def period(self, name: str, on: date | None = None) -> FactPeriod:
        """Return the value with its source and days; raises UnsetFact naming the fact and the day."""
        day = on or clock.today()
        for period in self.facts.get(name, ()):
            if period.covers(day):
                return period
        known = "has no value for" if name in self.facts else "is not in the profile; asked for"
        raise UnsetFact(
            f"The council fact {name!r} {known} {day.isoformat()}.",
            f"Add it with value, source and valid_from under `facts:` in the profile of {self.short_name}.",
        )

    def fact(self, name: str, on: date | None = None) -> FactValue:
        """Return a fact's value on a day (default: today); raises UnsetFact when there is none."""
        return self.period(name, on).value

    def basis(self, area: str) -> str:
        """Return the lawful basis of an area in one line; raises UnsetFact when nobody decided it."""
        found = self.lawful_basis.get(area)
        if found is None:
            raise UnsetFact(
                f"The profile of {self.short_name} states no lawful basis for {area!r}.",
                "Ask the data protection officer, and add it under `lawful_basis:`.",
            )
        return "; ".join(f"UK GDPR Article {part}" for part in (found.article_6, found.article_9) if part)

    def team(self, team_id: str) -> Team:
        """Return a team; raises BadInput when the profile has none of that id."""
        for team in self.teams:
            if team.id == team_id:
                return team
        ids = ", ".join(team.id for team in self.teams)
        raise BadInput("There is no such team in the council profile.", f"Choose one of: {ids}.")


def load_profile(path: Path | None = None, settings: Settings | None = None) -> Profile:
    """Return the profile at ``path``, else the one in settings, else the fictional sample council.

    Raises BadInput (``bad_profile``) that names the file's wrong key, never its values.
    """
    path = path or (settings or get_settings()).profile
    try:
        text = (
            files("core").joinpath("profiles/sample_council.yaml").read_text("utf-8")
            if path is None
            else path.read_text("utf-8")
        )
    except (OSError, UnicodeDecodeError):
        raise _bad("The council profile cannot be read.", "Check the path in RAPT_PROFILE.") from None
    try:
        return Profile.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise _bad(f"The council profile is not valid YAML{where}.", "Correct that line.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise _bad(f"The council profile is wrong at {key}: {first['msg']}.", "Correct that key.") from None


def _bad(message: str, remedy: str) -> BadInput:
    return BadInput(message, remedy, code="bad_profile")
