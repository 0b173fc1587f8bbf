"""Alembic's entry: migrate over the connection that ``core.migrations.upgrade`` hands in."""

from __future__ import annotations

from alembic import context

from core import tables
from core.db import Base

assert tables.MetaRow.metadata is Base.metadata

connection = context.config.attributes["connection"]
# One outer transaction for all revisions: a failed upgrade leaves the store as it was.
context.configure(
    connection=connection, target_metadata=Base.metadata, transactional_ddl=True, render_as_batch=True
)
context.run_migrations()
