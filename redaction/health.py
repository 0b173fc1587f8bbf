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
    from redaction.recognisers import TABLE, build

    off = set(settings.recognisers_off)
    if unknown := off - set(TABLE):
        return fail(
            f"The settings switch off recognisers that do not exist: {', '.join(sorted(unknown))}.",
            f"Correct RAPT_RECOGNISERS_OFF; known: {', '.join(TABLE)}.",
        )
    made = build(settings, frozenset(off))
    dead = [name for name in TABLE if name not in off and not (name in made and _finds(made[name]))]
    listed = ", ".join(
        f"{name} {'off' if name in off else 'fails' if name in dead else 'on'}" for name in TABLE
    )
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
    return ok(f"All {len(TABLE)} recognisers are on: {', '.join(TABLE)}.")


def _finds(recogniser: object) -> bool:
    from redaction.recognisers.base import UkRecogniser

    return isinstance(recogniser, UkRecogniser) and bool(recogniser.analyze(recogniser.EXAMPLE))
