"""A pressed button, taken apart: who, where, what, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import MalformedError

Place = Literal["ephemeral", "view", "dm", "thread"]


@dataclass(frozen=True, slots=True)
class Click:
    """One press. `place` says where the button was; `thread_ts` is the thread an answer belongs to."""

    team_id: str
    user_id: str
    channel_id: str
    message_ts: str
    thread_ts: str
    action_id: str
    action_ts: str
    value: str
    place: Place
    response_url: str
    trigger_id: str
    view_id: str
    view_type: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for a press that Slack sends twice."""
        return (self.user_id, self.action_id, self.action_ts or self.trigger_id)


def click_of(body: dict[str, Any]) -> Click:
    """The first action of a block_actions payload; raises MalformedError."""
    action, container = body["actions"][0], body.get("container") or {}
    channel = _id(body.get("channel")) or _text(container, "channel_id")
    posted = body.get("message") or {}
    ts = _text(container, "message_ts") or _text(posted, "ts")
    view = body.get("view") or {}
    user = _id(body.get("user"))
    if not user or not (view or channel):
        raise MalformedError("click without a user or a place")
    return Click(
        team_id=_id(body.get("team")) or _text(body.get("user"), "team_id"),
        user_id=user,
        channel_id=channel,
        message_ts=ts,
        thread_ts=_text(container, "thread_ts") or _text(posted, "thread_ts") or ts,
        action_id=action["action_id"],
        action_ts=_text(action, "action_ts"),
        value=_text(action, "value"),
        place=_place(body, channel),
        response_url=_text(body, "response_url"),
        trigger_id=_text(body, "trigger_id"),
        view_id=_text(view, "id"),
        view_type=_text(view, "type"),
    )


def _place(body: dict[str, Any], channel: str) -> Place:
    if body.get("view"):
        return "view"
    if (body.get("container") or {}).get("is_ephemeral"):
        return "ephemeral"
    return "dm" if channel.startswith("D") else "thread"


def _id(thing: object) -> str:
    return thing if isinstance(thing, str) else _text(thing, "id")


def _text(thing: object, name: str) -> str:
    value = thing.get(name) if isinstance(thing, dict) else None
    return value if isinstance(value, str) else ""
