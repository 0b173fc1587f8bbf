"""``rapt worker``: the process that runs the queued jobs; ``rapt serve`` starts it."""

from __future__ import annotations

import typer

from ui.cli.common import open_store, say

app = typer.Typer()


@app.command()
def worker() -> None:
    """Run queued jobs until told to stop (SIGTERM or Ctrl-C); unfinished work goes on at the next start."""
    import os
    import signal
    import sys
    import threading

    from core.housekeeping import retention_if_due
    from core.worker import run_worker
    from ui.compose import load

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    load()
    settings = open_store()
    say("worker: started")
    run_worker(settings, stop=stop, tick=retention_if_due)
    say("worker: stopped")
    sys.stderr.flush()
    sys.stdout.flush()
    # A step that is still computing would hold the interpreter open; it is resumed at the next start.
    os._exit(0)
