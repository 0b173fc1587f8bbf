"""A switch for each pilot: off means that nothing of it runs, whoever asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core import audit
from core.access import Action, User, require
from core.clock import now
from core.db import new_id, reading, writing
from core.errors import BadInput, PolicyRefused
from core.settings import Settings
from core.tables import SwitchRow
from core.vault import seal, unseal

_PILOT = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class PilotSwitch:
    """How a pilot's switch stands, and since when."""

    pilot: str
    on: bool
    why: str = ""
    who: str = ""
    """empty when nobody ever touched it"""
    at: datetime | None = None


def set_pilot(settings: Settings, user: User, pilot: str, on: bool, why: str) -> PilotSwitch:
    """Switch a pilot on or off and return how it stands; BadInput without a reason."""
    require(user, Action.SWITCH_PILOT)
    if not _PILOT.fullmatch(pilot):
        raise BadInput("This is not the name of a pilot.", "Use the pilot's folder name.")
    if not why.strip():
        raise BadInput("The reason is missing.", "Say why the pilot is switched.")
    switch = PilotSwitch(pilot, on, why.strip(), user.id, now())
    with writing(settings) as session:
        row = SwitchRow(id=new_id("switch"), pilot=pilot, on=on, who=user.id, at=switch.at)
        row.sealed = seal(settings, {"why": switch.why}, f"pilot_switches/{row.id}")
        session.add(row)
        audit.append(session, settings, user, "pilot_on" if on else "pilot_off", pilot)
    return switch


def switch_state(settings: Settings, pilot: str) -> PilotSwitch:
    """Return how the switch stands; a pilot nobody ever switched is on."""
    query = select(SwitchRow).where(SwitchRow.pilot == pilot).order_by(SwitchRow.number.desc()).limit(1)
    with reading(settings) as session:
        row = session.scalars(query).first()
        if row is None:
            return PilotSwitch(pilot, True)
        why = unseal(settings, row.sealed, f"pilot_switches/{row.id}")["why"]
        return PilotSwitch(pilot, row.on, why, row.who, row.at)


def require_on(settings: Settings, pilot: str) -> None:
    """Raise PolicyRefused when the pilot is switched off."""
    if not switch_state(settings, pilot).on:
        raise PolicyRefused(
            "This pilot is switched off.",
            "Ask the Centre of Excellence or an administrator why.",
            code="pilot_off",
        )
