"""What every test stands on: a home of its own, no network but loopback, repeatable properties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from core.access import User
from core.settings import Settings, get_settings

hypothesis_settings.register_profile(
    "rapt",
    deadline=None,
    derandomize=True,
    print_blob=True,
    # Our fixtures give folders; properties that need a fresh one make it themselves.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("rapt")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    """Let nothing but this machine be reached."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings of a fresh home; ``get_settings()`` returns them too."""
    home = tmp_path / "home"
    monkeypatch.setenv("RAPT_HOME", str(home))
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()


@pytest.fixture
def store(settings: Settings) -> Settings:
    """The same settings with a store and the sample users in it."""
    from core.migrations import upgrade
    from core.users import seed_sample_users

    upgrade(settings)
    seed_sample_users(settings)
    return settings


@pytest.fixture
def practitioner(store: Settings) -> User:
    """A practitioner of the team adults-north."""
    from core.users import get_user

    return get_user(store, "practitioner")


@pytest.fixture
def approver(store: Settings) -> User:
    """An approver of the same team."""
    from core.users import get_user

    return get_user(store, "approver")
