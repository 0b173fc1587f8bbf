"""Every page at two widths: axe finds nothing against WCAG 2.2 A and AA, and nothing is fetched from outside.

An automated scan sees about three barriers in ten: this is a floor, not a proof of conformance.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.settings import Settings
from tests.end_to_end.made import drafted_case
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
CASE_PAGES = {
    "1. Consent and recording": "Consent and recording",
    "2. Transcript": "Transcript",
    "3. Note": "Note",
    "4. Release": "Release",
}
VIEWS = ("Health checks", "Model files", "Pilots", "Audit chain", "Retention", "People and roles")


@pytest.mark.parametrize("size", SIZES)
def test_when_the_start_page_is_shown_then_axe_finds_nothing(served: Served, chrome: Any, size: str) -> None:
    width, height = SIZES[size]
    staff = Staff(chrome, served.address, width=width, height=height)
    assert staff.violations() == []
    staff.close()


@pytest.mark.parametrize("size", SIZES)
def test_when_the_pages_of_a_case_are_shown_then_axe_finds_nothing(
    served: Served, person: Callable[..., Staff], size: str
) -> None:
    drafted_case(Settings(home=served.home, min_free_mb=1), f"AXE-{size}")
    width, height = SIZES[size]
    rosa = person("Rosa Whitlock", width=width, height=height)
    found = {"cases": rosa.violations()}
    rosa.open_case(f"AXE-{size}")
    for link, heading in CASE_PAGES.items():
        rosa.go(link, heading)
        found[heading] = rosa.violations()
        assert _width(rosa) <= width, f"{heading} scrolls sideways at {width} px"
        assert _headings_in_order(rosa), heading
    rosa.go("3. Note", "Note")
    for button in ("Amend…", "Reject…", "Escalate…"):
        rosa.press(button)
        found[button] = rosa.violations()
    assert {page: bad for page, bad in found.items() if bad} == {}
    assert rosa.outside == []


@pytest.mark.parametrize("size", SIZES)
def test_when_the_administration_is_shown_then_axe_finds_nothing(
    person: Callable[..., Staff], size: str
) -> None:
    width, height = SIZES[size]
    priya = person("Priya Stanway", width=width, height=height)
    priya.page.goto(priya.address + "/administration")
    priya.sign_in("Priya Stanway")
    priya.heading("Administration")
    found = {}
    for view in VIEWS:
        priya.page.get_by_test_id("stRadio").get_by_text(view, exact=True).click()
        priya.heading(view)
        found[view] = priya.violations()
        assert _width(priya) <= width, f"{view} scrolls sideways at {width} px"
    priya.page.get_by_test_id("stRadio").get_by_text("Health checks", exact=True).click()
    priya.press("Run the checks")
    found["checks run"] = priya.violations()
    assert {page: bad for page, bad in found.items() if bad} == {}


def test_when_only_the_keyboard_is_used_then_a_case_can_be_opened(person: Callable[..., Staff]) -> None:
    rosa = person("Rosa Whitlock")
    for _ in range(60):
        rosa.page.keyboard.press("Tab")
        if rosa.page.evaluate("document.activeElement.innerText").startswith("Open SAMPLE-"):
            break
    rosa.settled()
    outline = rosa.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    rosa.page.keyboard.press("Enter")
    rosa.heading("Consent and recording")


def _width(staff: Staff) -> int:
    return int(staff.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"))


def _headings_in_order(staff: Staff) -> bool:
    levels = staff.page.eval_on_selector_all(
        "[data-testid=stMain] :is(h1,h2,h3,h4)", "all => all.map(one => Number(one.tagName[1]))"
    )
    steps = zip([0, *levels], levels, strict=False)
    return bool(levels) and levels.count(1) == 1 and all(after - before <= 1 for before, after in steps)
