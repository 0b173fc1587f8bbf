"""Recording with the browser's microphone: from the button to the transcript, on a microphone that says a visit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import av
import numpy as np
import pytest
import soundfile

from core.access import User
from core.cases import list_cases
from core.settings import Settings
from core.sources import Source, list_sources, open_recording
from core.transcripts import latest_transcript
from core.users import get_user
from tests.end_to_end.conftest import SPOKEN
from tests.end_to_end.served import FLAGS, Served, browser, chromium
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SAID_S = 14
"""Seconds of the spoken visit that the microphone hears: its first two turns."""
SAID = "morning dorothy martin council phone week right come cat chair traffic".split()


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Chromium that is allowed to record, with a microphone that says the visit once."""
    said = tmp_path_factory.mktemp("microphone") / "said.wav"
    _write(SPOKEN / "visit_adult_home.opus", said)
    with browser(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={said}%noloop",
    ) as found:
        yield found


def _write(spoken: Path, target: Path) -> None:
    with av.open(str(spoken)) as container:
        to_mono = av.AudioResampler("s16", "mono", 48000)
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in to_mono.resample(frame)]
    soundfile.write(target, np.concatenate(parts)[: SAID_S * 48000], 48000)


def test_when_a_visit_is_recorded_in_the_browser_then_it_joins_the_case_and_its_words_can_be_read(
    served: Served, person: Callable[..., Staff]
) -> None:
    settings = Settings(home=served.home, min_free_mb=1)
    rosa = person("Rosa Whitlock")
    rosa.new_case("MIC-1", "Home visit", {"Martin": "Worker", "Dorothy": "Person"})
    recorder = rosa.page.get_by_test_id("stAudioInput")
    assert recorder.count() == 0  # no consent, no recorder
    rosa.save_agreement("Dorothy (person) was told")

    recorder.get_by_role("button", name="Record", exact=True).click()
    recorder.get_by_text(re.compile("00:1[4-9]")).wait_for()
    recorder.get_by_role("button", name="Stop recording").click()
    said = rosa.page.get_by_text("is stored. Next: transcribe it")
    said.wait_for()
    rosa.settled()
    assert said.evaluate("e => { const at = e.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight }")
    assert rosa.violations() == []

    user = get_user(settings, "practitioner")
    source = _only_recording(settings, user)
    assert re.fullmatch(r"Recorded \d+ \w+ 20\d\d, \d\d\.\d\d\.wav", source.name)
    with open_recording(settings, user, source.id) as stream:
        samples, rate = soundfile.read(cast(BinaryIO, stream))
    assert (rate, samples.ndim) == (16000, 1)
    assert SAID_S - 1 <= len(samples) / rate <= SAID_S + 6
    on_disk = [path for path in (served.home / "files").iterdir() if path.stat().st_size >= source.size]
    assert all(path.suffix == ".sealed" and b"WAVE" not in path.read_bytes()[:64] for path in on_disk)

    rosa.press("Transcribe")
    rosa.after_work("button", "Read the transcript")
    rosa.press("Read the transcript")
    rosa.heading("Transcript")
    record = latest_transcript(settings, user, source.id)
    assert record is not None
    heard = {word.strip(".,?!'").lower() for turn in record.transcript.turns for word in turn.text.split()}
    assert len(heard & set(SAID)) >= 8, heard
    shown = " ".join(rosa.page.get_by_test_id("stMain").inner_text().split())
    assert all(" ".join(turn.text.split()) in shown for turn in record.transcript.turns)
    assert rosa.outside == []


def _only_recording(settings: Settings, user: User) -> Source:
    case = next(case for case in list_cases(settings, user) if case.reference == "MIC-1")
    (source,) = list_sources(settings, user, case.id)
    assert source.state == "stored"
    return source


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--use-fake-device-for-media-stream", "--deny-permission-prompts"], "would like to use your microphone"),
        (["--use-fake-ui-for-media-stream"], "An error has occurred"),  # no microphone in this machine
    ],
)
def test_when_the_browser_cannot_record_then_the_page_says_what_to_do_and_nothing_is_stored(
    served: Served, chrome: Any, flags: list[str], says: str
) -> None:
    before = sorted((served.home / "files").iterdir())
    without = chrome.browser_type.launch(executable_path=chromium(), args=[*FLAGS, *flags])
    rosa = Staff(without, served.address)
    rosa.sign_in("Rosa Whitlock")
    rosa.heading("Cases")
    rosa.open_case("SAMPLE-001")
    rosa.page.get_by_test_id("stAudioInput").get_by_role("button", name="Record", exact=True).click()
    rosa.says(says)
    rosa.says("plug a microphone in, allow it for this page in your browser’s settings")
    links = rosa.page.locator("a:visible").evaluate_all("all => all.map(one => one.href)")
    assert all(link.startswith(served.address) for link in links)  # no help that lies outside this machine
    assert rosa.page.get_by_test_id("stFileUploaderDropzoneInput").count() == 1
    assert rosa.violations() == []
    assert sorted((served.home / "files").iterdir()) == before
    without.close()
