"""What stands between the network and the listeners: signature, age, size and shape of every request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import Clock, SignatureVerifier

from bot.errors import MalformedError

MAX_BODY = 1024 * 1024
READ_SECONDS = 5.0

Body = dict[str, Any]


class Gate:
    """Lets through what Slack signed within five minutes, small enough and shaped as Slack shapes it."""

    def __init__(self, signing_secret: str, now: Callable[[], float]) -> None:
        self._verifier = SignatureVerifier(signing_secret, _Clock(now))

    async def admit(self, request: web.Request) -> Body:
        """The request's payload; raises 401, 408, 413 or 400."""
        timestamp, signature = self._stamps(request)
        if request.content_length is not None and request.content_length > MAX_BODY:
            raise web.HTTPRequestEntityTooLarge(MAX_BODY, request.content_length)
        try:
            async with asyncio.timeout(READ_SECONDS):
                raw = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="body not received") from None
        if not self._verifier.is_valid(_utf8(raw), timestamp, signature):
            raise web.HTTPUnauthorized(text="invalid signature")
        try:
            return parse(raw.decode(), request.content_type)
        except MalformedError as error:
            raise web.HTTPBadRequest(text=str(error)) from None

    @staticmethod
    def _stamps(request: web.Request) -> tuple[str, str]:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 15 and signature.isascii()):
            raise web.HTTPUnauthorized(text="invalid signature")
        return timestamp, signature


class _Clock(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise web.HTTPUnauthorized(text="invalid signature") from None


def parse(raw: str, content_type: str) -> Body:
    """A JSON body, a form, or the JSON in a form's `payload`, checked for shape; raises MalformedError."""
    if content_type == "application/json":
        return shaped(_json(raw))
    try:
        form = dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=100))
    except ValueError as error:
        raise MalformedError("not a form") from error
    return shaped(_json(form["payload"])) if "payload" in form and "command" not in form else shaped(form)


def _json(raw: str) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error


_RECORDS = ("event", "view", "container", "message", "assistant_thread")
_IDENTITIES = ("team", "user", "channel", "enterprise")
_WORDS = (
    "type",
    "command",
    "text",
    "callback_id",
    "trigger_id",
    "response_url",
    "event_id",
    "team_id",
    "user_id",
    "channel_id",
)


def shaped(body: object) -> Body:
    """The body, if its parts have the kinds that Slack gives them; raises MalformedError."""
    if not isinstance(body, dict) or not body:
        raise MalformedError("not an object")
    _expect(body, _RECORDS, dict)
    _expect(body, _IDENTITIES, (dict, str))
    _expect(body, _WORDS, str)
    _expect(body, ("actions", "authorizations", "response_urls"), list)
    for name in ("actions", "authorizations"):
        if not all(isinstance(item, dict) for item in body.get(name) or ()):
            raise MalformedError(f"{name} is not a list of objects")
    if body.get("type") == "block_actions" and not _named(body.get("actions")):
        raise MalformedError("actions has no action_id")
    _event_shaped(body)
    return body


def _expect(body: Body, names: tuple[str, ...], kind: type | tuple[type, ...]) -> None:
    for name in names:
        if name in body and body[name] is not None and not isinstance(body[name], kind):
            raise MalformedError(f"{name} is not of its kind")


def _named(actions: object) -> bool:
    return isinstance(actions, list) and bool(actions) and all(isinstance(one.get("action_id"), str) for one in actions)


def _event_shaped(body: Body) -> None:
    event = body.get("event")
    if body.get("type") == "event_callback" and (event is None or not isinstance(event.get("type"), str)):
        raise MalformedError("event has no type")
    if event is not None:
        _expect(event, ("type", "subtype", "text", "ts", "thread_ts", "channel_type", "bot_id", "tab"), str)
        _expect(event, ("message", "previous_message", "view", "edited"), dict)
        _expect(event, ("user", "channel", "item"), (dict, str))
