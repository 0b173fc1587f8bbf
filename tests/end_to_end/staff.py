"""The staff app as a person uses it: by headings, labels and buttons, never by the page's inner structure."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
}
WAIT_MS = 60_000
DRAWN_MS = 240_000
"""the health checks load every component once: half a minute and more on a busy machine"""


class Staff:
    """One person at one browser window."""

    def __init__(self, browser: Any, address: str, *, width: int = 1280, height: int = 1000) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.address = address
        self.outside: list[str] = []
        self.page.on("request", self._seen)
        self.page.goto(address)
        self.heading("Welcome to RAPT")

    def _seen(self, request: Any) -> None:
        if not request.url.startswith(
            (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        ):
            self.outside.append(request.url)

    def heading(self, words: str) -> None:
        """Wait until a heading of exactly these words is there and the page stands still."""
        self.page.get_by_role("heading", name=words, exact=True).first.wait_for()
        self.settled()

    def settled(self) -> None:
        """Wait until Streamlit has finished drawing."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
            timeout=DRAWN_MS,
        )
        self.page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")

    def says(self, words: str) -> None:
        """Wait until these words are on the page."""
        self.page.get_by_text(words).first.wait_for()
        self.settled()

    def press(self, label: str, *, exact: bool = True) -> None:
        """Press the button of this label."""
        self.page.get_by_role("button", name=label, exact=exact).first.click()
        self.settled()

    def after_work(self, kind: Any, words: str, *, within_s: float = 900) -> None:
        """Wait until long work is done and this element is there; fails at once when it fails."""
        end = time.monotonic() + within_s
        while self.page.get_by_role(kind, name=words).count() == 0:
            failed = self.page.get_by_role("button", name="Try again")
            if failed.count():
                raise AssertionError(self.page.get_by_test_id("stAlert").all_inner_texts())
            if time.monotonic() > end:
                raise AssertionError(f"still working after {within_s:.0f} s")
            self.page.wait_for_timeout(500)
        self.settled()

    def has_button(self, label: str) -> bool:
        """Return whether a button of this label is there now."""
        self.settled()
        return self.page.get_by_role("button", name=label, exact=True).count() > 0

    def fill(self, label: str, words: str) -> None:
        """Fill the field of this label."""
        self.page.get_by_label(label, exact=True).first.fill(words)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the selection box of this label, by keyboard as people without a mouse do."""
        box = self.page.get_by_role("combobox", name=label).first
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option).first.click()
        self.settled()

    def sign_in(self, name: str) -> None:
        """Start as the member of staff of this name."""
        self.page.get_by_text(name).first.click()
        self.press("Start")
        self.page.get_by_text(f"You are {name}").first.wait_for(state="attached")
        self.settled()

    def go(self, step: str, heading: str) -> None:
        """Follow the case's link to one of its steps."""
        self.page.get_by_test_id("stMain").get_by_role("link", name=step).first.click()
        self.heading(heading)

    def open_case(self, reference: str) -> None:
        """Open a case from the list."""
        self.press(f"Open {reference}")
        self.heading("Consent and recording")

    def tick(self, label: str) -> None:
        """Tick the box of this label."""
        self.page.get_by_text(label, exact=True).first.click()

    def new_case(self, reference: str, title: str, people: dict[str, str]) -> None:
        """Open a new case with these people and roles."""
        self.page.get_by_text("Open a new case").click()
        self.fill("Reference (your council’s case number)", reference)
        self.fill("What it is about", title)
        for number, (name, role) in enumerate(people.items(), 1):
            self.fill(f"Name of person {number}", name)
            self.choose(f"Role of person {number}", role)
        self.press("Open the case")
        self.heading("Consent and recording")

    def save_agreement(self, told: str) -> None:
        """Record that everybody agreed; ``told`` is the line of the person who was told."""
        self.says("Nothing can be recorded, transcribed or drafted yet")
        self.tick(told)
        self.choose("Capacity to decide about the recording", "Has capacity for this decision")
        self.page.get_by_text("Agreed", exact=True).click()
        self.press("Save the answer")
        self.says("Consent is on record")

    def sections(self) -> list[str]:
        """Return the headings of the note's sections, from the table."""
        return self.page.locator(".rapt-table th[scope=row]").all_inner_texts()

    def section(self) -> str:
        """Return the heading of the section that is shown."""
        return self.page.locator(".st-key-section-top h2").inner_text()

    def read(self, section: str) -> None:
        """Choose the section to read."""
        if self.section() != section:
            self.choose("Section to read and decide", section)
            self.page.locator(".st-key-section-top h2", has_text=section).wait_for()
            self.settled()

    def next_section(self) -> bool:
        """Go to the next section that is not decided; False when there is none."""
        button = self.page.get_by_role("button", name="Next undecided section")
        if button.count() == 0:
            return False
        target = button.inner_text().split(": ", 1)[1]
        button.click()
        self.page.locator(".st-key-section-top h2", has_text=target).wait_for()
        self.settled()
        return True

    def turn_times(self, index: int) -> float:
        """Return how many seconds the turn lasts by its label "m:ss to m:ss"."""
        words = self.page.locator(".rapt-turn .time").nth(index).inner_text()
        begin, end = (int(part.split(":")[0]) * 60 + int(part.split(":")[1]) for part in words.split(" to "))
        return float(end - begin)

    def player_seconds(self) -> float:
        """Return how many seconds the player on the page plays."""
        player = self.page.locator("audio").first
        player.wait_for()
        script = (
            "a => new Promise(r => a.duration ? r(a.duration) : a.onloadedmetadata = () => r(a.duration))"
        )
        return float(player.evaluate(script))

    def violations(self) -> list[str]:
        """Return what axe finds against WCAG 2 A and AA on this page, with the element of each."""
        self.settled()
        found = Axe().run(self.page, options=WCAG).response["violations"]
        return [
            f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:160]}"
            for one in found
            for node in one["nodes"]
        ]

    def download(self, label: str, folder: Path) -> Path:
        """Press a download button and return the file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=label, exact=True).click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def close(self) -> None:
        """Close the window."""
        self.context.close()
