"""What a failed call means: nothing was posted, something may have been, or it never can be."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

import aiohttp
from slack_sdk.errors import SlackApiError

Meaning = Literal["permanent", "not_sent", "uncertain", "rate_limited", "blocks"]

PERMANENT = {
    "account_inactive",
    "as_user_not_supported",
    "cannot_dm_bot",
    "cannot_reply_to_message",
    "channel_is_limited_access",
    "channel_not_found",
    "ekm_access_denied",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "msg_too_long",
    "no_permission",
    "no_text",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "team_access_not_granted",
    "team_not_found",
    "thread_locked",
    "thread_not_found",
    "token_revoked",
    "user_disabled",
    "user_not_found",
}
UNCERTAIN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"}
RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
BLIND = {
    "missing_scope",
    "not_allowed_token_type",
    "no_permission",
    "not_in_channel",
    "channel_not_found",
    "access_denied",
}
DEFAULT_RETRY_AFTER = 30.0
LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failed call, read."""

    meaning: Meaning
    reason: str
    retry_after: float = 0.0


def read_error(error: BaseException) -> Trouble:
    """What this failure of `chat.postMessage` means for the message."""
    if isinstance(error, SlackApiError):
        return _read_response(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.InvalidURL):
        return Trouble("not_sent", "no connection to Slack")
    if isinstance(error, asyncio.TimeoutError):
        return Trouble("uncertain", "Slack did not answer in time")
    return Trouble("uncertain", f"the connection was lost ({type(error).__name__})")


def _read_response(error: SlackApiError) -> Trouble:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    code = code_of(error)
    if status == 429 or code in RATE_LIMITED:
        return Trouble("rate_limited", "ratelimited", _retry_after(response))
    if status >= 500 or code in UNCERTAIN or not code:
        return Trouble("uncertain", code or f"Slack answered {status}")
    if code in PERMANENT:
        return Trouble("permanent", code)
    return Trouble("blocks" if code in BLOCKS else "not_sent", code)


def code_of(error: SlackApiError) -> str:
    """Slack's own word for the error; empty when the answer was not Slack's."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _retry_after(response: object) -> float:
    headers = getattr(response, "headers", None) or {}
    try:
        seconds = float(headers.get("Retry-After", DEFAULT_RETRY_AFTER))
    except ValueError:
        return DEFAULT_RETRY_AFTER
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)
