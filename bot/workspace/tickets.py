"""Short-lived permissions that Slack hands to an app: trigger ids and response addresses."""

import secrets
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from bot.workspace.clock import Clock
from bot.workspace.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
KEPT_SECONDS = 600.0


@dataclass
class Trigger:
    """Permission to open one view for one person."""

    user_id: str
    expires: float
    view_id: str | None = None
    channel_id: str | None = None
    used: bool = False


@dataclass
class ResponseAddress:
    """Permission to answer in one place up to five times."""

    user_id: str
    channel_id: str
    expires: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


T = TypeVar("T", Trigger, ResponseAddress)


class Tickets:
    """Issues and redeems both kinds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._addresses: dict[str, ResponseAddress] = {}

    def trigger(self, user_id: str, view_id: str | None = None, channel_id: str | None = None) -> str:
        """A trigger id for something that person just did."""
        now = self._clock.time()
        _forget(self._triggers, now)
        key = f"{int(now * 1000)}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
        self._triggers[key] = Trigger(user_id, now + TRIGGER_SECONDS, view_id, channel_id)
        return key

    def redeem(self, key: str) -> Trigger:
        """The trigger, spent; Slack's error when it is unknown, used or older than three seconds."""
        found = self._triggers.get(key)
        if found is None:
            raise SlackError("invalid_trigger_id")
        if found.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.time() > found.expires:
            raise SlackError("expired_trigger_id")
        found.used = True
        return found

    def address(
        self, user_id: str, channel_id: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """The secret part of a response address."""
        now = self._clock.time()
        _forget(self._addresses, now)
        key = secrets.token_urlsafe(18)
        self._addresses[key] = ResponseAddress(user_id, channel_id, now + RESPONSE_SECONDS, message_ts, thread_ts)
        return key

    def use(self, key: str) -> ResponseAddress:
        """The place to answer in, one use counted; Slack's error when it is spent."""
        found = self._addresses.get(key)
        if found is None:
            raise SlackError("invalid_url")
        if self._clock.time() > found.expires:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found


def _forget(tickets: dict[str, T], now: float) -> None:
    """Drop what has long expired; entries are in order of issue, so each is looked at once."""
    for key in list(islice(tickets, 2)):
        if tickets[key].expires < now - KEPT_SECONDS:
            del tickets[key]
