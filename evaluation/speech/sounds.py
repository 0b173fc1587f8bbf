"""Recordings without a word in them, made with a fixed seed: nothing may be transcribed."""

from __future__ import annotations

from pathlib import Path

from evaluation.speech.corpus import Clip

RATE = 16_000
SECONDS = 20
SEED = 71


def wordless(folder: Path) -> list[Clip]:
    """Write silence, hum, white and pink noise, knocks and music of 20 seconds each; return them as clips."""
    import numpy as np
    import soundfile

    rng = np.random.default_rng(SEED)
    n = RATE * SECONDS
    t = np.arange(n) / RATE
    white = rng.standard_normal(n)
    spectrum = np.fft.rfft(rng.standard_normal(n))
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), n)
    knocks = np.zeros(n)
    for at in rng.integers(0, n - 2000, 30):
        knocks[at : at + 2000] += rng.standard_normal(2000) * np.exp(-np.arange(2000) / 200)
    sounds = {
        "silence": np.zeros(n),
        "hum": 0.05 * np.sin(2 * np.pi * 50 * t) + 0.02 * np.sin(2 * np.pi * 100 * t),
        "white_noise": 0.1 * white,
        "pink_noise": 0.2 * pink / np.abs(pink).max(),
        "knocks": 0.5 * knocks / np.abs(knocks).max(),
        "music": _music(t),
    }
    found = []
    for name, wave in sounds.items():
        path = folder / f"{name}.wav"
        soundfile.write(path, wave.astype("float32"), RATE, subtype="PCM_16")
        found.append(Clip(name, "sounds", path, "synthetic-ours"))
    return found


def _music(t):  # noqa: ANN001, ANN202 - numpy is imported only when it is needed
    """Return four chords in turn with a melody above them, each note with overtones and a decay."""
    import numpy as np

    wave = np.zeros_like(t)
    chords = [(220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (130.8, 164.8, 196.0), (196.0, 246.9, 293.7)]
    melody = [440.0, 523.3, 659.3, 523.3, 587.3, 523.3, 440.0, 392.0]
    for i in range(int(t[-1] / 0.5) + 1):
        inside = (t >= 0.5 * i) & (t < 0.5 * (i + 1))
        at = t[inside] - 0.5 * i
        for note in (*chords[(i // 4) % 4], melody[i % 8]):
            for k, loud in ((1, 1.0), (2, 0.5), (3, 0.25)):
                wave[inside] += loud * np.sin(2 * np.pi * note * k * at) * np.exp(-3 * at)
    return 0.3 * wave / np.abs(wave).max()
