"""Sounds in which nobody speaks, made with a fixed seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

RATE = 16_000


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * RATE)) / RATE


def silence(seconds: float) -> np.ndarray:
    """Digital silence."""
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def white_noise(seconds: float, level: float = 0.1) -> np.ndarray:
    """White noise."""
    return np.random.default_rng(1).normal(0, level, int(seconds * RATE)).astype(np.float32)


def quiet_noise(seconds: float) -> np.ndarray:
    """The hiss of a recorder in an empty room; its level is raised before recognition."""
    return white_noise(seconds, 0.0006)


def brown_noise(seconds: float) -> np.ndarray:
    """Rumble, as of a car or a washing machine."""
    walk = np.cumsum(np.random.default_rng(2).normal(0, 1, int(seconds * RATE)))
    smooth = walk - np.convolve(walk, np.ones(801) / 801, mode="same")
    return (0.2 * smooth / np.abs(smooth).max()).astype(np.float32)


def mains_hum(seconds: float) -> np.ndarray:
    """Mains hum with harmonics."""
    t = _time(seconds)
    return np.sum([0.1 / n * np.sin(2 * np.pi * 50 * n * t) for n in range(1, 8)], axis=0).astype(np.float32)


def clicks(seconds: float) -> np.ndarray:
    """A clock, or knocks on a table, over faint noise."""
    out = white_noise(seconds, 0.002)
    knock = np.exp(-np.arange(800) / 90) * np.sin(2 * np.pi * 900 * np.arange(800) / RATE)
    for start in range(0, len(out) - 800, RATE):
        out[start : start + 800] += 0.4 * knock.astype(np.float32)
    return out


def chords(seconds: float) -> np.ndarray:
    """A slow organ: four chords of three notes with harmonics."""
    t = _time(seconds)
    out = np.zeros(len(t))
    progression = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (164.8, 207.7, 246.9))
    for index, start in enumerate(range(0, len(t), 2 * RATE)):
        part = t[start : start + 2 * RATE]
        for note in progression[index % 4]:
            for n in (1, 2, 3, 4):
                out[start : start + len(part)] += np.sin(2 * np.pi * note * n * part) / n
    return (0.25 * out / np.abs(out).max()).astype(np.float32)


def band(seconds: float) -> np.ndarray:
    """Chords, a gliding lead with vibrato (the most voice-like part), bass and drums."""
    t = _time(seconds)
    beat = RATE // 2
    out = chords(seconds).astype(np.float64)
    chance = np.random.default_rng(3)
    scale = (440.0, 493.9, 554.4, 659.3, 740.0)
    hat = chance.normal(0, 1, 1200) * np.exp(-np.arange(1200) / 200)
    kick = np.sin(2 * np.pi * 60 * np.arange(3000) / RATE) * np.exp(-np.arange(3000) / 700)
    for index, start in enumerate(range(0, len(t) - 3000, beat)):
        part = t[start : start + beat]
        note = scale[int(chance.integers(len(scale)))]
        phase = 2 * np.pi * note * part + 0.8 * np.sin(2 * np.pi * 5.5 * part)
        envelope = np.sin(np.pi * np.linspace(0, 1, len(part)))
        out[start : start + len(part)] += 0.2 * envelope * sum(np.sin(n * phase) / n for n in (1, 2, 3, 4, 5))
        out[start : start + 1200] += 0.1 * hat
        if index % 2 == 0:
            out[start : start + 3000] += 0.5 * kick
    return (0.4 * out / np.abs(out).max()).astype(np.float32)


NOBODY_SPEAKS: dict[str, Callable[[float], np.ndarray]] = {
    "silence": silence,
    "white noise": white_noise,
    "quiet noise": quiet_noise,
    "brown noise": brown_noise,
    "mains hum": mains_hum,
    "clicks": clicks,
    "chords": chords,
    "band": band,
}
