"""A clock that is set back, and a conversation too long to read: nobody waits for ever, nothing is guessed."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.poster import Blind, Failed, Posted, Poster, PostRequest
from bot.delivery.wire import HTTP_SECONDS, connector, impatient_socket
from tests.support.clock import FakeClock
from tests.support.slack_double import Behaviour, SlackDouble, slack_double

REQUEST = PostRequest("key-1", "T1", "C1", "hello")


@pytest.fixture
async def double() -> AsyncIterator[tuple[SlackDouble, AsyncWebClient]]:
    async with slack_double() as pair:
        yield pair


async def test_a_block_written_by_a_clock_that_ran_ahead_ends_when_it_is_set_back(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine
) -> None:
    clock = FakeClock()
    clock.jump(3600)
    double[0].fail("chat.postMessage", Behaviour(status=429, error="ratelimited", retry_after=30))
    assert isinstance(await Poster(double[1], engine, clock).post(REQUEST), Failed)
    clock.jump(-3600)
    assert isinstance(await Poster(double[1], engine, clock).post(REQUEST), Posted)


async def test_a_pace_kept_by_a_clock_that_ran_ahead_does_not_hold_up_posts(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine
) -> None:
    clock = FakeClock()
    clock.jump(3600)
    poster = Poster(double[1], engine, clock)
    for number in range(10):
        await poster.post(PostRequest(f"key-{number}", "T1", "C1", "hello"))
    clock.jump(-3600)
    started = clock.monotonic()
    await poster.post(PostRequest("key-10", "T1", "C1", "hello"))
    assert clock.monotonic() == started


async def test_a_block_outlives_the_posts_that_are_paced_beside_it(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine
) -> None:
    clock = FakeClock()
    slow, other = (Poster(double[1], engine, clock) for _ in range(2))
    double[0].fail("chat.postMessage", Behaviour(status=429, error="ratelimited", retry_after=30))
    await slow.post(REQUEST)
    clock.advance(1.5)
    assert isinstance(await other.post(REQUEST), Failed)


async def test_a_conversation_too_long_to_read_is_not_taken_for_empty(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine
) -> None:
    clock = FakeClock()
    double[0].endless = True
    found = await Poster(double[1], engine, clock).find("T1", "C1", "1760000000.000100", "key-9", clock.now())
    assert found == Blind("too many messages to read")


async def test_the_kernel_gives_up_on_bytes_that_nobody_takes(double: tuple[SlackDouble, AsyncWebClient]) -> None:
    with impatient_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 0))) as made:
        option = getattr(socket, "TCP_USER_TIMEOUT", None)
        assert option is None or made.getsockopt(socket.IPPROTO_TCP, option) == HTTP_SECONDS * 1000
    url = f"{double[0].url}auth.test?channel=C1"
    async with aiohttp.ClientSession(connector=connector()) as session, session.get(url) as answer:
        assert answer.status == 200
