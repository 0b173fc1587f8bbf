"""What keeping costs: a link of the audit chain, and an encrypted file."""

from __future__ import annotations

import io
import os

from core.access import SYSTEM
from evaluation.benchmarks.fresh import cost
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row

LINKS = 20
MEGABYTES = 64


@define_row("audit_append", about="adding one link to the audit chain, with its anchor", unit="ms", runs=5)
def audit_append(bench: Bench) -> Figures:
    """Milliseconds a link, in a new store on SQLite that lies on the disk of the home folder."""
    from core import audit
    from core.migrations import upgrade

    own = bench.own_home()
    upgrade(own)
    audit.record(own, SYSTEM, "benchmark_began")

    def links() -> None:
        for number in range(LINKS):
            audit.record(own, SYSTEM, "benchmark_link", number=number)

    return Figures([1000 * cost(links).wall / LINKS for _ in range(bench.runs)], note=f"{LINKS} links a run, SQLite")


@define_row("file_encrypt", about="taking a recording into the encrypted file store", unit="MB/s", runs=5)
def file_encrypt(bench: Bench) -> Figures:
    """Megabytes of 10⁶ bytes a second, until the file is safe on the disk of the home folder."""
    from core import files
    from core.migrations import upgrade

    own = bench.own_home()
    upgrade(own)
    content = os.urandom(MEGABYTES * 1_000_000)
    found = []
    for _ in range(bench.runs):
        written: list[files.Written] = []
        spent = cost(lambda kept=written: kept.append(files.write(own, io.BytesIO(content))))
        found.append(MEGABYTES / spent.wall)
        files.file_path(own, written[0].id).unlink()
    return Figures(found, note=f"{MEGABYTES} MB a run")
