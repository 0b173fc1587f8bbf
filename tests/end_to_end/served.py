"""A real ``rapt serve`` in a folder of its own, and Chromium to look at it."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from ui.serving import die_with_parent

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_WITHIN_S = 120


def chromium() -> str:
    """Return the browser's path; fails with what to do when there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise AssertionError("Chromium is missing. On Debian or Ubuntu: sudo apt-get install chromium")
    return found


class Served:
    """A running ``rapt serve``."""

    def __init__(self, home: Path, models: Path | None = None, **settings: str) -> None:
        self.home = home
        self.lines: list[str] = []
        environment = {**os.environ, "RAPT_HOME": str(home), "RAPT_MIN_FREE_MB": "1", **settings}
        if models is not None:
            environment["RAPT_MODELS_DIR"] = str(models)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "serve"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=die_with_parent,  # a test run that is cut off leaves nothing behind
        )
        self._queue: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self._wait_for_address()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line.rstrip())
            self._queue.put(line)

    def _wait_for_address(self) -> str:
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                found = re.search(r"http://127\.0\.0\.1:\d+", self._queue.get(timeout=0.5))
            except queue.Empty:
                continue
            if found:
                return found.group()
        self.stop()
        raise AssertionError("rapt serve did not come up:\n" + "\n".join(self.lines[-20:]))

    def pid_of(self, words: str) -> int:
        """Return the process id of the child whose command line holds these words (Linux)."""
        own = self._process.pid
        for child in Path(f"/proc/{own}/task/{own}/children").read_text("utf-8").split():
            if words in Path(f"/proc/{child}/cmdline").read_text("utf-8"):
                return int(child)
        raise AssertionError("no such process")

    def stop(self) -> int:
        """Stop it as Ctrl-C does and return its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(40)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        return int(self._process.returncode)


@contextmanager
def browser(*flags: str) -> Iterator[Any]:
    """Yield a Chromium that only the test uses, started with these flags besides the usual ones."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *flags])
        try:
            yield chrome
        finally:
            chrome.close()
