"""Take the pictures of docs/pictures: every page of the staff app on a desktop and on a phone.

Usage: python tools/take_screenshots.py
Needs Chromium and the model files; starts a RAPT of its own with the fictional sample council,
transcribes one spoken visit and drafts its note. Takes a few minutes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from core.settings import Settings  # noqa: E402
from tests.end_to_end.served import Served, browser  # noqa: E402
from tests.end_to_end.staff import Staff  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
LONGEST_PX = 2600
SLOWEST_S = 1800
"""a busy machine takes its time"""
CASE = "SAMPLE-001"
READ = "Daily living and personal care"
"""a section with statements, so that the picture shows their evidence"""
PAGES = {
    "case": ("1. Consent and recording", "Consent and recording"),
    "transcript": ("2. Transcript", "Transcript"),
    "note": ("3. Note", "Note"),
    "release": ("4. Release", "Release"),
}


def main() -> None:
    """Prepare a drafted case, then take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    models = Settings().models_path.resolve()
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        running = Served(Path(folder), models)
        try:
            _prepare(Staff(chrome, running.address))
            for size, (width, height) in SIZES.items():
                _pictures(Staff(chrome, running.address, width=width, height=height), size, width, height)
        finally:
            running.stop()


def _prepare(rosa: Staff) -> None:
    rosa.sign_in("Rosa Whitlock")
    rosa.heading("Cases")
    rosa.open_case(CASE)
    rosa.press("Transcribe")
    rosa.after_work("button", "Read the transcript", within_s=SLOWEST_S)
    rosa.go("2. Transcript", "Transcript")
    for number, role, name in ((1, "Worker", "Martin"), (2, "Person", "Dorothy")):
        rosa.choose(f"Role of speaker {number}", role)
        rosa.fill(f"Name of speaker {number}", name)
        rosa.press(f"Save speaker {number}")
        rosa.says(f"Speaker {number} is saved")
    rosa.go("3. Note", "Note")
    rosa.press("Draft the note")
    rosa.after_work("heading", "What to look at first", within_s=SLOWEST_S)
    rosa.close()


def _pictures(staff: Staff, size: str, width: int, height: int) -> None:
    _picture(staff, f"start-{size}", width, height)
    staff.sign_in("Rosa Whitlock")
    staff.heading("Cases")
    _picture(staff, f"cases-{size}", width, height)
    staff.open_case(CASE)
    for name, (link, heading) in PAGES.items():
        staff.go(link, heading)
        if name == "note":
            staff.read(READ)
        _picture(staff, f"{name}-{size}", width, height)
    staff.close()
    priya = Staff(staff.context.browser, staff.address, width=width, height=height)
    priya.page.goto(staff.address + "/administration")
    priya.sign_in("Priya Stanway")
    priya.heading("Administration")
    priya.press("Run the checks")
    priya.page.wait_for_timeout(3000)
    _picture(priya, f"administration-{size}", width, height)
    priya.close()


def _picture(staff: Staff, name: str, width: int, height: int) -> None:
    """Save the page as one picture: the window grows to the page, as far as a reader would look."""
    staff.page.mouse.move(0, 0)  # no button looks pressed
    staff.settled()
    script = "document.querySelector('[data-testid=stMain]').scrollHeight"
    wanted = min(LONGEST_PX, max(height, int(staff.page.evaluate(script)) + 24))
    staff.page.set_viewport_size({"width": width, "height": wanted})
    staff.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    staff.settled()
    staff.page.screenshot(path=PICTURES / f"{name}.png")
    staff.page.set_viewport_size({"width": width, "height": height})


if __name__ == "__main__":
    main()
