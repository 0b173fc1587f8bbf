"""A real worker process with toy jobs: ``python tests/core/toy_worker.py HOME``. Not a test itself."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.errors import BadInput
from core.jobs import JobContext, Step, job
from core.settings import Settings
from core.worker import run_worker

SECRET = "Zebedee Quillfeather"


def _note(context: JobContext, line: str) -> None:
    with (context.settings.home / "log.txt").open("a") as log:
        log.write(f"{context.job_id} {line}\n")


def _slow(name: str) -> Callable[[JobContext], None]:
    def run(context: JobContext) -> None:
        _note(context, f"{name} begins")
        for tick in range(12):
            time.sleep(0.1)
            context.progress(tick / 12, f"{tick} of 12")
        _note(context, f"{name} ends")

    return run


@job("toy.three_steps")
def three_steps() -> Sequence[Step]:
    return [Step(name, f"Doing {name}", _slow(name)) for name in ("one", "two", "three")]


@job("toy.quick")
def quick() -> Sequence[Step]:
    return [Step("only", "Doing it", lambda context: _note(context, "quick"))]


@job("toy.bad_input")
def bad_input() -> Sequence[Step]:
    def run(context: JobContext) -> None:
        _note(context, "tried")
        if not (context.settings.home / "repaired").exists():
            raise BadInput("That is not a recording.", "Choose another file.", code="not_audio")

    return [Step("read", "Reading", run)]


@job("toy.big_file")
def big_file() -> Sequence[Step]:
    def run(context: JobContext) -> None:
        _note(context, "writes")
        (context.settings.home / "big").write_bytes(bytes(20_000_000))

    return [Step("write", "Writing", run)]


@job("toy.unforeseen")
def unforeseen() -> Sequence[Step]:
    def run(context: JobContext) -> None:
        raise ValueError(f"cannot parse {SECRET}")

    return [Step("parse", "Parsing", run)]


if __name__ == "__main__":
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    look_every = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    run_worker(Settings(home=Path(sys.argv[1])), stop=stop, poll_s=0.2, grace_s=5, tick_s=look_every)
