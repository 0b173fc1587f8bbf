"""One engine in a process of its own, so that processor time and memory are its own.

``python -m evaluation.speech.worker JOB OUT``
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import MissingModel, RaptError
from core.evidence import Transcript
from core.settings import Settings
from evaluation.speech.corpus import Clip


@dataclass(frozen=True)
class Heard:
    """What an engine made of one recording, and what it cost."""

    transcript: Transcript
    cpu: float
    """processor seconds of the process, all threads"""
    wall: float


@dataclass(frozen=True)
class Outcome:
    """One process's work."""

    heard: dict[str, Heard]
    peak_gb: float
    """largest resident memory of the process, in GB of 10⁹ bytes"""


def listen(
    settings: Settings,
    clips: Sequence[Clip],
    *,
    engine: str,
    diarise: bool,
    warm: bool,
    vocabulary: bool = False,
) -> Outcome:
    """Transcribe the clips in a fresh process.

    ``warm`` loads the model before the clock starts; without it loading counts, as for a first upload.
    Raises MissingModel when the engine or its model is missing, RaptError for any other failure.
    """
    job = {
        "settings": settings.model_dump(mode="json", exclude={"key", "chat_key"}),
        "engine": engine,
        "diarise": diarise,
        "warm": warm,
        "clips": [[c.id, str(c.path.absolute()), list(c.names) if vocabulary else []] for c in clips],
    }
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "job.json", Path(folder) / "out.json"
        given.write_text(json.dumps(job), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "evaluation.speech.worker", str(given), str(made)],
            capture_output=True,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        if not made.is_file():
            raise RaptError(
                f"The measuring process ended with code {done.returncode}.",
                "Run it again with more free memory.",
            )
        out = json.loads(made.read_text("utf-8"))
    if "error" in out:
        kind = MissingModel if out["exit_code"] == MissingModel.exit_code else RaptError
        raise kind(out["error"]["message"], out["error"]["remedy"], code=out["error"]["code"])
    heard = {row["id"]: Heard(Transcript.model_validate(row["transcript"]), row["cpu"], row["wall"]) for row in out["clips"]}
    return Outcome(heard, out["peak_gb"])


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job in this process; returns what :func:`listen` reads."""
    import numpy as np

    from transcription import ENGINES, transcribe_file

    settings = Settings(**job["settings"])
    engine = ENGINES.get(job["engine"])(settings)
    if job["warm"]:
        engine.transcribe(np.zeros(16_000, dtype=np.float32))
    rows = []
    for id_, path, vocabulary in job["clips"]:
        cpu, wall = _cpu(), time.monotonic()
        made = transcribe_file(
            path,
            settings=settings,
            engine=engine,
            diarise=job["diarise"],
            vocabulary=vocabulary,
            transcript_id=id_,
        )
        rows.append(
            {
                "id": id_,
                "transcript": made.model_dump(mode="json"),
                "cpu": _cpu() - cpu,
                "wall": time.monotonic() - wall,
            }
        )
    return {"clips": rows, "peak_gb": _peak_bytes() / 1e9}


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main(given: str, made: str) -> None:
    """Read a job, do it, write the outcome or the error whole."""
    try:
        out = work(json.loads(Path(given).read_text("utf-8")))
    except RaptError as error:
        out = {"error": error.as_record(), "exit_code": error.exit_code}
    part = Path(f"{made}.part")
    part.write_text(json.dumps(out), "utf-8")
    part.rename(made)


if __name__ == "__main__":
    main(*sys.argv[1:3])
