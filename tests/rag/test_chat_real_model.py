"""The chat path with a real, very small model: whatever it does, nothing unsupported passes unflagged."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ServiceUnavailable
from core.model_door import ModelDoor
from core.model_files import locate
from core.settings import Settings
from rag.chat import ChatWriter
from rag.support.check import check_statement
from rag.support.model import Spoken
from tests.rag.test_chat_writer import TURNS, task

_SERVE = """
import sys, time, xllamacpp as x
p = x.CommonParams()
p.model.path, p.hostnames, p.port = sys.argv[1], ["127.0.0.1"], int(sys.argv[2])
p.n_ctx, p.n_parallel, p.cpuparams.n_threads, p.cpuparams.poll = 4096, 1, 1, 0
server = x.Server(p)
time.sleep(600)
"""


@pytest.fixture
def model_url() -> Iterator[str]:
    """Address of a server with SmolLM2, in a process of its own."""
    pytest.importorskip("xllamacpp")
    models = Path(__file__).parents[2] / "var" / "models"
    folder = locate("smollm2", Settings(models_dir=Path(os.environ.get("RAPT_MODELS_DIR", models))))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, str(folder / "model.gguf"), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                    break
            except OSError:  # not listening yet, or 503 while the model loads
                assert process.poll() is None, "the model server ended"
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.slow
def test_when_a_tiny_real_model_writes_then_nothing_unsupported_is_unflagged(
    settings: Settings, model_url: str
) -> None:
    door = ModelDoor(
        settings.model_copy(update={"chat_url": model_url, "chat_model": "smollm2", "chat_timeout_s": 40})
    )
    assert door.ask([{"role": "user", "content": "Say hello in one word."}]).strip()
    pen = ChatWriter(door)
    try:
        statements = pen.write(task())
    except ServiceUnavailable as error:
        assert error.code in ("model_answer_unusable", "model_timeout", "model_unavailable", "model_empty")
        return  # a clean refusal is an answer too
    flagged = {int(f.statement) for f in pen.last.findings}
    everything = [Spoken(*turn) for turn in TURNS]
    for place, statement in enumerate(statements):
        assert statement.evidence
        assert place in flagged or check_statement(statement.text, everything) == []
