"""``rapt doctor``: every recogniser, on or off, proved with a sample it must find."""

from __future__ import annotations

from core.health import Check, fail, health_check, ok, warn
from core.settings import Settings


@health_check("recognisers")
def recognisers(settings: Settings) -> Check:
    """Return the list of recognisers; one that is off without the settings saying so is a failure."""
    return look(settings)


def look(settings: Settings) -> Check:
    """Return the same, for callers that need the type."""
    from redaction.recognisers import FURTHER, TABLE, build

    off, on = set(settings.recognisers_off), set(settings.recognisers_on)
    if unknown := (off | on) - set(TABLE):
        return fail(
            f"The settings name recognisers that do not exist: {', '.join(sorted(unknown))}.",
            f"Correct RAPT_RECOGNISERS_OFF and RAPT_RECOGNISERS_ON; known: {', '.join(TABLE)}.",
        )
    made = build(settings, frozenset(off))
    waiting = FURTHER - on - off
    dead = [name for name in TABLE if name not in off | waiting and not (name in made and _finds(made[name]))]
    told = {**dict.fromkeys(waiting, "not asked for"), **dict.fromkeys(off, "off"), **dict.fromkeys(dead, "fails")}
    listed = ", ".join(f"{name} {told.get(name, 'on')}" for name in TABLE)
    if dead:
        return fail(
            f"{len(dead)} of {len(TABLE)} recognisers do not find their own sample: {listed}.",
            "Run `rapt models pull`; if that does not help, report it as a fault in RAPT. "
            "Redact nothing until then.",
            dead,
        )
    if off:
        return warn(
            f"{len(off)} of {len(TABLE)} recognisers are switched off in the settings: {listed}.",
            "Remove them from RAPT_RECOGNISERS_OFF unless the information officer decided so.",
            sorted(off),
        )
    return ok(f"{len(TABLE) - len(waiting)} recognisers are on: {listed}.")


def _finds(recogniser: object) -> bool:
    from redaction.recognisers.base import UkRecogniser

    return isinstance(recogniser, UkRecogniser) and bool(recogniser.analyze(recogniser.EXAMPLE))
