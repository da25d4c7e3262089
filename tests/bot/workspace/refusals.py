"""What Slack said no to."""

from collections.abc import Awaitable
from typing import Any

from slack_sdk.errors import SlackApiError


async def refusal(call: Awaitable[Any]) -> Any:
    """The body of the answer to a call that Slack refuses; the test fails where Slack takes it."""
    try:
        taken = await call
    except SlackApiError as error:
        return error.response.data
    raise AssertionError(f"was taken: {taken.data}")


async def refused(call: Awaitable[Any]) -> str:
    """Slack's name for why a call is refused."""
    return str((await refusal(call))["error"])
