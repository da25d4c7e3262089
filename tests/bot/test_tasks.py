"""Work with a time limit, and keys that come again."""

from __future__ import annotations

import asyncio

import pytest

from bot.tasks import Seen, within


async def stubborn(entered: asyncio.Event, let_go: asyncio.Event) -> None:
    """Work that does not end when it is cancelled, as a database driver's thread may not."""
    try:
        entered.set()
        await asyncio.Event().wait()
    finally:
        await let_go.wait()


async def test_the_time_limit_holds_for_work_that_is_slow_to_let_go() -> None:
    entered, let_go = asyncio.Event(), asyncio.Event()

    with pytest.raises(TimeoutError):
        await within(0.01, stubborn(entered, let_go))

    assert entered.is_set()
    let_go.set()


async def test_work_in_time_gives_what_it_found_or_its_fault() -> None:
    async def fails() -> None:
        raise ValueError("wrong")

    assert await within(5, asyncio.sleep(0, "found")) == "found"
    with pytest.raises(ValueError, match="wrong"):
        await within(5, fails())


def test_a_key_comes_first_once_until_it_is_forgotten() -> None:
    seen = Seen(lambda: 0.0)

    assert [seen.first("key"), seen.first("key")] == [True, False]
    seen.forget("key")
    assert seen.first("key")
