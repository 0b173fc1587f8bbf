"""One running RAPT for the tests of this folder, with the developer's model files and a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.settings import Settings
from tests.end_to_end.served import Served, browser
from tests.end_to_end.staff import Staff

ROOT = Path(__file__).parents[2]
SPOKEN = ROOT / "evaluation" / "data" / "visit_notes" / "spoken"


@pytest.fixture(scope="session")
def models() -> Path:
    """Folder of the pinned model files, read only; ``make test`` has fetched them."""
    return Settings().models_path.resolve()


@pytest.fixture(scope="module")
def served(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running ``rapt serve`` with the sample council."""
    running = Served(tmp_path_factory.mktemp("home"), models)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    """A Chromium."""
    with browser() as found:
        yield found


@pytest.fixture
def person(served: Served, chrome: Any) -> Iterator[Callable[..., Staff]]:
    """A maker of people at a browser window of their own."""
    opened: list[Staff] = []

    def make(name: str, **size: int) -> Staff:
        staff = Staff(chrome, served.address, **size)
        opened.append(staff)
        staff.sign_in(name)
        staff.heading("Cases")
        return staff

    yield make
    for staff in opened:
        staff.close()
