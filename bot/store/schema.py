"""The schema's version: bring a database up to date, or refuse an old one with the remedy."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StartError
from bot.store.tables import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 7_415_190_425


class SchemaError(StartError):
    """The database's schema is not the one this version works with."""


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema; does nothing when it is there already."""
    failure: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(_upgrade(url))
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread
            failure.append(error)

    # A thread of its own, so that it works from inside a running event loop too.
    thread = threading.Thread(target=run, name="db-upgrade")
    thread.start()
    thread.join()
    if failure:
        raise failure[0]


async def _upgrade(url: str) -> None:
    from bot.store.engine import create_engine

    engine = create_engine(url)
    try:
        await upgrade_engine(engine)
    finally:
        await engine.dispose()


async def upgrade_engine(engine: AsyncEngine) -> None:
    """Bring the engine's database to the newest schema; two processes may do so at once."""
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        await connection.run_sync(_run_migrations)


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def check_schema(engine: AsyncEngine) -> None:
    """Raise SchemaError with the remedy unless the database has this version's schema."""
    async with engine.connect() as connection:
        found = await connection.run_sync(_version)
    if found == SCHEMA_VERSION:
        return
    if found is None or found < SCHEMA_VERSION:
        state = "has no schema yet" if found is None else f"has the older schema {found}"
        raise SchemaError(f"the database {state} (needed: {SCHEMA_VERSION}): run `syria-desk db upgrade`")
    raise SchemaError(
        f"the database has the newer schema {found} (this version knows {SCHEMA_VERSION}): update Syria Desk"
    )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
