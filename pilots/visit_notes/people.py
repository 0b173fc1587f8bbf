"""How a speaker is called in the note: the name a person gave, else the role, else the label."""

from __future__ import annotations

from core.evidence import Transcript

ROLE_WORDS = {
    "worker": "Worker", "person": "Person", "person2": "Second person", "carer": "Carer", "family": "Family member",
    "professional": "Professional", "child": "Child", "interpreter": "Interpreter", "unknown": "Speaker",
}


def speaker_names(transcript: Transcript) -> dict[str, str]:
    """Return label → name; two unnamed speakers of one role are told apart by their labels."""
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns))
    roles = {label: transcript.speakers.get(label, "unknown") for label in labels}
    names = {}
    for label in labels:
        given = transcript.names.get(label, "").strip()
        alone = sum(1 for other in labels if roles[other] == roles[label]) == 1
        word = ROLE_WORDS[roles[label]]
        names[label] = given or (word if alone and roles[label] != "unknown" else f"{word} {label}")
    return names


def shown(transcript: Transcript) -> dict[str, str]:
    """Return label → name with role in brackets, where a name is known: ``Ann Lee (carer)``."""
    names = speaker_names(transcript)
    out = {}
    for label, name in names.items():
        role = transcript.speakers.get(label, "unknown")
        given = transcript.names.get(label, "").strip()
        out[label] = f"{name} ({ROLE_WORDS[role].lower()})" if given and role != "unknown" else name
    return out


def named_roles(transcript: Transcript) -> dict[str, str]:
    """Return label → role where a name is known; without one the role already stands as the name."""
    return {
        label: role for label, role in transcript.speakers.items() if transcript.names.get(label, "").strip()
    }
