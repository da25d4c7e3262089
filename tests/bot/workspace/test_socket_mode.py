"""Socket Mode: the same app, the same answers, over a WebSocket."""

import json
import logging

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace
from tests.bot.workspace.conftest import HANA
from tests.bot.workspace.refusals import refused
from tests.bot.workspace.showcase import showcase
from tests.support.workspace import client, echo, over_sockets


async def connect(workspace: Workspace, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    """A bare connection, past its hello."""
    opened = await client(workspace, workspace.credentials.app_token).apps_connections_open(
        app_token=workspace.credentials.app_token
    )
    socket = await session.ws_connect(opened["url"])
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_only_the_app_token_opens_a_connection(workspace: Workspace, api: AsyncWebClient) -> None:
    ids = workspace.credentials
    assert await refused(api.apps_connections_open(app_token=ids.bot_token)) == "not_allowed_token_type"
    assert (await api.apps_connections_open(app_token=ids.app_token))["url"].startswith("ws://127.0.0.1:")


async def test_a_connection_address_works_once(workspace: Workspace, api: AsyncWebClient) -> None:
    url = (await api.apps_connections_open(app_token=workspace.credentials.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["connection_info"] == {"app_id": workspace.credentials.app_id}
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_commands_mentions_and_forms_work_over_a_socket(workspace: Workspace) -> None:
    async with over_sockets(workspace, showcase):
        outcome = await workspace.slash(HANA, "newsroom", "/syria", "hello")
        assert outcome.shown is not None
        assert outcome.shown["text"] == "you said hello"
        asked = workspace.say(HANA, "newsroom", "@Syria Desk who?")
        assert await workspace.wait_for(lambda: workspace.messages("newsroom", asked["ts"]))
        await workspace.slash(HANA, "newsroom", "/syria", "form")
        assert (await workspace.submit(HANA, {"statement": "x", "kind": "event"})).ok
        await workspace.settled()
    assert workspace.messages("syria-desk")[0]["text"] == "Proposed (event): x"


async def test_envelopes_have_slacks_shape(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(workspace, session)
        workspace.say(HANA, "newsroom", "@Syria Desk who?")
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await workspace.settled()
        await socket.close()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["payload"]["event"]["type"]) == (0, "app_mention")


async def test_an_event_that_is_not_acknowledged_comes_again() -> None:
    async with Workspace(answer_seconds=0.05) as workspace, aiohttp.ClientSession() as session:
        socket = await connect(workspace, session)
        workspace.say(HANA, "newsroom", "@Syria Desk who?")
        first, second = await socket.receive_json(), await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await workspace.settled()
        await socket.close()
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")


async def test_slack_says_goodbye_before_it_hangs_up(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(workspace, session)
        await workspace.sockets.disconnect("refresh_requested")
        goodbye = json.loads((await socket.receive()).data)
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "refresh_requested")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_the_eleventh_connection_is_turned_away(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        ten = [await connect(workspace, session) for _ in range(10)]
        opened = await client(workspace).apps_connections_open(app_token=workspace.credentials.app_token)
        socket = await session.ws_connect(opened["url"])
        assert (await socket.receive_json())["reason"] == "too_many_websockets"
        assert workspace.sockets.connected == len(ten)


async def test_the_app_comes_back_after_a_refresh(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    async with over_sockets(workspace, echo):
        before = len(workspace.traffic.named("apps.connections.open"))
        await workspace.sockets.disconnect("refresh_requested")
        opened = workspace.traffic.named
        await workspace.wait_for(lambda: len(opened("apps.connections.open")) > before and workspace.sockets.connected)
        outcome = await workspace.slash(HANA, "newsroom", "/syria", "still there?")
    assert outcome.shown is not None
    assert outcome.shown["text"] == "you said still there?"


async def test_without_a_connection_a_command_is_dispatch_failed(workspace: Workspace) -> None:
    assert (await workspace.slash(HANA, "newsroom", "/syria", "x")).failure == "dispatch_failed"
