"""Two desks on one database: what Slack sends to both is done once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.delivery.once import KEEP_SECONDS, Once
from bot.shelf import Shelf
from bot.store.engine import create_engine, transaction
from bot.store.tables import done_once
from tests.support.clock import FakeClock
from tests.support.pressing import reports
from tests.support.running import OTHER, REPORTER, Running, running, settings_for
from tests.support.signing import FORM, interaction, signed
from tests.support.stores import (  # noqa: F401 - fixtures
    engine,
    postgres_base,
    postgres_template,
    sqlite_template,
    store_url,
)


@dataclass
class Pair:
    """One workspace and two desks; Slack's own calls go to the first."""

    first: Running
    second: Running

    async def again(self, label: str) -> list[int]:
        """What both say to the last such request of Slack's when each gets it once more, at the same time."""
        request = self.first.workspace.traffic.named(label)[-1]["request"]
        body = interaction(request.get("payload", request))
        headers = signed(body, self.first.workspace.credentials.signing_secret, FORM)
        answers = await asyncio.gather(*(desk.post(body, headers) for desk in (self.first, self.second, self.second)))
        await asyncio.gather(*(desk.edge.tasks.drain(5) for desk in (self.first, self.second)))
        return [status for status, _ in answers]


@asynccontextmanager
async def second_desk(first: Running, folder: Path, shelf: Shelf, url: str) -> AsyncIterator[Running]:
    """Another desk in the same workspace, on the same database."""
    settings = settings_for(first.workspace, folder, database_url=SecretStr(url))
    runner = web.AppRunner(create_app(settings, shelf=shelf), access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield replace(first, app=runner.app, url=f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


@pytest.fixture
async def pair(tmp_path: Path, shelf: Shelf, store_url: str) -> AsyncIterator[Pair]:  # noqa: F811
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(tmp_path, shelf, database_url=SecretStr(store_url)))
        yield Pair(first, await stack.enter_async_context(second_desk(first, tmp_path, shelf, store_url)))


async def test_a_press_that_reaches_both_is_answered_once(pair: Pair) -> None:
    bot = pair.first
    await bot.workspace.press(REPORTER, await bot.slash("who Cho Tae-yul"), "Cite")
    await bot.whispered(2)
    assert await pair.again("block_actions cite") == [200, 200, 200]
    assert len(bot.workspace.ephemerals(REPORTER)) == 2


async def test_a_share_that_reaches_both_is_posted_once(pair: Pair) -> None:
    bot = pair.first
    await bot.workspace.press(REPORTER, await bot.slash("who Cho Tae-yul"), "Share to channel")
    await bot.workspace.wait_for(bot.workspace.from_app)
    assert await pair.again("block_actions share") == [200, 200, 200]
    assert len(bot.workspace.from_app()) == 1


async def test_a_form_that_reaches_both_is_kept_once(pair: Pair) -> None:
    bot = pair.first
    await bot.workspace.press(REPORTER, await bot.slash("who Cho Tae-yul"), "Something wrong")
    await bot.modal(title="Something wrong")
    await bot.workspace.submit(REPORTER, {"what": "It was a Thursday."})
    assert await pair.again("view_submission report") == [200, 200, 200]
    assert await reports(bot) == 1


async def test_a_check_that_reaches_both_is_posted_once(pair: Pair) -> None:
    bot = pair.first
    said = bot.workspace.say(OTHER, bot.room(), "Cho Tae-yul visited Damascus.")
    await bot.workspace.message_shortcut(REPORTER, said, "check_message")
    await bot.modal(title="Check with Syria Desk")
    await bot.workspace.submit(REPORTER, {})
    await bot.replies(said)
    assert await pair.again("view_submission post_check") == [200, 200, 200]
    assert len(await bot.replies(said)) == 1


async def test_keys_are_deleted_when_slack_cannot_send_them_again(engine: AsyncEngine) -> None:  # noqa: F811
    clock = FakeClock()
    await Once(engine, clock).first(("U1", "share", "1.1"))
    clock.advance(KEEP_SECONDS + 1)
    assert await Once(engine, clock).first(("U1", "share", "2.2"))
    async with transaction(engine) as connection:
        assert len((await connection.execute(select(done_once))).all()) == 1


async def test_without_the_database_a_repeated_press_is_still_known_here() -> None:
    away = create_engine("postgresql://desk@127.0.0.1:1/desk")
    once = Once(away, FakeClock())
    assert [await once.first(("U1", "cite", "1.1")) for _ in range(2)] == [True, False]
    await away.dispose()
