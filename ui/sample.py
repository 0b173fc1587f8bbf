"""The fictional sample council in the store: users, cases with consent, recorded visits. All invented."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from core.access import User
from core.cases import Case, Person, create_case, list_cases
from core.consent import ConsentForm, Told, consent_state, record_consent
from core.evidence import Role
from core.profile import load_profile
from core.settings import Settings
from core.sources import add_recording, list_sources
from core.users import seed_sample_users

AUDIO = (".opus", ".ogg", ".flac", ".mp3", ".m4a", ".wav")
TEAMS = {"child_and_family_visit": "children-east", "strategy_discussion": "children-east"}
"""team of a visit by its template; the others belong to adults-north"""


@dataclass(frozen=True)
class SampleReport:
    """What lies in the store now."""

    users: int
    cases: int
    new_cases: int
    recordings: int


def load(settings: Settings, say: Callable[[str], None] = lambda _: None) -> int:
    """Load the sample and tell the person what lies there; returns how many cases were added."""
    report = load_sample(settings)
    say(
        f"Fictional sample council: {report.users} users, {report.cases} cases ({report.new_cases} new), "
        f"{report.recordings} recordings."
    )
    return report.new_cases


def load_sample(settings: Settings, folder: Path | None = None) -> SampleReport:
    """Load the sample into a migrated store; what is there already is left alone."""
    users = seed_sample_users(settings)
    folder = folder or Path(str(files("evaluation").joinpath("data/visit_notes/spoken")))
    made = recordings = total = 0
    scripts = sorted(path for path in folder.glob("*.json") if "." not in path.stem)  # not *.turns.json
    for number, script in enumerate(scripts, start=1):
        visit = json.loads(script.read_text("utf-8"))
        team = TEAMS.get(visit["template"], "adults-north")
        user = next(user for user in users if team in user.teams and "practitioner" in user.roles)
        case, new = _case(settings, user, f"SAMPLE-{number:03}", visit, team)
        total += 1
        made += new
        recordings += _recording(settings, user, case, script)
    return SampleReport(len(users), total, made, recordings)


def _case(
    settings: Settings, user: User, reference: str, visit: dict[str, Any], team: str
) -> tuple[Case, bool]:
    for case in list_cases(settings, user):
        if case.reference == reference:
            return case, False
    people = tuple(Person(one["name"], _role(one["role"])) for one in visit["people"])
    title = f"{visit['title']} (fictional)"
    case = create_case(settings, user, reference=reference, title=title, team=team, people=people)
    profile = load_profile(settings=settings)
    record_consent(
        settings,
        user,
        case.id,
        ConsentForm(
            decision="agreed",
            how="spoken at the door, before the recording (fictional)",
            script_version=profile.consent.version,
            lawful_basis=profile.basis("visit_notes"),
            told=tuple(
                Told(one.name, one.role) for one in people if one.name and one.role in ("person", "carer")
            )
            or tuple(Told(one.name, one.role) for one in people[:1]),
            capacity="has",
        ),
    )
    return case, True


def _role(word: str) -> Role:
    return word if word in get_args(Role) else "unknown"  # type: ignore[return-value]


def _recording(settings: Settings, user: User, case: Case, script: Path) -> int:
    audio = next((script.with_suffix(end) for end in AUDIO if script.with_suffix(end).is_file()), None)
    # somebody may have tried withdrawal on the sample: that answer stands
    if audio is None or consent_state(settings, case.id) != "agreed":
        return 0
    if not list_sources(settings, user, case.id):
        with audio.open("rb") as stream:
            media_type = mimetypes.guess_type(audio.name)[0] or "audio/ogg"
            add_recording(settings, user, case.id, stream, audio.name, media_type)
    return 1
