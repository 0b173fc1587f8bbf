"""The two processes of the staff app: Streamlit and the worker, started, watched and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from core.errors import ServiceUnavailable
from core.processes import process_lives
from core.settings import Settings
from ui import oidc
from ui.options import streamlit_arguments

HOST = "127.0.0.1"
START_WITHIN_S = 90.0
STOP_WITHIN_S = 20.0
SLOW_S = 2.0
GIVE_UP_AFTER = 5
"""restarts of one process within a minute before RAPT stops and says so"""


class Serving:
    """Starts, watches and stops both processes; ``run`` returns after Ctrl-C or SIGTERM."""

    def __init__(
        self, settings: Settings, *, port: int = 0, sample: bool = True, say: Callable[[str], None] = print
    ) -> None:
        self.settings = settings
        self.wanted = port or settings.app_port
        self.port = free_port(self.wanted)
        self.sample = sample
        self.say = say
        # wrong details stop RAPT here, before anything listens
        self._address = oidc.read_sign_in(settings).address if oidc.oidc_on(settings) else ""
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, list[float]] = {}
        self._stop = False

    def run(self) -> None:
        """Prepare the store, start both, print the address, watch until told to stop.

        Raises ServiceUnavailable when a process does not come up or keeps dying.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self._prepare()
        try:
            self._start("worker")
            self._start("app")
            self._wait_for_app()
            if self.port != self.wanted:
                self.say(f"Port {self.wanted} is in use, so another one is taken.")
            self.say(
                f"RAPT is ready: http://{HOST}:{self.port}\n"
                "Ctrl-C stops it; work that is running goes on at the next start."
            )
            while not self._stop:
                time.sleep(0.5)
                self._watch()
        finally:
            self._stop_all()

    def _prepare(self) -> None:
        from core.migrations import upgrade

        step(self.say, "Preparing the store", lambda: upgrade(self.settings))
        if self.sample:
            step(self.say, "Loading the fictional sample council", self._load_sample)

    def _load_sample(self) -> None:
        from core.users import local_users
        from ui.sample import load

        if not local_users(self.settings):
            load(self.settings, self.say)

    def _start(self, name: str) -> None:
        from core.worker import worker_alive

        if name == "worker":
            seen = worker_alive(self.settings)
            if seen.alive and seen.pid and process_lives(seen.pid):
                self.say("A worker is already running for this home folder; it is used.")
                return
            command = [sys.executable, "-m", "ui.cli", "worker"]
        else:
            # given also when it is not there: no other file may turn signing in on or off
            arguments = streamlit_arguments(
                self.port, self.settings.max_upload_mb, oidc.secrets_file(self.settings), self._address
            )
            command = [sys.executable, "-m", *arguments]
        environment = {**os.environ, "RAPT_HOME": str(self.settings.home)}
        self._started.setdefault(name, []).append(time.monotonic())
        self._children[name] = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def _wait_for_app(self) -> None:
        def ready() -> None:
            end = time.monotonic() + START_WITHIN_S
            while time.monotonic() < end and not self._stop:
                if self._children["app"].poll() is not None:
                    break
                with suppress(OSError, urllib.error.URLError):
                    with urllib.request.urlopen(f"http://{HOST}:{self.port}/_stcore/health", timeout=2):  # noqa: S310
                        return
                time.sleep(0.2)
            if not self._stop:
                raise ServiceUnavailable(
                    "The staff app did not start.", "Run `rapt doctor`, then `rapt serve` again."
                )

        step(self.say, "Starting the staff app", ready)

    def _watch(self) -> None:
        for name, child in list(self._children.items()):
            if child.poll() is None or self._stop:
                continue
            recent = [moment for moment in self._started[name] if time.monotonic() - moment < 60]
            if len(recent) >= GIVE_UP_AFTER:
                raise ServiceUnavailable(
                    f"The {name} stopped {len(recent)} times within a minute.",
                    "Run `rapt doctor` and see its remedies. Nothing is lost: queued work goes on then.",
                )
            self.say(f"The {name} stopped (code {child.returncode}); it is started again.")
            self._start(name)

    def _stop_all(self) -> None:
        for child in self._children.values():
            with suppress(ProcessLookupError):
                child.terminate()
        end = time.monotonic() + STOP_WITHIN_S
        for child in self._children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop = True


def step(say: Callable[[str], None], label: str, work: Callable[[], object]) -> None:
    """Do one step; say that it began, and how long it took when that was long."""
    say(f"{label}…")
    begun = time.monotonic()
    work()
    spent = time.monotonic() - begun
    if spent > SLOW_S:
        say(f"{label}: done in {spent:.0f} s.")


def free_port(wanted: int) -> int:
    """Return the wanted port of 127.0.0.1, or another free one when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((HOST, port))
                return int(probe.getsockname()[1])
    raise ServiceUnavailable(
        "No port is free on this machine.", "Close other programs, or set RAPT_APP_PORT."
    )


def die_with_parent() -> None:
    """Let the kernel stop this child when its parent is killed, so that no listener stays (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
