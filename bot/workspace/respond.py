"""Answers outside the Web API: the body of an acknowledgement, and response addresses."""

from typing import Any

from aiohttp import web

from bot.workspace.api.args import Args
from bot.workspace.api.chat import content, thread_fields
from bot.workspace.core import Core, with_ids
from bot.workspace.errors import Json, SlackError
from bot.workspace.model import Channel
from bot.workspace.tickets import ResponseAddress

_REFUSED = {"invalid_url": 404, "expired_url": 404, "used_url": 404}


class Responses:
    """Shows what an app answers with."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def show(self, channel: Channel, user_id: str, answer: Json, thread_ts: str | None = None) -> Json | None:
        """Post an answer where the person is; None when it says nothing. SlackError when it is not valid."""
        if set(answer) <= {"response_type"}:
            return None
        visible = answer.get("response_type", "ephemeral") == "in_channel"
        message = self._core.bot_message(channel, content(Args(answer)))
        message |= thread_fields(channel, str(answer.get("thread_ts") or thread_ts or ""))
        if visible:
            return self._core.history.add(channel, message)
        message.pop("metadata", None)
        return self._core.show_ephemeral(channel, user_id, message)

    async def handle(self, request: web.Request) -> web.Response:
        """POST to a response address."""
        exchange = self._core.traffic.begin("from_app", "response_url", None)
        try:
            answer = await _read(request)
            exchange.request = answer
            self._use(self._core.tickets.use(request.match_info["key"]), answer)
        except SlackError as error:
            status = _REFUSED.get(error.error, 400)
            self._core.traffic.end(exchange, status, error.body())
            return web.json_response(error.body(), status=status)
        self._core.traffic.end(exchange, 200, {"ok": True})
        return web.json_response({"ok": True})

    def _use(self, address: ResponseAddress, answer: Json) -> None:
        channel = self._core.state.channels[address.channel_id]
        if address.message_ts and answer.get("delete_original"):
            self._delete(channel, address.message_ts)
        elif address.message_ts and answer.get("replace_original"):
            self._replace(channel, address.message_ts, answer)
        else:
            thread_ts = answer.get("thread_ts") or address.thread_ts
            self.show(channel, address.user_id, _without_commands(answer), thread_ts)

    def _delete(self, channel: Channel, timestamp: str) -> None:
        gone = self._core.state.ephemerals.pop(timestamp, None)
        if gone is not None:
            self._core.changes.tell("deleted", channel=channel.id, ts=timestamp, thread_ts=None)
        elif timestamp in channel.messages:
            self._core.history.remove(channel, timestamp)

    def _replace(self, channel: Channel, timestamp: str, answer: Json) -> None:
        checked = content(Args(answer))
        stored = with_ids(checked)
        fields = {"text": checked["text"], "blocks": stored.get("blocks"), "attachments": stored.get("attachments")}
        shown = self._core.state.ephemerals.get(timestamp)
        if shown is None and timestamp in channel.messages:
            self._core.history.edit(channel, timestamp, fields)
        elif shown is not None:
            message = {name: value for name, value in (shown["message"] | fields).items() if value is not None}
            self._core.show_ephemeral(channel, shown["user"], message)


def _without_commands(answer: Json) -> Json:
    return {name: value for name, value in answer.items() if name not in ("replace_original", "delete_original")}


async def _read(request: web.Request) -> Json:
    try:
        answer: Any = await request.json()
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(answer, dict):
        raise SlackError("invalid_payload")
    return answer
