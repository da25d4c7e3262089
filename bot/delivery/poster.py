"""The one place that posts to Slack, and the one that looks whether a post has arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.pace import Lane, Limits, Pace
from bot.delivery.slack_errors import BLIND, Trouble, code_of, read_error
from bot.delivery.wire import HTTP_SECONDS, LANDING_SECONDS, Guard, guarded, watch

log = structlog.get_logger(__name__)
EVENT_TYPE = "syria_desk_post"
PATIENCE_SECONDS = 5.0
PAGE = 100
PAGES = 20
LOOK_BACK_SECONDS = 86_400.0
Permit = Callable[[], Awaitable[float | None]]
TokenOf = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class PostRequest:
    """One message. `key` is unique and travels as metadata, so that the message can be recognised."""

    key: str
    team_id: str
    channel_id: str
    text: str
    blocks: Sequence[Mapping[str, Any]] | None = None
    thread_ts: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    lane: Lane = "answer"


@dataclass(frozen=True, slots=True)
class Posted:
    """It is in the channel; `channel_id` is the conversation Slack put it in, `metadata` what it carries."""

    ts: str
    channel_id: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not posted. `permanent`: no later try will help; `retry_at`: no try before this wall time."""

    reason: str
    permanent: bool = False
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been posted: look before trying again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The conversation was read and does not hold the message."""


@dataclass(frozen=True, slots=True)
class Blind:
    """The conversation may not be read."""

    reason: str


class Poster:
    """Posts at the pace that Slack and the limits allow, tries each message once a call, and says what came of it."""

    def __init__(
        self,
        client: AsyncWebClient,
        engine: AsyncEngine,
        clock: Clock,
        *,
        limits: Limits | None = None,
        token_of: TokenOf | None = None,
        http_seconds: float = HTTP_SECONDS,
        landing_seconds: float = LANDING_SECONDS,
    ) -> None:
        self.http_seconds = http_seconds
        self.landing_seconds = landing_seconds
        self._client = client
        self._clock = clock
        self._token_of = token_of
        self._pace = Pace(engine, clock, limits)
        if client.session is not None:
            watch(client.session)

    async def post(self, request: PostRequest, permit: Permit | None = None) -> Posted | Failed | Unknown:
        """Post once. `permit`, asked last, gives the steady moment until which bytes may leave, or None: not yours."""
        blocked = await self._wait_turn(request)
        if blocked is not None:
            return blocked
        guard = None
        if permit is not None:
            deadline = await permit()
            if deadline is None:
                return Failed("lease lost")
            guard = Guard(self._clock, deadline)
        try:
            return await self._send(request, guard)
        except (TimeoutError, SlackApiError, aiohttp.ClientError, OSError) as error:
            if guard is not None and guard.refused:
                return Failed("lease too short")
            trouble = read_error(error)
        if trouble.meaning == "blocks" and request.blocks:
            log.error("blocks_refused", key=request.key, reason=trouble.reason)
            return await self.post(replace(request, blocks=None), permit)
        return await self._failed(request, trouble)

    async def find(
        self, team_id: str, channel_id: str, thread_ts: str | None, key: str, since: float
    ) -> Posted | Absent | Blind | Failed:
        """Whether the message with this key is in the conversation; `since` is when it was first tried."""
        try:
            conversation = await self._conversation(team_id, channel_id)
            return await self._search(team_id, conversation, thread_ts, key, since)
        except SlackApiError as error:
            return await self._cannot_look(team_id, error)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Failed(read_error(error).reason)

    async def _wait_turn(self, request: PostRequest) -> Failed | None:
        until = await self._pace.blocked_until(request.team_id)
        if until is not None and until - self._clock.now() > PATIENCE_SECONDS:
            return Failed("ratelimited", retry_at=until)
        if until is not None:
            await self._clock.sleep(max(0.0, until - self._clock.now()))
        await self._pace.wait(request.team_id, request.channel_id, request.lane)
        return None

    async def _send(self, request: PostRequest, guard: Guard | None) -> Posted:
        payload = {**request.metadata, "key": request.key}
        body: dict[str, Any] = {
            "channel": request.channel_id,
            "text": request.text,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": payload},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if request.blocks:
            body["blocks"] = list(request.blocks)
        if request.thread_ts:
            body["thread_ts"] = request.thread_ts
        with guarded(guard):
            answer = await self._call("chat.postMessage", request.team_id, body)
        return Posted(str(answer["ts"]), str(answer.get("channel") or request.channel_id), payload)

    async def _failed(self, request: PostRequest, trouble: Trouble) -> Failed | Unknown:
        if trouble.meaning == "uncertain":
            return Unknown(trouble.reason)
        if trouble.meaning == "rate_limited":
            until = await self._pace.block(request.team_id, trouble.retry_after)
            return Failed(trouble.reason, retry_at=until)
        return Failed(trouble.reason, permanent=trouble.meaning in ("permanent", "blocks"))

    async def _conversation(self, team_id: str, channel_id: str) -> str:
        if not channel_id.startswith(("U", "W")):
            return channel_id
        answer = await self._call("conversations.open", team_id, {"users": channel_id})
        return str(answer["channel"]["id"])

    async def _search(
        self, team_id: str, channel_id: str, thread_ts: str | None, key: str, since: float
    ) -> Posted | Absent | Blind:
        method = "conversations.replies" if thread_ts else "conversations.history"
        query: dict[str, Any] = {"channel": channel_id, "limit": PAGE, "include_all_metadata": True}
        if thread_ts:
            query["ts"] = thread_ts
        for page in range(PAGES):
            answer = await self._call(method, team_id, query)
            for message in answer["messages"]:
                payload = _payload(message)
                if payload.get("key") == key:
                    return Posted(str(message["ts"]), channel_id, payload)
            query["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not query["cursor"] or (not thread_ts and page and _older(answer["messages"], since)):
                return Absent()
        return Blind("too many messages to read")

    async def _cannot_look(self, team_id: str, error: SlackApiError) -> Blind | Failed:
        if code_of(error) in BLIND:
            return Blind(code_of(error))
        trouble = read_error(error)
        if trouble.meaning == "rate_limited":
            return Failed(trouble.reason, retry_at=self._clock.now() + trouble.retry_after)
        return Failed(trouble.reason)

    async def _call(self, method: str, team_id: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        arguments = dict(body)
        if self._token_of is not None:
            arguments["token"] = await self._token_of(team_id)
        try:
            # The SDK leaves the time limit to the session it is given.
            async with asyncio.timeout(self.http_seconds):
                response = await self._request(method, arguments)
        except AttributeError as error:
            # The SDK takes every 200 for JSON; a proxy's plain text ends here.
            raise aiohttp.ClientPayloadError("the answer is not Slack's") from error
        data: Mapping[str, Any] = response.data if isinstance(response.data, dict) else {}
        return data

    async def _request(self, method: str, arguments: dict[str, Any]) -> AsyncSlackResponse:
        if method == "chat.postMessage":
            return await self._client.api_call(method, json=arguments)
        return await self._client.api_call(method, http_verb="GET", params=arguments)


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload if metadata.get("event_type") == EVENT_TYPE and isinstance(payload, Mapping) else {}


def _older(messages: Sequence[Mapping[str, Any]], since: float) -> bool:
    return bool(messages) and float(messages[-1]["ts"]) < since - LOOK_BACK_SECONDS
