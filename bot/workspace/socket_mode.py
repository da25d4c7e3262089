"""Socket Mode: apps.connections.open leads to a WebSocket that carries everything Slack has to say."""

import asyncio
import itertools
import json
import secrets
import uuid
from typing import Any, Literal

from aiohttp import WSMsgType, web

from bot.workspace.core import Core
from bot.workspace.errors import Json

MOST_CONNECTIONS = 10
DisconnectReason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


class SocketMode:
    """The app's open WebSockets; each envelope goes to one of them in turn."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._turn = itertools.count()
        self._unacked: dict[str, asyncio.Future[Json]] = {}

    @property
    def connected(self) -> int:
        """How many WebSockets are open."""
        return len(self._sockets)

    def new_url(self) -> str:
        """A WebSocket address that works once."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        base, app_id = self._core.base_url.replace("http", "ws", 1), self._core.credentials.app_id
        return f"{base}/link/?ticket={ticket}&app_id={app_id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection of the app, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._sockets) >= MOST_CONNECTIONS:
            await socket.send_json(self._goodbye("too_many_websockets"))
            await socket.close()
            return socket
        await socket.send_json(self._hello())
        self._sockets.append(socket)
        self._core.changes.tell("sockets")
        try:
            await self._listen(socket)
        finally:
            self._sockets.remove(socket)
            self._core.changes.tell("sockets")
        return socket

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._acknowledge(frame.data)

    def _acknowledge(self, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        waiting = self._unacked.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def send(self, kind: str, payload: Json, *, answerable: bool, retry: tuple[int, str] = (0, "")) -> Any:
        """Send one envelope and return the payload of its acknowledgement, None when it has none.

        ConnectionError when no WebSocket is open or the one chosen closes. The caller limits the time.
        """
        if not self._sockets:
            raise ConnectionError("no WebSocket is open")
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        identity = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": identity,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": answerable,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        waiting = self._unacked[identity] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(envelope)
            return (await waiting).get("payload")
        finally:
            del self._unacked[identity]

    async def disconnect(self, reason: DisconnectReason = "refresh_requested", *, abruptly: bool = False) -> None:
        """End every connection, with Slack's goodbye or without a word."""
        for socket in list(self._sockets):
            if not abruptly:
                await socket.send_json(self._goodbye(reason))
            await socket.close()

    def _hello(self) -> Json:
        debug: Json = {"host": "local-workspace", "build_number": 1, "approximate_connection_time": 18060}
        app = {"app_id": self._core.credentials.app_id}
        return {"type": "hello", "num_connections": self.connected + 1, "debug_info": debug, "connection_info": app}

    def _goodbye(self, reason: DisconnectReason) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local-workspace"}}
