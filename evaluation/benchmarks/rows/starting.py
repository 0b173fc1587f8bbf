"""How soon RAPT is there: its help, and the staff app on a machine where it ran before."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from core.errors import ServiceUnavailable
from core.settings import Settings
from evaluation.benchmarks.fresh import cost
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row
from evaluation.model import Target

ROOT = Path(__file__).resolve().parents[3]
GIVE_UP_S = 120.0
RAPT = [sys.executable, "-m", "ui.cli"]


@define_row("help_starts", about="rapt --help in a new process", unit="s", runs=5, limit=Target(at_most=1.0))
def help_starts(bench: Bench) -> Figures:
    """Seconds from the call to its end."""
    return Figures([cost(lambda: _called("--help")).wall for _ in range(bench.runs)])


@define_row(
    "second_start",
    about="rapt serve until the address answers, in a home folder where it ran before",
    unit="s",
    runs=3,
    limit=Target(at_most=15.0),
)
def second_start(bench: Bench) -> Figures:
    """Seconds from the call to the first page; the very first start is told beside."""
    own = bench.own_home()
    first, *later = [_until_it_answers(own) for _ in range(1 + bench.runs)]
    return Figures(later, beside={"first start s": [first]}, note="store and sample council are there")


def _called(*arguments: str) -> None:
    subprocess.run([*RAPT, *arguments], cwd=ROOT, check=True, capture_output=True)


def _until_it_answers(settings: Settings) -> float:
    port = _free_port()
    # Only the home and the model files are told: another store named in the environment must not be opened.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RAPT_")}
    environment |= {"RAPT_HOME": str(settings.home), "RAPT_MODELS_DIR": str(settings.models_path)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*RAPT, "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - begun < GIVE_UP_S and process.poll() is None:
            if _answers(port):
                return time.perf_counter() - begun
            time.sleep(0.05)
        raise ServiceUnavailable("The staff app did not start.", "Run `rapt doctor`, then `rapt serve`, and see what they say.")
    finally:
        _stop(process)


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        asked.request("GET", "/")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
