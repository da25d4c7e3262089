"""A tiny Bolt app as the peer of the workspace, and a clock that tests move by hand."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace

Listeners = Callable[[AsyncApp], None]


class HandClock:
    """Time that passes only when a test says so; it starts now, so that signatures stay fresh."""

    def __init__(self) -> None:
        self._now = time.time()
        self._slept = asyncio.Event()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def time(self) -> float:
        """Seconds since the epoch."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Return once the test has moved the clock far enough."""
        waiting = asyncio.get_running_loop().create_future()
        self._slept.set()
        heapq.heappush(self._sleepers, (self._now + seconds, len(self._sleepers), waiting))
        await waiting

    @property
    def sleepers(self) -> int:
        """How many tasks wait for this clock."""
        return len(self._sleepers)

    async def someone_sleeps(self) -> None:
        """Return once a task waits for this clock."""
        await self._slept.wait()

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds
        while self._sleepers and self._sleepers[0][0] <= self._now:
            _, _, waiting = heapq.heappop(self._sleepers)
            if not waiting.done():
                waiting.set_result(None)


def client(workspace: Workspace, token: str | None = None) -> AsyncWebClient:
    """A Web API client that never retries, so that a test sees each answer."""
    given = workspace.credentials.bot_token if token is None else token
    return AsyncWebClient(token=given, base_url=workspace.api_url, retry_handlers=[])


def bolt_app(workspace: Workspace, listeners: Listeners) -> AsyncApp:
    """A Bolt app installed in this workspace."""
    app = AsyncApp(
        signing_secret=workspace.credentials.signing_secret,
        client=client(workspace),
        process_before_response=True,
    )
    listeners(app)
    return app


@asynccontextmanager
async def over_http(workspace: Workspace, listeners: Listeners) -> AsyncIterator[AsyncApp]:
    """The app listening on a free port, with the workspace delivering to it."""
    app = bolt_app(workspace, listeners)
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    workspace.set_request_url(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield app
    finally:
        await runner.cleanup()


@asynccontextmanager
async def over_sockets(workspace: Workspace, listeners: Listeners) -> AsyncIterator[AsyncApp]:
    """The app connected in Socket Mode."""
    app = bolt_app(workspace, listeners)
    handler = AsyncSocketModeHandler(app, workspace.credentials.app_token, ping_interval=1)
    await handler.connect_async()
    try:
        await workspace.wait_for(lambda: workspace.sockets.connected)
        yield app
    finally:
        await handler.close_async()


def echo(app: AsyncApp) -> None:
    """Answers whatever reaches it with what it was told."""

    @app.command("/syria")
    async def command(ack: Any, command: Any) -> None:
        await ack(response_type="ephemeral", text=f"you said {command['text']}")

    @app.event("app_mention")
    async def mention(event: Any, say: Any) -> None:
        await say(text=f"heard {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    async def message(event: Any, say: Any) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype"):
            await say(text=f"between us: {event['text']}")

    @app.event("member_joined_channel")
    async def joined() -> None:
        return None

    @app.event("app_home_opened")
    async def home(event: Any, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Home*"}}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
