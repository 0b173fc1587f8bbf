"""Review and release through the pages: what blocks, who may, and what is kept of a decision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.settings import Settings
from tests.end_to_end.made import drafted_case
from tests.end_to_end.served import Served
from tests.end_to_end.staff import Staff

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def settings(served: Served) -> Settings:
    """Settings of the running RAPT's home."""
    return Settings(home=served.home, min_free_mb=1)


def test_when_a_finding_blocks_then_no_page_offers_release_until_it_is_settled(
    settings: Settings, person: Callable[..., Staff]
) -> None:
    drafted_case(settings, "BLOCKED-1")
    marian = person("Marian Oyelaran")
    marian.open_case("BLOCKED-1")
    marian.go("3. Note", "Note")
    marian.says("1 of 1 open findings block release")
    for section in marian.sections():
        marian.read(section)
        marian.press("Approve this section")
        marian.says(f"{section}: approved")
    assert not marian.has_button("Go on to release")
    marian.go("4. Release", "Release")
    marian.says("Unsupported number")
    assert not marian.has_button("Release the note in my name")
    assert marian.page.get_by_role("button", name="Download").count() == 0

    marian.go("3. Note", "Note")
    marian.read("Health and medication")
    marian.press("Amend…")
    marian.fill("Statement 1", "Dorothy has had three falls.")
    marian.press("Save the amended section")
    marian.says("Health and medication: amended")
    marian.says("[removed: four]")
    marian.says("[added: three]")
    if marian.has_button("Settle this finding"):
        marian.choose("How you settled it", "I changed the words")
        marian.fill("Reason", "The recording says three.")
        marian.press("Settle this finding")
        marian.says("The finding is settled")
    marian.go("4. Release", "Release")
    marian.press("Release the note in my name")
    marian.heading("Released note")
    assert "three falls" in marian.page.get_by_label("The released note as text").input_value()


def test_when_a_section_is_escalated_then_only_an_approver_can_close_it(
    settings: Settings, person: Callable[..., Staff]
) -> None:
    drafted_case(settings, "ESCALATED-1", blocking=False)
    rosa = person("Rosa Whitlock")
    rosa.open_case("ESCALATED-1")
    rosa.go("3. Note", "Note")
    rosa.press("Escalate…")
    rosa.press("Save: escalate")
    rosa.says("The reason is missing")
    rosa.fill("What the approver should look at", "Is this hers or mine?")
    rosa.press("Save: escalate")
    rosa.says("Wishes and feelings: escalated")
    rosa.press("Approve this section")
    rosa.page.get_by_test_id("stAlert").get_by_text("approver").first.wait_for()
    assert rosa.page.get_by_text("Traceback").count() == 0

    marian = person("Marian Oyelaran")
    marian.open_case("ESCALATED-1")
    marian.go("3. Note", "Note")
    marian.read("Wishes and feelings")
    marian.says("Is this hers or mine?")
    marian.press("Approve this section")
    marian.says("Wishes and feelings: approved")


def test_when_a_case_is_of_another_team_then_the_page_says_so_and_shows_nothing(
    settings: Settings, person: Callable[..., Staff], served: Served
) -> None:
    drafted_case(settings, "OTHERS-1")
    idris = person("Idris Fenn")
    assert not idris.has_button("Open OTHERS-1")
    rosa = person("Rosa Whitlock")
    rosa.open_case("OTHERS-1")
    idris.page.goto(rosa.page.url)
    idris.heading("Welcome to RAPT")
    idris.sign_in("Idris Fenn")
    idris.page.goto(rosa.page.url)
    idris.heading("Welcome to RAPT")
    assert idris.page.get_by_text("Made for a test").count() == 0


def test_when_consent_is_withdrawn_in_two_steps_then_everything_made_from_the_recording_is_gone(
    settings: Settings, person: Callable[..., Staff], served: Served
) -> None:
    drafted_case(settings, "WITHDRAWN-1")
    rosa = person("Rosa Whitlock")
    rosa.open_case("WITHDRAWN-1")
    before = _files(served.home)
    rosa.press("Withdraw consent…")
    rosa.says("This cannot be undone")
    rosa.says("1 recording")
    assert _files(served.home) == before
    assert rosa.violations() == []
    rosa.press("Yes, withdraw and delete")
    rosa.says("Consent is withdrawn")
    assert _files(served.home) < before
    assert rosa.page.get_by_test_id("stFileUploader").count() == 0
    rosa.go("2. Transcript", "Transcript")
    rosa.says("Consent was withdrawn")
    assert rosa.page.get_by_text("Push the cat off").count() == 0


def _files(home: Path) -> set[str]:
    return {path.name for path in (home / "files").rglob("*") if path.is_file()}
