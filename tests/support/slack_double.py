"""A Slack in one small HTTP server: takes posts, gives history, and fails as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient


@dataclass
class Behaviour:
    """What happens to one call: whether it takes effect, and what the caller sees."""

    accept: bool = False
    status: int = 200
    error: str = ""
    retry_after: float | None = None
    drop: bool = False
    wait: asyncio.Event | None = None


@dataclass
class SlackDouble:
    """Messages by channel, and the behaviours that come next."""

    url: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    next: dict[str, deque[Behaviour]] = field(default_factory=dict)
    scopes_missing: bool = False
    endless: bool = False
    zones: dict[str, str] = field(default_factory=dict)
    _arrival: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int) -> None:
        """Return when that many messages have arrived."""
        async with asyncio.timeout(30):
            while len(self.messages) < count:
                self._arrival.clear()
                await self._arrival.wait()

    def fail(self, method: str, behaviour: Behaviour, times: int = 1) -> None:
        """The next calls of that method go so."""
        self.next.setdefault(method, deque()).extend([behaviour] * times)

    def in_channel(self, channel: str) -> list[dict[str, Any]]:
        """What a reader of that channel sees, oldest first."""
        return [message for message in self.messages if message["channel"] == channel]

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of that method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        method = request.match_info["method"]
        arguments = dict(request.query) if request.method == "GET" else await request.json()
        self.calls.append((method, arguments))
        queued = self.next.get(method)
        behaviour = queued.popleft() if queued else None
        if behaviour is None:
            return web.json_response(self._answer(method, arguments))
        return await self._misbehave(request, method, arguments, behaviour)

    async def _misbehave(
        self, request: web.Request, method: str, arguments: dict[str, Any], behaviour: Behaviour
    ) -> web.StreamResponse:
        answer = self._answer(method, arguments) if behaviour.accept else {"ok": False, "error": behaviour.error}
        if behaviour.wait is not None:
            await behaviour.wait.wait()
        if behaviour.drop:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if behaviour.status >= 500:
            return web.Response(status=behaviour.status, text="<html>down</html>", content_type="text/html")
        headers = {} if behaviour.retry_after is None else {"Retry-After": str(behaviour.retry_after)}
        body = {"ok": False, "error": behaviour.error} if behaviour.error else answer
        return web.json_response(body, status=behaviour.status, headers=headers)

    def _answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if method == "chat.postMessage":
            ts = f"{1_760_000_000 + len(self.messages)}.000100"
            self.messages.append({**arguments, "ts": ts})
            self._arrival.set()
            return {"ok": True, "ts": ts, "channel": arguments["channel"]}
        if self.scopes_missing:
            return {"ok": False, "error": "missing_scope"}
        if method == "users.info":
            return {"ok": True, "user": {"id": arguments["user"], "tz": self.zones.get(arguments["user"])}}
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": arguments["users"]}}
        thread = arguments.get("ts")
        found = [m for m in self.in_channel(arguments["channel"]) if m.get("thread_ts") == thread]
        more = {"response_metadata": {"next_cursor": "on"}} if self.endless else {}
        return {"ok": True, "messages": found if thread else found[::-1], "has_more": self.endless, **more}


@asynccontextmanager
async def slack_double() -> AsyncIterator[tuple[SlackDouble, AsyncWebClient]]:
    """A running double and a client for it that never sends twice."""
    double = SlackDouble()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", double.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    double.url = f"http://127.0.0.1:{port}/api/"
    async with aiohttp.ClientSession() as session:
        yield double, AsyncWebClient("xoxb-double", base_url=double.url, session=session, retry_handlers=[])
    await runner.cleanup()
