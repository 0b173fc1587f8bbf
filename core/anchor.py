"""The second place that remembers the heads of the audit chain, one authenticated line an event.

It lies below ``Settings.anchor_dir``; put that on another disk, where whoever can cut the store
cannot cut the anchor as well.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from core.settings import Settings
from core.vault import derive


@dataclass
class Anchored:
    """What the anchor remembers."""

    heads: dict[int, set[str]] = field(default_factory=dict)
    """event number → every HMAC ever anchored for it: two mean that the chain was cut and grown again"""
    damaged: int = 0
    """lines that this installation did not write"""


def anchor_path(settings: Settings) -> Path:
    """Return the file of the anchor."""
    return (settings.anchor_dir or settings.home / "anchor") / "audit.heads"


def write(settings: Settings, seq: int, mac: str) -> None:
    """Add a head. Lines are only ever appended, so processes need no lock between them."""
    path = anchor_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The newline comes first, so that a line torn by a power cut does not spoil the next one.
    line = f"\n{seq} {mac} {_sign(settings, seq, mac)}".encode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


def read(settings: Settings) -> Anchored:
    """Return every head that was anchored."""
    anchored = Anchored()
    try:
        lines = anchor_path(settings).read_text("ascii", errors="replace").split("\n")
    except FileNotFoundError:
        return anchored
    for line in filter(None, lines):
        parts = line.split(" ")
        if len(parts) != 3 or not parts[0].isdigit():
            anchored.damaged += 1
        elif not hmac.compare_digest(parts[2], _sign(settings, int(parts[0]), parts[1])):
            anchored.damaged += 1
        else:
            anchored.heads.setdefault(int(parts[0]), set()).add(parts[1])
    return anchored


def _sign(settings: Settings, seq: int, mac: str) -> str:
    return hmac.new(derive(settings, "anchor"), f"{seq} {mac}".encode(), "sha256").hexdigest()
