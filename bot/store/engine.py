"""The database: one engine for SQLite and PostgreSQL, and the faults it may have."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import DeskError, StartError
from bot.store.schema import SchemaError, check_schema, upgrade, upgrade_engine

__all__ = [
    "SchemaError",
    "StoreUnavailable",
    "check_schema",
    "create_engine",
    "database_url",
    "transaction",
    "upgrade",
    "upgrade_engine",
]

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
BUSY_SECONDS = 10.0
POOL_SIZE = 10


class StoreUnavailable(DeskError):  # noqa: N818 - the name of a state, as in bot.errors
    """The database did not take or give what was asked; nothing was kept, the caller may try again."""

    words = "fault_store"


def database_url(url: str) -> URL:
    """The address with the async driver that fits it; other databases are refused with the remedy."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartError("DATABASE_URL is not an address: use sqlite:///path or postgresql://host/name") from None
    driver = DRIVERS.get(parsed.drivername.split("+", 1)[0])
    if driver is None:
        raise StartError(f"DATABASE_URL names {parsed.drivername}: use sqlite:///path or postgresql://host/name")
    return parsed.set(drivername=driver)


def create_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite:///path`, `postgresql://…` or `postgres://…`; the folder of an SQLite file is made."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_async_engine(
        parsed, pool_size=POOL_SIZE, max_overflow=0, pool_timeout=BUSY_SECONDS, connect_args={"timeout": BUSY_SECONDS}
    )


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # One connection a process: transactions queue in order here instead of meeting SQLite's busy handler.
    engine = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS, connect_args={"timeout": BUSY_SECONDS}
    )
    event.listen(engine.sync_engine, "connect", _pragmas)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={int(BUSY_SECONDS * 1000)}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _away() -> tuple[type[Exception], ...]:
    """What a database that is away raises; asyncpg's own, which come past SQLAlchemy, where that driver is in use."""
    driver = sys.modules.get("asyncpg")
    own = (driver.PostgresError, driver.InterfaceError) if driver else ()
    return (DBAPIError, PoolTimeout, OSError, *own)


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction; a database that is away raises StoreUnavailable, a wrong statement raises as it is."""
    try:
        async with engine.begin() as connection:
            yield connection
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except _away() as error:
        raise StoreUnavailable(f"the database did not answer ({type(error).__name__}): check DATABASE_URL") from error
