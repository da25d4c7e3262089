"""Socket Mode: the same requests over a connection that the desk opens; for development and small desks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from time import time
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clock import Clock
from bot.delivery.slack_errors import code_of
from bot.errors import MalformedError, StartError
from bot.gate import shaped
from bot.logs import log
from bot.slack import FAULTS

LOOK_EVERY = 15.0
DEAF_AFTER = 45.0

Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class SocketMode:
    """One connection with a watchdog: when it goes deaf it is replaced, and /readyz says so meanwhile."""

    def __init__(self, app_token: str, web: AsyncWebClient, dispatch: Dispatch, clock: Clock) -> None:
        self._web, self._token, self._dispatch, self._clock = web, app_token, dispatch, clock
        self._client = SocketModeClient(app_token=app_token, web_client=web, ping_interval=5)
        self._client.socket_mode_request_listeners.append(self._handle)
        self._heard = clock.monotonic()
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect; raises StartError when Slack refuses the app token."""
        try:
            opened = await self._web.apps_connections_open(app_token=self._token)
        except SlackApiError as error:
            reason = code_of(error) or "no reason"
            raise StartError(
                f"Slack refuses SLACK_APP_TOKEN ({reason}): it needs the scope connections:write"
            ) from None
        except FAULTS as error:
            raise StartError(f"Slack is not reachable at {self._web.base_url} ({type(error).__name__})") from None
        self._client.wss_uri = opened["url"]
        await self._client.connect()  # type: ignore[no-untyped-call]
        self._watch = asyncio.create_task(self._keep_alive(), name="socket watchdog")

    async def alive(self) -> bool:
        """Whether requests can arrive now."""
        return await self._client.is_connected()

    async def stop(self) -> None:
        """Take nothing more and close."""
        tasks = [self._watch, self._client.current_session_monitor, self._client.message_receiver]
        running = [task for task in (*tasks, self._client.message_processor) if task is not None]
        if self._watch is not None:
            self._watch.cancel()
        await self._client.close()  # type: ignore[no-untyped-call]
        await asyncio.gather(*running, return_exceptions=True)

    async def _handle(self, client: Any, request: SocketModeRequest) -> None:
        self._heard = self._clock.monotonic()
        try:
            body = shaped(request.payload)
        except MalformedError as error:
            log().warning("malformed_payload", fault=str(error))
            response = BoltResponse(status=200, body="")
        else:
            response = await self._dispatch(body)
            if response.status == 400:
                response = BoltResponse(status=200, body="")
        await send_async_response(client, request, response, time())

    async def _keep_alive(self) -> None:
        deaf_since: float | None = None
        while True:
            await self._clock.sleep(LOOK_EVERY)
            if await self.alive():
                deaf_since = None
                continue
            deaf_since = deaf_since or self._clock.monotonic()
            if self._clock.monotonic() - deaf_since >= DEAF_AFTER - LOOK_EVERY:
                log().warning("socket_deaf", since_last_request=round(self._clock.monotonic() - self._heard))
                with contextlib.suppress(*FAULTS):
                    await self._client.connect_to_new_endpoint(force=True)
                deaf_since = None


SOCKET = web.AppKey("socket", SocketMode)
