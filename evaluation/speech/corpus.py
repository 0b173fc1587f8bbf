"""The recordings that are measured, with what is truly said in them and by whom."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from evaluation.model import Provenance

SPOKEN = Path(__file__).resolve().parents[1] / "data" / "visit_notes" / "spoken"
UTTERANCES, CONVERSATIONS, MEETINGS = "librispeech_test_other", "two_speaker", "ami_minutes"


@dataclass(frozen=True)
class RefTurn:
    """One stretch of speech in the reference."""

    speaker: str
    start: float
    end: float
    text: str = ""


@dataclass(frozen=True)
class Clip:
    """One recording and its reference."""

    id: str
    set: str
    path: Path
    provenance: Provenance
    turns: tuple[RefTurn, ...] = ()
    names: tuple[str, ...] = ()
    """people named in it, where the reference tells"""

    @property
    def speakers(self) -> int:
        """How many people speak."""
        return len({turn.speaker for turn in self.turns})


def public_speech() -> Path | None:
    """Return the public speech data: below RAPT_DATA, else ``shared/data`` beside the repository."""
    given = os.environ.get("RAPT_DATA")
    root = Path(given).expanduser() if given else Path(__file__).resolve().parents[3] / "shared" / "data"
    return root / "speech" if (root / "speech").is_dir() else None


def utterances(speech: Path, limit: int | None = None) -> list[Clip]:
    """Return read sentences, evenly taken from all readers when there is a limit."""
    rows = _json(speech / UTTERANCES / "manifest.json")
    if limit and limit < len(rows):
        rows = [rows[i * len(rows) // limit] for i in range(limit)]
    return [
        Clip(
            row["id"],
            "utterances",
            speech / UTTERANCES / f"{row['id']}.flac",
            "real-public",
            (RefTurn(row["speaker"], 0.0, row["seconds"], row["text"]),),
        )
        for row in rows
    ]


def conversations(speech: Path, limit: int | None = None) -> list[Clip]:
    """Return conversations made from two readers' sentences, shortest first."""
    found = [
        Clip(
            path.stem,
            "conversations",
            path.with_suffix(".flac"),
            "real-public",
            tuple(RefTurn(t["speaker"], t["start"], t["end"], t["text"]) for t in _json(path)),
        )
        for path in sorted((speech / CONVERSATIONS).glob("*.json"))
    ]
    return sorted(found, key=lambda clip: clip.turns[-1].end)[:limit]


def meetings(speech: Path, limit: int | None = None) -> list[Clip]:
    """Return half-minutes of meetings with their speakers and no text."""
    found = []
    for path in sorted((speech / MEETINGS).glob("*.rttm"))[:limit]:
        turns = []
        for line in path.read_text("utf-8").splitlines():
            part = line.split()
            if len(part) >= 8 and part[0] == "SPEAKER":
                turns.append(RefTurn(part[7], float(part[3]), float(part[3]) + float(part[4])))
        found.append(Clip(path.stem, "meetings", path.with_suffix(".flac"), "real-public", tuple(turns)))
    return found


def spoken(limit: int | None = None) -> list[Clip]:
    """Return the fictional visits that were spoken by machine voices and are part of the repository."""
    from evaluation.notes.spoken import spoken_visits

    return [
        Clip(
            one.visit.id,
            "spoken",
            one.audio,
            "synthetic-ours",
            tuple(RefTurn(t.speaker, t.start, t.end, one.visit.transcript.turns[t.turn].text) for t in one.turns),
            one.names,
        )
        for one in spoken_visits(SPOKEN)[:limit]
    ]


def is_silent(path: Path) -> bool:
    """Whether a file holds no sound at all (below -60 dB throughout), as placeholders of test data do."""
    import numpy as np
    import soundfile

    audio, _ = soundfile.read(path, dtype="float32")
    return len(audio) == 0 or float(np.abs(audio).max()) < 1e-3


def first_seconds(clip: Clip, seconds: float, folder: Path) -> Clip:
    """Return the beginning of a recording as a clip of its own, with the turns that begin in it."""
    import soundfile

    audio, rate = soundfile.read(clip.path, dtype="float32")
    path = folder / f"{clip.id}-{seconds:.0f}s.wav"
    soundfile.write(path, audio[: int(seconds * rate)], rate)
    turns = tuple(RefTurn(t.speaker, t.start, min(t.end, seconds), t.text) for t in clip.turns if t.start < seconds - 3)
    return Clip(path.stem, clip.set, path, clip.provenance, turns)


def _json(path: Path) -> list[dict[str, Any]]:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"The speech data file {path.name} cannot be read.", "Fetch the data again.") from error
