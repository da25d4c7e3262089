"""The desk's two clients for Slack's Web API, and who the desk is over there."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery.asker import IsMember, membership
from bot.delivery.slack_errors import code_of
from bot.errors import SlackUnreachableError

TIMEOUT = 12
MEMBER_SECONDS = 1.5
FAULTS = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


class Client(AsyncWebClient):
    """The SDK's client, where an answer that is not Slack's (a proxy's page) is a lost connection, not a bug."""

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """As the SDK's; raises ClientPayloadError for what is not JSON."""
        try:
            return await super().api_call(api_method, **arguments)
        except AttributeError as error:
            raise aiohttp.ClientPayloadError("the answer is not Slack's") from error


def reading_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for calls that may be repeated: it retries dropped connections and 429."""
    retries = [AsyncConnectionErrorRetryHandler(max_retry_count=1), AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    return Client(token, base_url=api_url, timeout=TIMEOUT, session=session, retry_handlers=retries)


def posting_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that never repeats a call: a post that was lost on the way back must not go out twice."""
    return AsyncWebClient(token, base_url=api_url, timeout=TIMEOUT, session=session, retry_handlers=[])


@dataclass(frozen=True, slots=True)
class Who:
    """The bot's own ids and scopes, as `auth.test` tells them."""

    team_id: str
    team: str
    user_id: str
    bot_id: str
    scopes: frozenset[str]


class Identity:
    """Learns who the bot is in the background, so that no answer waits for Slack."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: Who | None = None
        self._fault = "not asked yet"

    @property
    def known(self) -> Who | None:
        """The bot's ids, or None while Slack has not told."""
        return self._known

    @property
    def fault(self) -> str:
        """Why it is not known."""
        return self._fault

    async def learn(self) -> Who:
        """Ask `auth.test` once; raises SlackUnreachableError."""
        try:
            told = await self._client.auth_test()
        except SlackApiError as error:
            self._fault = f"Slack says {code_of(error) or 'nothing that can be read'}"
        except FAULTS as error:
            self._fault = f"Slack is not reachable ({type(error).__name__})"
        else:
            self._known = _who(told.data if isinstance(told.data, dict) else {}, dict(told.headers))
            self._fault = ""
            return self._known
        raise SlackUnreachableError(f"auth.test at {self._client.base_url}: {self._fault}")

    async def keep_learning(self, every: float = 30.0) -> None:
        """Ask until Slack answers."""
        while self._known is None:
            with contextlib.suppress(SlackUnreachableError):
                await self.learn()
                return
            await asyncio.sleep(every)


def _who(told: dict[str, object], headers: dict[str, str]) -> Who:
    scopes = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return Who(
        team_id=str(told.get("team_id", "")),
        team=str(told.get("team", "")),
        user_id=str(told.get("user_id", "")),
        bot_id=str(told.get("bot_id", "")),
        scopes=frozenset(part.strip() for part in scopes.split(",") if part.strip()),
    )


def member_check(client: AsyncWebClient) -> IsMember:
    """Asks Slack whether the bot is in a channel; None where Slack does not say so at once."""
    ask = membership(client)

    async def is_member(channel_id: str) -> bool | None:
        try:
            async with asyncio.timeout(MEMBER_SECONDS):
                return await ask(channel_id)
        except FAULTS:
            return None

    return is_member
