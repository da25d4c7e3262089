"""Arguments of a Web API call, from a query, a form or JSON."""

import json
from typing import Any

from aiohttp import web

from bot.workspace.errors import Json, SlackError

_FALSE = frozenset({"", "0", "false", "none", "null"})


class Args:
    """One call's arguments, each read as the type the method wants."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are taken as typed."""
        value = self.values.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """A string that must be there, or Slack's error."""
        value = self.text(name)
        if not value:
            raise SlackError(error)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean in any of the spellings Slack takes."""
        value = self.values.get(name)
        return default if value is None else str(value).casefold() not in _FALSE

    def whole(self, name: str, default: int, least: int, most: int, error: str = "invalid_limit") -> int:
        """A whole number in a range, or Slack's error."""
        try:
            value = int(self.text(name) or default)
        except ValueError:
            raise SlackError(error) from None
        if not least <= value <= most:
            raise SlackError(error)
        return value

    def document(self, name: str, error: str) -> Any:
        """A JSON value, sent as such or as a string; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(error) from None


async def read(request: web.Request) -> tuple[Args, str]:
    """The arguments and the token of a request."""
    values: Json = dict(request.query)
    values.pop("token", None)
    sent: Json = {}
    if request.method == "POST":
        sent = await _body(request)
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else ""
    in_form = sent.pop("token", "") if request.content_type != "application/json" else ""
    return Args(values | sent), token or str(in_form)


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return _json_object(await request.text())
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if request.body_exists and await request.read():
        raise SlackError("invalid_post_type")
    return {}


def _json_object(text: str) -> Json:
    try:
        body = json.loads(text) if text else {}
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body
