"""What goes wrong on purpose: the caller sees it, and the workspace knows whether the call took effect."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Fault, Workspace
from bot.workspace.faults import Faults
from tests.bot.workspace.conftest import HANA
from tests.bot.workspace.peer import peer
from tests.bot.workspace.refusals import refused
from tests.support.workspace import HandClock, client

POST = "chat.postMessage"


async def test_a_rate_limit_says_how_long_to_wait(workspace: Workspace, api: AsyncWebClient) -> None:
    workspace.faults.add(POST, Fault("rate_limited", seconds=7))
    with pytest.raises(SlackApiError) as caught:
        await api.chat_postMessage(channel="newsroom", text="x")
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert workspace.from_app() == []
    await api.chat_postMessage(channel="newsroom", text="x")
    assert len(workspace.from_app()) == 1


@pytest.mark.parametrize(("accepted", "posted"), [(False, 0), (True, 1)])
async def test_a_server_error_may_hide_a_success(
    workspace: Workspace, api: AsyncWebClient, accepted: bool, posted: int
) -> None:
    workspace.faults.add(POST, Fault("server_error", accepted=accepted, status=503))
    with pytest.raises(SlackApiError) as caught:
        await api.chat_postMessage(channel="newsroom", text="x")
    assert caught.value.response.status_code == 503
    assert len(workspace.from_app()) == posted


@pytest.mark.parametrize(("accepted", "posted"), [(False, 0), (True, 1)])
async def test_a_dropped_connection_may_hide_a_success(
    workspace: Workspace, api: AsyncWebClient, accepted: bool, posted: int
) -> None:
    workspace.faults.add(POST, Fault("drop", accepted=accepted))
    with pytest.raises(aiohttp.ClientError):
        await api.chat_postMessage(channel="newsroom", text="x")
    assert len(workspace.from_app()) == posted


async def test_a_call_may_never_be_answered(workspace: Workspace, api: AsyncWebClient) -> None:
    workspace.faults.add(POST, Fault("hang", accepted=True))
    call = asyncio.ensure_future(api.chat_postMessage(channel="newsroom", text="x"))
    await workspace.wait_for(workspace.from_app)
    assert not call.done()
    call.cancel()


async def test_an_answer_may_be_late(timed: Workspace, clock: HandClock) -> None:
    timed.faults.add(POST, Fault("delay", seconds=20))
    call = asyncio.ensure_future(client(timed).chat_postMessage(channel="newsroom", text="x"))
    await clock.someone_sleeps()
    assert timed.from_app() == []
    clock.advance(20)
    assert (await call)["ok"]


async def test_slack_may_answer_with_an_error_of_its_own(workspace: Workspace, api: AsyncWebClient) -> None:
    workspace.faults.add(POST, Fault("error", accepted=True, error="fatal_error"))
    assert await refused(api.chat_postMessage(channel="newsroom", text="x")) == "fatal_error"
    assert len(workspace.from_app()) == 1


async def test_a_fault_strikes_only_its_method(workspace: Workspace, api: AsyncWebClient) -> None:
    workspace.faults.add(POST, Fault("server_error"), times=2)
    assert (await api.auth_test())["ok"]
    workspace.faults.clear()
    assert (await api.chat_postMessage(channel="newsroom", text="x"))["ok"]


def drawn(seed: int) -> list[bool]:
    """Which of 200 calls a probable fault strikes."""
    faults = Faults(seed)
    faults.probable("*", Fault("drop"), 0.3)
    return [faults.take(POST) is not None for _ in range(200)]


def test_chances_repeat_with_their_seed() -> None:
    assert drawn(1) == drawn(1) != drawn(2)
    assert 30 < sum(drawn(1)) < 90


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        Fault("gremlin")  # type: ignore[arg-type]


async def test_an_event_may_come_twice_although_it_was_taken(workspace: Workspace) -> None:
    workspace.faults.redelivery = 1.0
    async with peer(workspace) as app:
        workspace.say(HANA, "newsroom", "@Syria Desk who?")
        await workspace.settled()
    assert [headers.get("x-slack-retry-num") for headers, _ in app.seen] == [None, "1"]
    assert app.seen[0][1] == app.seen[1][1]
