"""`INSERT … ON CONFLICT` for both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert_into(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` on this connection's database."""
    if connection.dialect.name != "postgresql":
        return sqlite.insert(table)
    # imported where it is needed, as the driver is: 5 MB, and a desk on SQLite does without
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
