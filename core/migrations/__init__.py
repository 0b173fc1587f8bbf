"""Bring the store up to date at start: folders, key, tables, write-ahead log."""

from __future__ import annotations

import hmac
import os
import time
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from core import db, vault
from core.disk import disk_full, is_full
from core.errors import ServiceUnavailable
from core.settings import Settings

__all__ = ["upgrade"]
_WAIT_S = 30.0


def upgrade(settings: Settings) -> None:
    """Make or upgrade the store. Doing it again, or in two processes at once, changes nothing.

    Raises ServiceUnavailable when the key is missing or is not the one this store was made with,
    or when the database does not answer.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if db.is_sqlite(settings):
        _prepare_sqlite(settings)
    bound = db.engine(settings).execution_options(rapt_writing=True)
    try:
        with bound.begin() as connection:
            if not db.is_sqlite(settings):
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": db.WRITE_LOCK})
            _migrate(connection)
            _check_key(connection, settings)
    except OperationalError as error:
        if is_full(error):
            raise disk_full() from None
        raise ServiceUnavailable(
            "The database does not answer.", "Check `database_url` and that the database server runs."
        ) from error


def _prepare_sqlite(settings: Settings) -> None:
    name = db.engine(settings).url.database or ""
    if name and not Path(name).exists():
        Path(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600))
    deadline = time.monotonic() + _WAIT_S
    while True:
        # Changing the journal mode does not wait for another process as other statements do.
        try:
            with db.engine(settings).connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
            return
        except Exception as error:
            if is_full(error):
                raise disk_full() from None
            if time.monotonic() > deadline:
                raise ServiceUnavailable(
                    "The database file cannot be opened.", "Check its folder and the free disk space."
                ) from error
            time.sleep(0.05)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_key(connection: Connection, settings: Settings) -> None:
    query = text("SELECT value FROM store_meta WHERE name = 'key_check'")
    known = connection.execute(query).scalar()
    if known is None:
        vault.make_key(settings)
        insert = text("INSERT INTO store_meta (name, value) VALUES ('key_check', :value)")
        connection.execute(insert, {"value": vault.mac(settings, "check", b"rapt")})
    elif not hmac.compare_digest(known, vault.mac(settings, "check", b"rapt")):
        raise ServiceUnavailable(
            "The key is not the one this store was made with.",
            "Put the right key file back (or set RAPT_KEY); a new key cannot open what is stored.",
            code="key_invalid",
        )
