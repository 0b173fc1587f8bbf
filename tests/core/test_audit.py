from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import audit
from core.access import SYSTEM, User
from core.anchor import anchor_path
from core.db import writing
from core.errors import AccessDenied
from core.migrations import upgrade
from core.settings import Settings
from core.users import get_user


def _sql(store: Settings, statement: str) -> None:
    with sqlite3.connect(store.home / "rapt.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def _grown(store: Settings, count: int = 6) -> int:
    for number in range(count):
        audit.record(store, SYSTEM, "step_done", f"case-{number}", number=number)
    return audit.verify(store).events


def test_when_nothing_was_touched_then_the_chain_is_whole(store: Settings) -> None:
    events = _grown(store)
    assert audit.verify(store) == audit.Verification(True, events)


def _drop_anchor(store: Settings, _last: int) -> None:
    anchor_path(store).unlink()


def _spoil_anchor(store: Settings, last: int) -> None:
    with anchor_path(store).open("a") as file:
        file.write(f"\n{last} {'a' * 64} {'b' * 64}")


def _cut_and_regrow(store: Settings, last: int) -> None:
    """Somebody with the program cuts the tail and lets it grow again with other events."""
    _sql(store, f"DELETE FROM audit_events WHERE seq = {last}")
    audit.record(store, SYSTEM, "another_thing")


TAMPERING: list[tuple[str, Callable[[Settings, int], None], str, int]] = [
    (
        "actor edited",
        lambda s, n: _sql(s, f"UPDATE audit_events SET actor='x' WHERE seq={n - 3}"),
        "edited",
        -3,
    ),
    (
        "detail edited",
        lambda s, n: _sql(s, f"UPDATE audit_events SET detail='{{}}' WHERE seq={n}"),
        "edited",
        0,
    ),
    (
        "time edited",
        lambda s, n: _sql(s, f"UPDATE audit_events SET at='2020' WHERE seq={n - 1}"),
        "edited",
        -1,
    ),
    ("one removed", lambda s, n: _sql(s, f"DELETE FROM audit_events WHERE seq={n - 2}"), "removed", -2),
    ("tail cut", lambda s, n: _sql(s, f"DELETE FROM audit_events WHERE seq>{n - 2}"), "tail_cut", -1),
    ("all cut", lambda s, n: _sql(s, "DELETE FROM audit_events"), "tail_cut", -99),
    ("cut and grown again", _cut_and_regrow, "anchor_mismatch", 0),
]


@pytest.mark.parametrize(("name", "tamper", "problem", "where"), TAMPERING, ids=[row[0] for row in TAMPERING])
def test_when_the_chain_is_tampered_with_then_the_first_broken_link_is_named(
    store: Settings, name: str, tamper: Callable[[Settings, int], None], problem: str, where: int
) -> None:
    last = _grown(store)
    tamper(store, last)
    found = audit.verify(store)
    assert (found.ok, found.problem) == (False, problem)
    assert found.first_broken == (1 if where == -99 else last + where)
    assert found.message and found.remedy


def test_when_a_removed_event_is_renumbered_over_then_it_still_shows(store: Settings) -> None:
    last = _grown(store)
    _sql(store, f"DELETE FROM audit_events WHERE seq={last - 2}")
    _sql(store, f"UPDATE audit_events SET seq=seq-1 WHERE seq>{last - 2}")
    found = audit.verify(store)
    assert (found.problem, found.first_broken) == ("edited", last - 2)


def test_when_a_genuine_event_of_a_cut_tail_is_put_back_then_the_next_link_shows_it(store: Settings) -> None:
    last = _grown(store)
    _sql(store, f"CREATE TABLE kept AS SELECT * FROM audit_events WHERE seq={last}")
    _sql(store, f"DELETE FROM audit_events WHERE seq={last}")
    for number in range(2):
        audit.record(store, SYSTEM, "another_thing", number=number)
    _sql(store, f"DELETE FROM audit_events WHERE seq={last}")
    _sql(store, "INSERT INTO audit_events SELECT * FROM kept")
    found = audit.verify(store)
    assert (found.problem, found.first_broken) == ("edited", last + 1)


@pytest.mark.parametrize(
    ("spoil", "problem"), [(_drop_anchor, "anchor_missing"), (_spoil_anchor, "anchor_damaged")]
)
def test_when_the_anchor_is_gone_or_forged_then_the_chain_is_not_called_whole(
    store: Settings, spoil: Callable[[Settings, int], None], problem: str
) -> None:
    spoil(store, _grown(store))
    assert audit.verify(store).problem == problem


def test_when_a_crash_left_the_anchor_one_behind_then_that_is_no_alarm(store: Settings) -> None:
    events = _grown(store)
    lines = anchor_path(store).read_text().split("\n")
    anchor_path(store).write_text("\n".join(lines[:-1]))
    assert audit.verify(store) == audit.Verification(True, events)


def test_when_a_step_fails_then_neither_its_event_nor_an_anchor_stays(store: Settings) -> None:
    events = _grown(store)
    with pytest.raises(RuntimeError), writing(store) as session:
        audit.append(session, store, SYSTEM, "step_done")
        raise RuntimeError
    assert audit.verify(store) == audit.Verification(True, events)


def test_when_the_anchor_lies_elsewhere_then_heads_are_written_there(store: Settings, tmp_path: Path) -> None:
    elsewhere = store.model_copy(update={"anchor_dir": tmp_path / "other disk"})
    audit.record(elsewhere, SYSTEM, "step_done")
    assert (tmp_path / "other disk" / "audit.heads").exists()


@pytest.mark.parametrize(
    ("action", "subject", "detail"),
    [
        ("Spoke to Mrs Quill", "", {}),
        ("step_done", "Mrs Quill of 3 High Street", {}),
        ("step_done", "", {"note": "she fell twice"}),
        ("step_done", "", {"score": 0.5}),
        ("", "", {}),
    ],
)
def test_when_an_event_could_carry_content_then_it_is_refused(
    store: Settings, action: str, subject: str, detail: dict[str, int | str]
) -> None:
    with pytest.raises(ValueError, match="audit event"):
        audit.record(store, SYSTEM, action, subject, **detail)


def test_when_the_role_does_not_allow_it_then_the_ledger_stays_closed(
    store: Settings, practitioner: User
) -> None:
    with pytest.raises(AccessDenied):
        audit.verify(store, practitioner)
    with pytest.raises(AccessDenied):
        audit.events(store, practitioner)
    assert audit.events(store, get_user(store, "coe"), limit=1)


def _append(home: str, count: int) -> None:
    mine = Settings(home=Path(home))
    upgrade(mine)  # the processes also start together
    for number in range(count):
        audit.record(mine, SYSTEM, "step_done", "job-1", number=number)


@pytest.mark.slow
def test_when_four_processes_start_and_write_at_once_then_no_link_is_lost(settings: Settings) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_append, args=(str(settings.home), 50)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    assert audit.verify(settings) == audit.Verification(True, 200)


@hypothesis_settings(max_examples=12)
@given(
    victim=st.integers(1, 8), column=st.sampled_from(["at", "actor", "action", "subject", "previous", "mac"])
)
def test_when_any_field_of_any_event_changes_then_verify_names_that_event(
    tmp_path_factory: pytest.TempPathFactory, victim: int, column: str
) -> None:
    mine = Settings(home=tmp_path_factory.mktemp("home"))
    upgrade(mine)
    _grown(mine, 8)
    _sql(mine, f"UPDATE audit_events SET {column} = {column} || '0' WHERE seq = {victim}")
    found = audit.verify(mine)
    assert (found.problem, found.first_broken) == ("edited", victim)
