"""What Slack lets the desk know of an asker and a channel: the time zone, and whether the desk is in it."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.slack_errors import code_of

IsMember = Callable[[str], Awaitable[bool | None]]
ZoneOf = Callable[[str], Awaitable[str | None]]
SECONDS = 0.8
MOST = 1000
OUTSIDE = ("channel_not_found", "not_in_channel")
_FAULTS = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


def zone_of(client: AsyncWebClient) -> ZoneOf:
    """Asks `users.info`, once for each person; None without the scope `users:read`, or when Slack is slow."""
    known: OrderedDict[str, str] = OrderedDict()

    async def ask(user_id: str) -> str | None:
        if user_id in known:
            return known[user_id]
        try:
            async with asyncio.timeout(SECONDS):
                found = await client.users_info(user=user_id)
        except _FAULTS:
            return None
        zone = str((found.get("user") or {}).get("tz") or "")
        if zone not in zoneinfo.available_timezones():
            return None
        known[user_id] = zone
        if len(known) > MOST:
            known.popitem(last=False)
        return zone

    return ask


def membership(client: AsyncWebClient) -> IsMember:
    """Asks Slack whether the bot is in a channel; None where it may not know."""

    async def is_member(channel_id: str) -> bool | None:
        try:
            found = await client.conversations_info(channel=channel_id)
        except SlackApiError as error:
            return False if code_of(error) in OUTSIDE else await _may_read(client, channel_id)
        return bool(found["channel"].get("is_member"))

    return is_member


async def _may_read(client: AsyncWebClient, channel_id: str) -> bool | None:
    """Who may read a channel is in it; None without the scope for that."""
    try:
        await client.conversations_history(channel=channel_id, limit=1)
    except SlackApiError as error:
        return False if code_of(error) in OUTSIDE else None
    return True
