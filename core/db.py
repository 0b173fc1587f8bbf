"""The store's engine and its two kinds of session: ``reading`` and ``writing``.

Writers take their turn (BEGIN IMMEDIATE on SQLite, an advisory lock on PostgreSQL), so a check
followed by an insert is safe, and the audit chain grows one link at a time across processes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

from core.disk import disk_full, is_full
from core.errors import ServiceUnavailable
from core.settings import Settings

WRITE_LOCK = 0x52415054
"""PostgreSQL advisory lock that writers of the store take in turn"""
_BUSY_MS = 30_000


class Base(DeclarativeBase):
    """Base of every table of the store."""


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one raises ValueError before it is stored."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the value as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the store takes aware datetimes only")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, aware again (SQLite forgets the zone)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id(kind: str) -> str:
    """Return a fresh identifier such as ``case-3f9a2b7c41d0``; it says nothing about a person."""
    return f"{kind}-{secrets.token_hex(6)}"


@lru_cache(maxsize=16)
def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    # No pool: a connection lives for one session, so processes may fork and folders be removed.
    engine = create_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": _BUSY_MS / 1000}
    )

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # we say BEGIN ourselves: the driver would begin too late
        for pragma in (f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "secure_delete=ON", "synchronous=FULL"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing_now = connection.get_execution_options().get("rapt_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")

    return engine


def engine(settings: Settings) -> Engine:
    """Return the engine of the store these settings name."""
    return _engine(settings.database)


def is_sqlite(settings: Settings) -> bool:
    """Say whether the store is the embedded one."""
    return settings.database.startswith("sqlite")


def after_commit(session: Session, then: Callable[[], None]) -> None:
    """Do ``then`` once this session's transaction is safely stored; never if it is rolled back."""
    session.info.setdefault("after_commit", []).append(then)


@contextmanager
def reading(settings: Settings) -> Iterator[Session]:
    """Open a session that sees one consistent state; nothing it changes is kept."""
    with _explained(), Session(engine(settings), expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(settings: Settings) -> Iterator[Session]:
    """Open a session that holds the writers' turn; all of it is stored, or nothing."""
    bound = engine(settings).execution_options(rapt_writing=True)
    with _explained(), Session(bound, expire_on_commit=False) as session:
        if is_sqlite(settings):
            session.connection()
        else:
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
        yield session
        session.commit()
        for then in session.info.get("after_commit", ()):
            then()


def checkpoint(settings: Settings) -> None:
    """Fold SQLite's write-ahead log into the file and empty it, so erased rows leave no copy there.

    When another process is reading, the log is emptied by a later call instead. Raises
    ServiceUnavailable when the disk is full.
    """
    if is_sqlite(settings):
        with engine(settings).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            except Exception as error:
                if is_full(error):
                    raise _log_kept() from None
                raise


def _log_kept() -> ServiceUnavailable:
    return ServiceUnavailable(
        "It is deleted, but the database's log still holds sealed copies, because the disk is full.",
        "Free some space, then run `rapt retention run`, which empties the log.",
        code="disk_full",
    )


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        reason = str(error.orig)
        if "no such table" in reason or "does not exist" in reason:
            raise ServiceUnavailable(
                "The store has not been prepared.", "Run `rapt sample load` or start the app once."
            ) from None
        if is_full(error):
            raise disk_full() from None
        if isinstance(error, ProgrammingError):
            raise
        raise ServiceUnavailable(
            "The database does not answer.", "Try again; `rapt doctor` shows what is wrong."
        ) from error
