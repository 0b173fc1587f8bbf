from __future__ import annotations

import logging
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table

from core import audit, tables
from core.access import SYSTEM, User
from core.cases import Person, get_case, set_people
from core.db import Base, UtcTime, engine, writing
from core.errors import BadInput, PolicyRefused, RaptError, ServiceUnavailable
from core.files import files_dir
from core.killswitch import require_on, set_pilot, switch_state
from core.migrations import upgrade
from core.release import release
from core.review import Line, decide, resolve
from core.settings import Settings
from core.sources import (
    add_recording,
    delete_source,
    get_source,
    list_sources,
    open_recording,
    recording_path,
    set_state,
)
from core.timings import list_timings, record_step
from core.transcripts import correct_turn, latest_transcript, name_speaker, original_transcript
from core.users import get_user, save_user
from tests.core._sample import AUDIO, BLOCKED, PLANTED, a_case, a_draft, a_recording, a_saved_transcript


def test_when_a_case_was_worked_through_then_its_content_is_nowhere_in_clear(
    store: Settings, practitioner: User, approver: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Name, file name, reference, speech, drafts, edits and reasons: the files on disk hold none of it."""
    with caplog.at_level(logging.DEBUG):
        case = a_case(store, practitioner, "SECRETREF-77")
        source = a_recording(store, practitioner, case)
        a_saved_transcript(store, practitioner, source)
        kept = name_speaker(store, practitioner, source.id, "S1", "person", PLANTED, based_on=1)
        correct_turn(store, practitioner, source.id, 0, f"{PLANTED} fell thrice", based_on=2)
        draft = a_draft(store, practitioner, case, BLOCKED, kept.id)
        resolve(store, practitioner, draft.id, 0, "confirmed_against_recording", f"{PLANTED} is clear")
        lines = [Line(f"{PLANTED} fell.", "s1"), Line("He fell 4 times.", "s2"), Line(f"Seen by {PLANTED}")]
        decide(store, practitioner, draft.id, "daily_life", "amend", lines=lines, reason=f"asked {PLANTED}")
        for section in ("risk", "actions"):
            decide(store, practitioner, draft.id, section, "approve", reason=PLANTED)
        release(store, approver, case.id)
        set_pilot(store, get_user(store, "coe"), "visit_notes", False, f"complaint of {PLANTED}")
        save_user(store, get_user(store, "admin"), User("u9", PLANTED, frozenset()))
    kept_files = [path for path in store.home.rglob("*") if path.is_file()]
    assert len(kept_files) >= 4
    for path in kept_files:
        raw = path.read_bytes()
        for secret in (PLANTED, "Quillfeather", "Zebedee", "SECRETREF-77", "fell", "Order a rail"):
            assert secret.encode() not in raw and secret.encode("utf-16-le") not in raw, (path.name, secret)
            assert secret not in path.name
    assert PLANTED not in caplog.text


def test_when_the_store_is_upgraded_then_it_is_what_the_tables_say(store: Settings) -> None:
    with engine(store).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_when_a_table_holds_people_then_it_has_a_sealed_column_and_free_text_has_nowhere_else_to_go() -> None:
    plain = {"store_meta", "withdrawals", "timings", "audit_events", "files"}
    for table in Base.metadata.tables.values():
        assert isinstance(table, Table)
        assert ("sealed" in table.c) != (table.name in plain), table.name
        unbounded = [
            c.name for c in table.c if str(c.type) in {"TEXT", "VARCHAR"} and table.name != "store_meta"
        ]
        assert not unbounded, table.name


def test_when_upgrade_runs_again_then_nothing_changes(store: Settings) -> None:
    events = audit.verify(store).events
    upgrade(store)
    assert audit.verify(store) == audit.Verification(True, events)


def _start(home: str) -> None:
    upgrade(Settings(home=Path(home)))


@pytest.mark.slow
def test_when_app_and_worker_start_together_then_both_find_one_store(settings: Settings) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_start, args=(str(settings.home),)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    upgrade(settings)


def test_when_the_store_was_never_made_then_the_message_says_how(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    with pytest.raises(ServiceUnavailable) as caught:
        switch_state(settings, "visit_notes")
    assert "rapt" in caught.value.remedy


def test_when_a_transaction_fails_then_nothing_of_it_is_kept(store: Settings) -> None:
    with pytest.raises(RuntimeError), writing(store) as session:
        session.add(tables.MetaRow(name="x", value="y"))
        session.flush()
        raise RuntimeError
    with writing(store) as session:
        assert session.get(tables.MetaRow, "x") is None


def test_when_a_time_has_no_zone_then_it_is_not_stored() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the naive time is the point
    with pytest.raises(ValueError, match="aware"):
        UtcTime().process_bind_param(naive, None)  # type: ignore[arg-type]


def test_when_a_time_is_stored_then_it_comes_back_aware(store: Settings, practitioner: User) -> None:
    created = get_case(store, practitioner, a_case(store, practitioner).id).created_at
    assert created.tzinfo is UTC


# recordings --------------------------------------------------------------------------------------


def test_when_the_same_recording_is_added_twice_then_the_first_is_named_and_one_is_kept(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    first, events = a_recording(store, practitioner, case), audit.verify(store).events
    again = a_recording(store, practitioner, case)
    assert (first.duplicate, again.duplicate, again.id) == (False, True, first.id)
    assert len(list(files_dir(store).iterdir())) == 1 and audit.verify(store).events == events


@pytest.mark.parametrize("name", ["../../etc/visit 🙂.wav", "/home/x/visit 🙂.wav", "visit 🙂.wav"])
def test_when_a_file_name_has_folders_or_emoji_then_only_the_name_is_kept(
    store: Settings, practitioner: User, name: str
) -> None:
    import io

    source = add_recording(store, practitioner, a_case(store, practitioner).id, io.BytesIO(AUDIO), name)
    assert source.name == "visit 🙂.wav"
    with recording_path(store, practitioner, source.id) as path:
        assert path.suffix == ".wav" and path.is_relative_to(store.home) and path.read_bytes() == AUDIO


def test_when_a_recording_is_played_then_it_is_read_without_a_clear_copy(
    store: Settings, practitioner: User
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    with open_recording(store, practitioner, source.id) as reader:
        reader.seek(5)
        assert reader.read(10) == AUDIO[5:15]
    assert not (store.home / "tmp").exists()


def test_when_a_state_is_noted_twice_then_one_event_is_written(store: Settings, practitioner: User) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    events = audit.verify(store).events
    for _ in range(2):
        set_state(store, practitioner, source.id, "failed", "bad_input")
    assert audit.verify(store).events == events + 1
    assert (
        get_source(store, practitioner, source.id).state,
        get_source(store, practitioner, source.id).problem,
    ) == (
        "failed",
        "bad_input",
    )


def test_when_a_recording_is_deleted_then_what_was_made_from_it_goes_too(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    source = a_recording(store, practitioner, case)
    a_draft(store, practitioner, case, transcript_id=a_saved_transcript(store, practitioner, source).id)
    delete_source(store, practitioner, source.id)
    delete_source(store, practitioner, source.id)
    newest = audit.events(store, SYSTEM, limit=1)[0]
    assert newest.detail == {"audio": 1, "transcript": 1, "draft": 1}
    assert list_sources(store, practitioner, case.id) == () and not any(files_dir(store).iterdir())


# transcripts -------------------------------------------------------------------------------------


def test_when_a_turn_is_corrected_then_times_and_the_original_stay(
    store: Settings, practitioner: User
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    first = a_saved_transcript(store, practitioner, source)
    old = first.transcript.turns[0]
    kept = correct_turn(
        store, practitioner, source.id, 0, f"My name is {PLANTED} and I fell three times", based_on=1
    )
    turn = kept.transcript.turns[0]
    assert (
        kept.version == 2
        and turn.text.endswith("three times")
        and (turn.start, turn.end) == (old.start, old.end)
    )
    assert turn.words[:-2] == old.words[:-1]
    assert [(word.text, word.start, word.end) for word in turn.words[-2:]] == [
        ("three", old.words[-1].start, old.words[-1].start + 0.25),
        ("times", old.words[-1].start + 0.25, old.words[-1].end),
    ]
    original = original_transcript(store, practitioner, source.id)
    assert original == first


def test_when_somebody_else_corrected_meanwhile_then_their_work_is_not_lost(
    store: Settings, practitioner: User
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    a_saved_transcript(store, practitioner, source)
    correct_turn(store, practitioner, source.id, 0, "mine", based_on=1)
    with pytest.raises(BadInput) as caught:
        correct_turn(store, practitioner, source.id, 0, "theirs", based_on=1)
    latest = latest_transcript(store, practitioner, source.id)
    assert (
        caught.value.code == "stale_version"
        and latest is not None
        and latest.transcript.turns[0].text == "mine"
    )


@pytest.mark.parametrize(("turn", "text"), [(1, "x"), (-1, "x"), (0, "  ")])
def test_when_a_correction_fits_no_turn_then_it_is_refused(
    store: Settings, practitioner: User, turn: int, text: str
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    a_saved_transcript(store, practitioner, source)
    with pytest.raises(BadInput):
        correct_turn(store, practitioner, source.id, turn, text, based_on=1)


def test_when_the_worker_saves_the_same_transcript_again_then_there_is_one_version(
    store: Settings, practitioner: User
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    assert a_saved_transcript(store, practitioner, source) == a_saved_transcript(store, practitioner, source)


def test_when_a_speaker_is_named_then_role_and_name_are_kept_and_can_be_taken_back(
    store: Settings, practitioner: User
) -> None:
    source = a_recording(store, practitioner, a_case(store, practitioner))
    a_saved_transcript(store, practitioner, source)
    named = name_speaker(store, practitioner, source.id, "S1", "person", PLANTED, based_on=1).transcript
    assert (named.speakers, named.names) == ({"S1": "person"}, {"S1": PLANTED})
    unnamed = name_speaker(store, practitioner, source.id, "S1", "unknown", based_on=2).transcript
    assert (unnamed.speakers, unnamed.names) == ({"S1": "unknown"}, {})
    with pytest.raises(BadInput):
        name_speaker(store, practitioner, source.id, "S7", "person", based_on=3)


# the rest ----------------------------------------------------------------------------------------


def test_when_the_people_of_a_case_change_then_the_case_has_the_new_list(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    people = (Person("Mara Quillfeather", "carer"),)
    assert set_people(store, practitioner, case.id, people).people == people
    assert get_case(store, practitioner, case.reference).people == people


def test_when_a_pilot_is_switched_off_then_it_does_not_run_until_it_is_on_again(
    store: Settings, practitioner: User
) -> None:
    coe = get_user(store, "coe")
    require_on(store, "visit_notes")
    off = set_pilot(store, coe, "visit_notes", False, "false statement in a note")
    assert switch_state(store, "visit_notes") == off and off.who == "coe" and off.at is not None
    with pytest.raises(PolicyRefused) as caught:
        require_on(store, "visit_notes")
    assert caught.value.code == "pilot_off" and caught.value.exit_code == 3
    require_on(store, "guidance")
    set_pilot(store, coe, "visit_notes", True, "fixed")
    require_on(store, "visit_notes")
    assert [event.action for event in audit.events(store, coe, subject="visit_notes")] == [
        "pilot_on",
        "pilot_off",
    ]


@pytest.mark.parametrize(
    ("user_id", "pilot", "why"),
    [("practitioner", "guidance", "x"), ("coe", "guidance", " "), ("coe", "Mrs X", "x")],
)
def test_when_a_switch_is_turned_without_right_or_reason_then_it_stays(
    store: Settings, user_id: str, pilot: str, why: str
) -> None:
    with pytest.raises(RaptError):
        set_pilot(store, get_user(store, user_id), pilot, False, why)
    assert switch_state(store, "guidance").on


def test_when_a_step_is_timed_then_the_figure_is_kept_without_a_ledger_line(
    store: Settings, approver: User
) -> None:
    events = audit.verify(store).events
    record_step(store, pilot="visit_notes", step="transcribe", seconds=31.5, case_id="case-1")
    record_step(store, pilot="guidance", step="ask", seconds=1)
    (timing,) = list_timings(store, approver, "visit_notes")
    assert (timing.step, timing.seconds, timing.case_id) == ("transcribe", 31.5, "case-1")
    assert audit.verify(store).events == events


EVERY_CHANGE = [
    ("case", lambda s, u, c: set_people(s, u, c.id, ())),
    ("recording", lambda s, u, c: a_recording(s, u, c, b"another")),
    ("draft", lambda s, u, c: a_draft(s, u, c)),
    ("transcript", lambda s, u, c: a_saved_transcript(s, u, list_sources(s, u, c.id)[0])),
    ("deletion", lambda s, u, c: delete_source(s, u, list_sources(s, u, c.id)[0].id)),
]


@pytest.mark.parametrize(("name", "change"), EVERY_CHANGE, ids=[row[0] for row in EVERY_CHANGE])
def test_when_anything_changes_then_exactly_one_event_is_written(
    store: Settings, practitioner: User, name: str, change: object
) -> None:
    case = a_case(store, practitioner)
    a_recording(store, practitioner, case)
    events = audit.verify(store).events
    change(store, practitioner, case)  # type: ignore[operator]
    assert audit.verify(store) == audit.Verification(True, events + 1)


def test_when_the_store_is_opened_then_sqlite_is_told_to_erase_whatever_it_was_built_to_do(store: Settings) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(store.home / "rapt.sqlite")) as raw:
        raw.execute("PRAGMA secure_delete=OFF")  # as on a system whose SQLite does not erase by itself
        engine(store).pool.dispatch.connect(raw, None)
        assert raw.execute("PRAGMA secure_delete").fetchone() == (1,)
