"""One database behind one engine: addresses, schema, and what happens when it is away."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StartError
from bot.store.engine import (
    SchemaError,
    StoreUnavailable,
    check_schema,
    create_engine,
    database_url,
    transaction,
    upgrade,
)
from bot.store.tables import frame, metadata, rate_gate


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///var/desk.db", "sqlite+aiosqlite"),
        ("postgres://a@b/c", "postgresql+asyncpg"),
        ("postgresql://a@b/c", "postgresql+asyncpg"),
        ("postgresql+psycopg://a@b/c", "postgresql+asyncpg"),
    ],
)
def test_every_usual_address_gets_the_async_driver(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


def test_another_database_is_refused_with_the_remedy() -> None:
    with pytest.raises(StartError, match="use sqlite"):
        create_engine("mysql://a@b/c")


async def test_sqlite_keeps_what_was_committed_through_a_power_cut(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/new/folder/desk.db")
    async with engine.connect() as connection:
        kept = [
            await connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
    await engine.dispose()
    assert kept == ["wal", 2, 10_000]


async def test_the_migrated_schema_is_the_one_in_the_code(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert differences == []
    await check_schema(engine)


async def test_an_old_schema_is_refused_with_the_command_that_helps(engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(SchemaError, match=r"older schema 0000.*syria-desk db upgrade"):
        await check_schema(engine)


async def test_a_database_without_a_schema_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/desk.db")
    with pytest.raises(SchemaError, match=r"no schema yet.*syria-desk db upgrade"):
        await check_schema(engine)
    await engine.dispose()


async def test_a_newer_schema_asks_for_a_newer_desk(engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="update Syria Desk"):
        await check_schema(engine)


async def test_upgrading_again_changes_nothing(store_url: str, engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        await connection.execute(insert(rate_gate).values(team_id="T1", method="m"))
    upgrade(store_url)
    async with transaction(engine) as connection:
        assert (await connection.scalars(select(rate_gate.c.team_id))).all() == ["T1"]


async def test_two_processes_upgrade_one_empty_database_at_once(store_url: str, engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
    code = f"from bot.store.engine import upgrade; upgrade({store_url!r})"
    runs = [await asyncio.create_subprocess_exec(sys.executable, "-c", code, stderr=subprocess.PIPE) for _ in range(2)]
    outputs = [await run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    await check_schema(engine)


async def test_a_transaction_that_fails_leaves_nothing(engine: AsyncEngine) -> None:
    async def write_and_fail() -> None:
        async with transaction(engine) as connection:
            await connection.execute(insert(rate_gate).values(team_id="T1", method="m"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await write_and_fail()
    async with transaction(engine) as connection:
        assert (await connection.execute(select(rate_gate))).all() == []


async def test_concurrent_writers_of_one_process_all_get_their_turn(engine: AsyncEngine) -> None:
    async def write(number: int) -> None:
        async with transaction(engine) as connection:
            row = {"team_id": "T", "channel_id": "C", "thread_key": str(number), "user_id": "U", "expires_at": 0}
            await connection.execute(insert(frame).values(frame={}, **row))

    await asyncio.gather(*(write(number) for number in range(50)))
    async with transaction(engine) as connection:
        assert len((await connection.execute(select(frame))).all()) == 50


@pytest.mark.parametrize("url", ["postgresql://desk@127.0.0.1:1/desk", "postgresql://desk@/desk?host=/nonexistent"])
async def test_a_database_that_is_away_is_told_from_a_wrong_statement(url: str) -> None:
    engine = create_engine(url)
    with pytest.raises(StoreUnavailable):
        async with transaction(engine):
            pass
    await engine.dispose()
