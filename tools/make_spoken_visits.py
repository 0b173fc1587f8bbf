"""Speak the fictional visits: scripts in evaluation/data/visit_notes/spoken become small Opus files.

Repeatable: the same script, voices and seed give the same samples. Needs flite (Debian package
``flite``); voices were chosen by measuring how well Whisper base reads them (1-3 % of words wrong)
and how far apart the speaker model hears them (cosine at most 0.7 between any two of a visit).

    python tools/make_spoken_visits.py [ID...]
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "evaluation" / "data" / "visit_notes" / "spoken"
RATE = 16_000
BITRATE = 24_000
LEVEL = 0.07
NOISE = 0.0008
OVERLAP_S = 0.3


@dataclass(frozen=True)
class Voice:
    """A flite voice; ``shift`` above 1 raises pitch and shortens the vocal tract."""

    name: str
    shift: float = 1.0
    stretch: float = 1.0

    def __str__(self) -> str:
        return f"flite {self.name} shift {self.shift:g} stretch {self.stretch:g}"


WOMAN, MAN, OTHER = Voice("slt"), Voice("awb"), Voice("rms", 1.15)
CHILD = Voice("slt", 1.25, 1.05)
CAST = {
    "visit_adult_home": {"S1": MAN, "S2": WOMAN},
    "visit_carers": {"S1": WOMAN, "S2": MAN, "S3": OTHER},
    "visit_child_family": {"S1": WOMAN, "S2": OTHER, "S3": CHILD},
}
INTERRUPTED = {"visit_carers"}
"""visits in which very short remarks begin before the turn before has ended"""


def speak(text: str, voice: Voice) -> np.ndarray:
    """Return the text spoken, 16 kHz float32, at the common level."""
    from scipy.signal import resample_poly

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "turn.wav"
        command = ["flite", "-voice", voice.name, "--setf", f"duration_stretch={voice.stretch * voice.shift}"]
        subprocess.run([*command, "-t", text, "-o", str(out)], check=True)
        with wave.open(str(out)) as stream:
            rate = int(stream.getframerate() * voice.shift)
            samples = np.frombuffer(stream.readframes(stream.getnframes()), dtype=np.int16) / 32768
    step = gcd(rate, RATE)
    samples = resample_poly(samples, RATE // step, rate // step)
    loud = np.abs(samples) > 0.01
    first, last = int(np.argmax(loud)), len(loud) - int(np.argmax(loud[::-1]))
    samples = samples[max(0, first - 320) : last + 320]
    return (samples * LEVEL / np.sqrt((samples[np.abs(samples) > 0.01] ** 2).mean())).astype(np.float32)


def perform(visit: dict[str, Any], cast: dict[str, Voice]) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """Return the conversation's samples and each turn's true start and end in seconds."""
    chance = random.Random(visit["id"])
    noise = np.random.default_rng(len(visit["turns"]))
    pieces: list[tuple[int, np.ndarray]] = []
    times: list[dict[str, Any]] = []
    end = RATE // 2
    before = ""
    for index, turn in enumerate(visit["turns"]):
        samples = speak(turn["text"], cast[turn["speaker"]])
        gap = chance.uniform(0.25, 0.9)
        if visit["id"] in INTERRUPTED and len(turn["text"].split()) <= 4 and turn["speaker"] != before and index:
            gap = -OVERLAP_S
        start = end + int(gap * RATE)
        pieces.append((start, samples))
        times.append(
            {
                "turn": index,
                "speaker": turn["speaker"],
                "start": round(start / RATE, 3),
                "end": round((start + len(samples)) / RATE, 3),
            }
        )
        end = max(end, start + len(samples))
        before = turn["speaker"]
    whole = noise.normal(0, NOISE, end + RATE // 2).astype(np.float32)
    for start, samples in pieces:
        whole[start : start + len(samples)] += samples
    return np.clip(whole, -1, 1), times


def save_opus(samples: np.ndarray, path: Path) -> None:
    """Write mono Opus."""
    import av

    with av.open(str(path), "w", format="ogg") as container:
        stream: Any = container.add_stream("libopus", rate=RATE)
        stream.layout = "mono"
        stream.bit_rate = BITRATE
        pcm = (samples * 32767).astype(np.int16)
        frame = RATE // 50
        for at in range(0, len(pcm), frame):
            block = np.zeros((1, frame), dtype=np.int16)
            part = pcm[at : at + frame]
            block[0, : len(part)] = part
            packet = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            packet.sample_rate = RATE
            packet.pts = at
            packet.time_base = Fraction(1, RATE)
            container.mux(stream.encode(packet))
        container.mux(stream.encode(None))


def main(names: list[str]) -> None:
    """Speak the named visits, or all of them."""
    for path in sorted(FOLDER.glob("*.json")):
        if path.name.endswith(".turns.json") or (names and path.stem not in names):
            continue
        visit = json.loads(path.read_text("utf-8"))
        cast = CAST[visit["id"]]
        samples, times = perform(visit, cast)
        save_opus(samples, path.with_suffix(".opus"))
        path.with_suffix(".turns.json").write_text(json.dumps(times, indent=1) + "\n", "utf-8")
        visit["voices"] = {label: str(voice) for label, voice in cast.items()}
        text = json.dumps(visit, indent=1, ensure_ascii=False) + "\n"
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.stem}: {len(samples) / RATE:.0f} s, {len(times)} turns\n")


if __name__ == "__main__":
    main(sys.argv[1:])
