"""Socket Mode keeps hearing: through disconnects, refreshes and payloads that are no good."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import StartError
from bot.shelf import Shelf
from bot.workspace import Workspace
from tests.support.running import Running, running


async def connected(bot: Running) -> None:
    await bot.workspace.wait_for(lambda: bot.workspace.sockets.connected, 15)


async def test_a_refreshed_connection_still_answers(tmp_path: Path, shelf: Shelf) -> None:
    async with running(tmp_path, shelf, socket=True) as bot:
        await connected(bot)
        await bot.workspace.sockets.disconnect("refresh_requested")
        await connected(bot)

        assert (await bot.slash("timeline"))["text"]


async def test_there_is_no_events_route_in_socket_mode(tmp_path: Path, shelf: Shelf) -> None:
    async with running(tmp_path, shelf, socket=True) as bot:
        status, _ = await bot.post("{}", {"Content-Type": "application/json"})

    assert status == 404


async def test_a_refused_app_token_stops_the_start(tmp_path: Path, shelf: Shelf) -> None:
    def refuse(workspace: Workspace) -> None:
        workspace.core.refusal = "invalid_auth"

    with pytest.raises(StartError, match="SLACK_APP_TOKEN"):
        async with running(tmp_path, shelf, socket=True, prepare=refuse):
            pass
