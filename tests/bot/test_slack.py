"""What Slack's Web API says, and what only looks as if Slack had said it."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import SlackUnreachableError
from bot.slack import FAULTS, Identity, reading_client


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json"])
@pytest.mark.parametrize("status", [200, 500, 502])
async def test_a_page_in_place_of_slacks_answer_is_an_unreachable_slack(status: int, kind: str) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(status=status, text="bad gateway", content_type=kind)

    proxy = web.Application()
    proxy.router.add_route("*", "/api/{method}", page)
    async with TestServer(proxy) as server, aiohttp.ClientSession() as session:
        client = reading_client("xoxb-1", str(server.make_url("/api/")), session)
        identity = Identity(client)

        with pytest.raises(SlackUnreachableError):
            await identity.learn()
        with pytest.raises(FAULTS):
            await client.views_open(trigger_id="1", view={})

    assert identity.fault
