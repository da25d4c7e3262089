"""The one place that posts: what Slack answers, and what it then means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.pace import Limits
from bot.delivery.poster import Absent, Blind, Failed, Posted, Poster, PostRequest, Unknown
from tests.support.clock import FakeClock
from tests.support.slack_double import Behaviour, SlackDouble, slack_double

POST = "chat.postMessage"
REQUEST = PostRequest("key-1", "T1", "C1", "Cho went on Thursday.", thread_ts="1760000000.000100")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def double() -> AsyncIterator[tuple[SlackDouble, AsyncWebClient]]:
    async with slack_double() as pair:
        yield pair


@pytest.fixture
def slack(double: tuple[SlackDouble, AsyncWebClient]) -> SlackDouble:
    return double[0]


@pytest.fixture
def poster(double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock) -> Poster:
    return Poster(double[1], engine, clock)


async def test_a_post_carries_its_key_and_unfurls_nothing(poster: Poster, slack: SlackDouble) -> None:
    assert isinstance(await poster.post(REQUEST), Posted)
    [message] = slack.in_channel("C1")
    assert message["metadata"] == {"event_type": "syria_desk_post", "event_payload": {"key": "key-1"}}
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)
    assert message["thread_ts"] == REQUEST.thread_ts
    assert "link_names" not in message


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(accept=True, drop=True),
        Behaviour(drop=True),
        Behaviour(status=500),
        Behaviour(accept=True, status=503),
        Behaviour(accept=True, error="internal_error"),
        Behaviour(error="fatal_error"),
    ],
    ids=str,
)
async def test_an_uncertain_post_is_sent_once_and_called_unknown(
    poster: Poster, slack: SlackDouble, behaviour: Behaviour
) -> None:
    slack.fail(POST, behaviour)
    assert isinstance(await poster.post(REQUEST), Unknown)
    assert len(slack.called(POST)) == 1


async def test_a_slack_that_answers_too_late_is_uncertain(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock
) -> None:
    never = asyncio.Event()
    double[0].fail(POST, Behaviour(accept=True, wait=never))
    outcome = await Poster(double[1], engine, clock, http_seconds=0.05).post(REQUEST)
    never.set()
    assert outcome == Unknown("Slack did not answer in time")


async def test_no_connection_means_nothing_was_sent(engine: AsyncEngine, clock: FakeClock) -> None:
    nowhere = AsyncWebClient("xoxb", base_url="http://127.0.0.1:1/api/", retry_handlers=[])
    assert await Poster(nowhere, engine, clock).post(REQUEST) == Failed("no connection to Slack")


@pytest.mark.parametrize(
    "code", ["is_archived", "not_in_channel", "channel_not_found", "restricted_action", "token_revoked"]
)
async def test_what_no_try_will_change_is_permanent(poster: Poster, slack: SlackDouble, code: str) -> None:
    slack.fail(POST, Behaviour(error=code))
    assert await poster.post(REQUEST) == Failed(code, permanent=True)


async def test_a_wrong_token_is_for_the_operator_not_for_the_channel(poster: Poster, slack: SlackDouble) -> None:
    slack.fail(POST, Behaviour(error="invalid_auth"))
    assert await poster.post(REQUEST) == Failed("invalid_auth")


async def test_blocks_that_slack_refuses_leave_the_text(poster: Poster, slack: SlackDouble) -> None:
    slack.fail(POST, Behaviour(error="invalid_blocks"))
    blocks: list[dict[str, Any]] = [{"type": "section"}]
    request = PostRequest("key-1", "T1", "C1", "The whole answer.", blocks=blocks)
    assert isinstance(await poster.post(request), Posted)
    [message] = slack.in_channel("C1")
    assert message["text"] == "The whole answer."
    assert "blocks" not in message


async def test_retry_after_is_honoured_by_every_replica(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock
) -> None:
    one, other = (Poster(double[1], engine, clock) for _ in range(2))
    double[0].fail(POST, Behaviour(status=429, error="ratelimited", retry_after=30))
    refused = await one.post(REQUEST)
    assert refused == Failed("ratelimited", retry_at=clock.now() + 30)
    assert await other.post(REQUEST) == refused
    assert len(double[0].called(POST)) == 1
    clock.advance(31)
    assert isinstance(await other.post(REQUEST), Posted)


async def test_another_workspace_is_not_held_up(poster: Poster, slack: SlackDouble) -> None:
    slack.fail(POST, Behaviour(status=429, error="ratelimited", retry_after=30))
    await poster.post(REQUEST)
    assert isinstance(await poster.post(PostRequest("key-2", "T2", "C9", "hello")), Posted)


async def test_a_short_wait_is_waited_out(poster: Poster, slack: SlackDouble, clock: FakeClock) -> None:
    slack.fail(POST, Behaviour(status=429, error="ratelimited", retry_after=3))
    await poster.post(REQUEST)
    assert isinstance(await poster.post(REQUEST), Posted)
    assert sum(clock.slept) >= 3


async def test_nothing_leaves_for_a_row_that_another_process_holds(poster: Poster, slack: SlackDouble) -> None:
    async def lost() -> float | None:
        return None

    assert await poster.post(REQUEST, lost) == Failed("lease lost")
    assert slack.called(POST) == []


async def test_a_process_held_up_past_its_lease_sends_nothing(
    poster: Poster, slack: SlackDouble, clock: FakeClock
) -> None:
    async def held_up() -> float | None:
        deadline = clock.monotonic() + 280
        clock.advance(281)
        return deadline

    assert await poster.post(REQUEST, held_up) == Failed("lease too short")
    assert slack.called(POST) == []


async def test_a_message_is_found_by_its_key(poster: Poster, slack: SlackDouble, clock: FakeClock) -> None:
    for key in ("key-0", "key-1", "key-2"):
        await poster.post(PostRequest(key, "T1", "C1", key, metadata={"edition": "e7"}))
    found = await poster.find("T1", "C1", None, "key-1", clock.now())
    assert isinstance(found, Posted)
    assert found.metadata["edition"] == "e7"
    assert await poster.find("T1", "C1", None, "key-9", clock.now()) == Absent()
    assert slack.called("conversations.history")[0]["include_all_metadata"] == "1"


async def test_an_answer_is_looked_for_in_its_thread(poster: Poster, slack: SlackDouble, clock: FakeClock) -> None:
    await poster.post(REQUEST)
    assert isinstance(await poster.find("T1", "C1", REQUEST.thread_ts, "key-1", clock.now()), Posted)
    assert slack.called("conversations.replies")[0]["ts"] == REQUEST.thread_ts


async def test_without_the_history_scope_it_cannot_look(poster: Poster, slack: SlackDouble, clock: FakeClock) -> None:
    slack.scopes_missing = True
    assert await poster.find("T1", "C1", None, "key-1", clock.now()) == Blind("missing_scope")


async def test_a_look_that_fails_says_when_to_look_again(poster: Poster, slack: SlackDouble, clock: FakeClock) -> None:
    slack.fail("conversations.history", Behaviour(status=429, error="ratelimited", retry_after=60))
    slack.fail("conversations.history", Behaviour(status=500))
    assert await poster.find("T1", "C1", None, "k", clock.now()) == Failed("ratelimited", retry_at=clock.now() + 60)
    assert isinstance(await poster.find("T1", "C1", None, "k", clock.now()), Failed)


async def test_a_channel_gets_about_one_post_a_second_after_a_burst(poster: Poster, clock: FakeClock) -> None:
    started = clock.now()
    for number in range(10):
        await poster.post(PostRequest(f"key-{number}", "T1", "C1", "hello"))
    assert clock.now() - started == pytest.approx(5, abs=0.01)


async def test_replicas_share_one_pace(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock
) -> None:
    posters = [Poster(double[1], engine, clock) for _ in range(2)]
    started = clock.now()
    for number in range(10):
        await posters[number % 2].post(PostRequest(f"key-{number}", "T1", "C1", "hello"))
    assert clock.now() - started == pytest.approx(5, abs=0.01)


async def test_a_person_does_not_wait_behind_the_digests(poster: Poster, clock: FakeClock) -> None:
    for number in range(30):
        await poster.post(PostRequest(f"key-{number}", "T1", f"C{number}", "digest", lane="digest"))
    asked = clock.now()
    await poster.post(PostRequest("key-answer", "T1", "C99", "answer"))
    assert clock.now() == asked


async def test_limits_can_be_lifted(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock
) -> None:
    poster = Poster(double[1], engine, clock, limits=Limits(channel_rate=None, team_rate=None))
    for number in range(30):
        await poster.post(PostRequest(f"key-{number}", "T1", "C1", "hello"))
    assert clock.slept == []


async def test_each_workspace_is_posted_to_with_its_own_token(
    double: tuple[SlackDouble, AsyncWebClient], engine: AsyncEngine, clock: FakeClock
) -> None:
    asked: list[str] = []

    async def token_of(team_id: str) -> str:
        asked.append(team_id)
        return f"xoxb-{team_id}"

    poster = Poster(double[1], engine, clock, token_of=token_of)
    assert isinstance(await poster.post(REQUEST), Posted)
    assert asked == ["T1"]
    assert "token" not in double[0].called(POST)[0]
