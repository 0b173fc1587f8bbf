"""An upload in Chromium: in bounded memory, never clear on disk, whole or not at all, refused above the limit."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import pytest
import soundfile

from core.cases import list_cases
from core.settings import Settings
from core.sources import list_sources, open_recording
from core.users import get_user
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMIT_MB = 100
MOST_GROWTH_KB = 40_000
"""the app's memory may grow by this much while 100 MB pass through it; held whole it would be 100,000 or more"""


@pytest.fixture(scope="module")
def served(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running ``rapt serve`` that takes 100 MB at most."""
    running = Served(tmp_path_factory.mktemp("home"), models, RAPT_MAX_UPLOAD_MB=str(LIMIT_MB))
    yield running
    running.stop()


@pytest.fixture
def rosa(person: Callable[..., Staff]) -> Staff:
    """A practitioner at a case with consent."""
    staff = person("Rosa Whitlock")
    staff.open_case("SAMPLE-001")
    return staff


def _wav(target: Path, size: int) -> Path:
    """Write a valid recording of this many bytes, mostly silence and mostly a hole on disk."""
    with soundfile.SoundFile(target, "w", 44100, 2, "PCM_16") as made:
        made.write(np.full((44100, 2), 0.1))
    data = size - 44
    with target.open("r+b") as stream:
        stream.seek(4)
        stream.write((36 + data).to_bytes(4, "little"))
        stream.seek(40)
        stream.write(data.to_bytes(4, "little"))
        stream.truncate(size)
    return target


def _give(rosa: Staff, path: Path) -> None:
    rosa.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)


def _stored(served: Served) -> dict[str, str]:
    """Return the recordings of the case: sha256 by name."""
    settings = Settings(home=served.home, min_free_mb=1)
    user = get_user(settings, "practitioner")
    case = next(one for one in list_cases(settings, user) if one.reference == "SAMPLE-001")
    return {one.name: one.sha256 for one in list_sources(settings, user, case.id)}


def _on_disk(served: Served) -> set[str]:
    return {path.name for folder in ("files", "tmp") for path in (served.home / folder).glob("*")}


def _app_memory_kb(served: Served, field: str) -> int:
    pid = served.pid_of("streamlit")
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def test_when_a_recording_as_large_as_allowed_is_added_then_it_is_stored_sealed_in_bounded_memory(
    served: Served, rosa: Staff, tmp_path: Path
) -> None:
    most = _wav(tmp_path / "as large as allowed.wav", LIMIT_MB * 1_000_000)
    before, files = _app_memory_kb(served, "VmRSS"), _on_disk(served)
    _give(rosa, most)
    rosa.says("“as large as allowed.wav” is stored. Next: transcribe it.")
    assert _app_memory_kb(served, "VmHWM") - before < MOST_GROWTH_KB
    assert _stored(served)[most.name] == hashlib.sha256(most.read_bytes()).hexdigest()
    (new,) = _on_disk(served) - files
    assert new.endswith(".sealed")
    settings = Settings(home=served.home, min_free_mb=1)
    user = get_user(settings, "practitioner")
    case = next(one for one in list_cases(settings, user) if one.reference == "SAMPLE-001")
    source = next(one for one in list_sources(settings, user, case.id) if one.name == most.name)
    with open_recording(settings, user, source.id) as stream:
        assert soundfile.info(cast(BinaryIO, stream)).frames == (LIMIT_MB * 1_000_000 - 44) // 4


def test_when_a_recording_is_just_above_the_limit_then_it_is_refused_with_what_to_do_before_it_is_sent(
    served: Served, rosa: Staff, tmp_path: Path
) -> None:
    before, sent = (_stored(served), _on_disk(served)), []
    rosa.page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    _give(rosa, _wav(tmp_path / "above.wav", LIMIT_MB * 1_000_000 + 4096))
    rosa.says(f"File must be {LIMIT_MB}.0MB or smaller")
    rosa.says(f"At most {LIMIT_MB} MB: cut a larger recording into parts and add them one by one.")
    assert sent == []
    assert (_stored(served), _on_disk(served)) == before
    assert rosa.violations() == []


def test_when_the_page_is_closed_in_the_middle_then_nothing_of_the_recording_stays(
    served: Served, rosa: Staff, tmp_path: Path
) -> None:
    before = (_stored(served), _on_disk(served))
    slowly = rosa.context.new_cdp_session(rosa.page)
    slowly.send("Network.enable")
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 4_000_000}
    slowly.send("Network.emulateNetworkConditions", speed)
    _give(rosa, _wav(tmp_path / "broken off.wav", 60_000_000))
    arriving = _wait_for(lambda: next((p for p in (served.home / "tmp").glob("*.upload") if p.stat().st_size > 3e6), None))
    assert arriving.stat().st_mode & 0o077 == 0
    assert b"RIFF" not in arriving.read_bytes()[:4096]
    rosa.page.close()
    _wait_for(lambda: not arriving.exists())
    assert (_stored(served), _on_disk(served)) == before


@pytest.mark.parametrize("spoil", ["no token", "other session", "not multipart"])
def test_when_an_upload_does_not_come_from_the_page_then_it_is_refused_and_nothing_stays(
    served: Served, rosa: Staff, tmp_path: Path, spoil: str
) -> None:
    with rosa.page.expect_request(lambda request: request.method == "PUT") as waiting:
        _give(rosa, _wav(tmp_path / f"{spoil}.wav", 300_000 + 4 * ord(spoil[2])))
    rosa.says("is stored. Next: transcribe it.")
    before = (_stored(served), _on_disk(served))
    url, token = waiting.value.url, waiting.value.headers.get("x-xsrftoken", "")
    assert token
    if spoil == "other session":
        url = url.replace(url.split("/")[-2], "00000000-0000-0000-0000-000000000000")
    headers = {} if spoil == "no token" else {"X-Xsrftoken": token}
    body: Any = {"multipart": {"file": {"name": "x.wav", "mimeType": "audio/wav", "buffer": b"RIFF" + b"x" * 5_000_000}}}
    if spoil == "not multipart":
        body = {"data": b"RIFF" + b"x" * 5_000_000}
    answer = rosa.context.request.put(url, headers=headers, **body)
    assert answer.status in (400, 403)
    assert (_stored(served), _on_disk(served)) == before


def _wait_for(wanted: Callable[[], Any], within_s: float = 30) -> Any:
    end = time.monotonic() + within_s
    while not (found := wanted()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return found
