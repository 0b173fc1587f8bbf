"""The words on the pages: every code of the core in plain English, and times as people read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.moments import clock as clock

LONDON = ZoneInfo("Europe/London")

ROLES: dict[str, str] = {
    "unknown": "not named yet",
    "worker": "worker",
    "person": "person",
    "person2": "second person",
    "carer": "carer",
    "family": "family member",
    "professional": "professional",
    "child": "child",
    "interpreter": "interpreter",
}
"""Role of a speaker."""

PERSON_ROLES = {**ROLES, "unknown": "somebody else"}
"""Role of a person of the case; a person named in a case is known, unlike a voice."""

STAFF_ROLES: dict[str, str] = {
    "practitioner": "practitioner",
    "approver": "approver",
    "coe_reviewer": "Centre of Excellence reviewer",
    "administrator": "administrator",
}

CONSENT: dict[str, str] = {
    "none": "Consent not recorded",
    "agreed": "Consent agreed",
    "refused": "Consent refused",
    "withdrawn": "Consent withdrawn",
}

CAPACITY: dict[str, str] = {
    "has": "Has capacity for this decision",
    "lacks_best_interests": "Lacks capacity for this decision: best-interests decision recorded",
    "not_assessed": "Presumed: nothing gave reason to doubt it",
}

SEVERITY: dict[str, str] = {"block": "Blocks release", "warn": "Check", "info": "For information"}

ORIGIN: dict[str, str] = {
    "quoted": "their own words",
    "reported": "reported",
    "generated": "written by a model",
    "human": "written by a person",
}

DECISIONS: dict[str, str] = {
    "approve": "Approved",
    "amend": "Amended",
    "reject": "Rejected",
    "escalate": "Escalated",
}

STATUS: dict[str, str] = {"drafted": "drafted", "not_discussed": "not discussed"}

OPEN_ITEMS: dict[str, str] = {
    "section_undecided": "Section not decided",
    "section_escalated": "Section escalated, an approver decides",
    "finding_open": "Finding that blocks release, not settled",
}


def heading_of(sections: tuple[object, ...], key: str) -> str:
    """Return the heading of the section of that key, or the key in plain words."""
    for section in sections:
        if getattr(section, "key", "") == key:
            return str(getattr(section, "heading", key))
    return plain(key)


def plain(code: str) -> str:
    """Return a snake_case code as words with a capital."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def length(seconds: float) -> str:
    """Return a length of time as "4 min 10 s"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def when(moment: datetime | None) -> str:
    """Return a moment as "14 March 2026, 10:30" in London time."""
    if moment is None:
        return "not yet"
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def size(count: int) -> str:
    """Return a number of bytes as KB or MB."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} KB"


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, in whole minutes, hours or days."""
    gap = max(now - moment, timedelta())
    if gap < timedelta(minutes=1):
        return "just now"
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = int(gap.total_seconds() // seconds)
        if count:
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"
