"""What a fault in a listener looks like from outside: never a trace, always a way on."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.errors import DeskError, MalformedError
from bot.logs import log
from bot.store.engine import StoreUnavailable
from bot.tasks import reference

UNKNOWN = "Something went wrong on the desk's side (reference {ref}). Please try again, or type `/syria help`."


def register(app: AsyncApp) -> None:
    """One error handler for all listeners."""
    app.error(on_error)


async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """400 for what Slack would not send, 503 for what Slack should send again, a sentence for a person."""
    ref = reference()
    if isinstance(error, MalformedError):
        log().warning("malformed_payload", fault=str(error))
        return BoltResponse(status=400, body="malformed payload")
    known = isinstance(error, (DeskError, StoreUnavailable, TimeoutError, asyncio.TimeoutError))
    log().error(
        "listener_failed",
        ref=ref,
        kind=body.get("type", "command"),
        exc_info=None if known else error,
        fault=str(error),
    )
    if body.get("type") == "event_callback":
        return BoltResponse(status=503, body="try again")
    if "command" not in body:
        return BoltResponse(status=200, body="")
    sentence = error.sentence if isinstance(error, DeskError) else UNKNOWN.format(ref=ref)
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": sentence})
