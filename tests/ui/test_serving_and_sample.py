"""``rapt serve`` and the sample council: what is loaded once, what is restarted, what is stopped."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from core.access import User
from core.cases import list_cases
from core.consent import consent_state
from core.settings import Settings
from core.sources import list_sources
from core.users import get_user
from ui import sample
from ui.options import OPTIONS, streamlit_arguments
from ui.serving import free_port


def test_when_the_sample_is_loaded_twice_then_nothing_is_there_twice(
    store: Settings, practitioner: User
) -> None:
    said: list[str] = []
    assert sample.load(store, said.append) == 3
    assert sample.load(store) == 0
    mine = list_cases(store, practitioner)
    assert len(mine) == 2
    assert len(list_cases(store, get_user(store, "approver"))) == 3
    for case in mine:
        assert consent_state(store, case.id) == "agreed"
        assert len(list_sources(store, practitioner, case.id)) == 1
    assert said


def test_when_a_port_is_taken_then_another_one_is_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
    assert free_port(port) == port


def test_when_streamlit_is_started_then_nothing_is_sent_home_and_no_traceback_is_shown() -> None:
    arguments = streamlit_arguments(8501, 2048)
    for wanted in (
        "--server.address=127.0.0.1",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.fileWatcherType=none",
        "--client.toolbarMode=minimal",
        "--server.maxUploadSize=2048",
    ):
        assert wanted in arguments
    assert Path(arguments[2]).is_file()


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (OPTIONS["theme.textColor"], OPTIONS["theme.backgroundColor"]),
        (OPTIONS["theme.textColor"], OPTIONS["theme.secondaryBackgroundColor"]),
        (OPTIONS["theme.primaryColor"], OPTIONS["theme.backgroundColor"]),
        (OPTIONS["theme.linkColor"], OPTIONS["theme.secondaryBackgroundColor"]),
        ("#33454f", OPTIONS["theme.secondaryBackgroundColor"]),
        ("#4d5f69", OPTIONS["theme.secondaryBackgroundColor"]),
        ("#8f1d1d", "#ffffff"),
        ("#7a4300", "#ffffff"),
        ("#17602f", "#ffffff"),
    ],
)
def test_when_text_is_drawn_then_its_contrast_is_at_least_four_and_a_half(text: str, ground: str) -> None:
    light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_when_the_worker_is_killed_then_it_is_restarted_and_ctrl_c_stops_both(tmp_path: Path) -> None:
    from core.worker import worker_alive
    from tests.end_to_end.served import Served

    running = Served(tmp_path / "home")
    settings = Settings(home=tmp_path / "home")
    try:
        first = _worker(settings)
        os.kill(first, signal.SIGKILL)
        second = _worker(settings, other_than=first)
        assert any("worker stopped" in line for line in running.lines)
    finally:
        code = running.stop()
    assert code == 0
    assert not _lives(second)
    assert not worker_alive(settings).alive
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(running.address.rsplit(":", 1)[1]))) != 0


def _worker(settings: Settings, other_than: int = 0) -> int:
    from core.worker import worker_alive

    end = time.monotonic() + 90
    while time.monotonic() < end:
        seen = worker_alive(settings)
        if seen.alive and seen.pid not in (None, other_than):
            return int(seen.pid or 0)
        time.sleep(0.3)
    raise AssertionError("no worker came up")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
