"""The time zone of whoever asks, where Slack lets the desk know it."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

ZoneOf = Callable[[str], Awaitable[str | None]]
SECONDS = 0.8
MOST = 1000
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
