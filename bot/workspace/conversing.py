"""What a person does with words: say, edit, delete, type a command, invite the app."""

import uuid
from dataclasses import dataclass, field

from bot.workspace import mrkdwn, payloads
from bot.workspace.core import Core
from bot.workspace.deliver import Delivery, Reply
from bot.workspace.errors import Json, PersonError, SlackError
from bot.workspace.events import Events
from bot.workspace.model import Channel, User
from bot.workspace.respond import Responses

_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


@dataclass(frozen=True)
class Outcome:
    """What a person sees at once: a message, field errors, or Slack's word for what failed."""

    shown: Json | None = None
    failure: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failure and not self.errors


class Conversing:
    """Acts by words."""

    def __init__(self, core: Core, delivery: Delivery, events: Events, responses: Responses) -> None:
        self._core = core
        self._delivery = delivery
        self._events = events
        self._responses = responses

    def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Json:
        """Post a message as typed: `@Syria Desk` and `#newsroom` become references, the rest is escaped."""
        user, channel = self._place(user_id, channel_id)
        wire = mrkdwn.typed(text, self._core.state.names(), self._core.state.channel_names())
        if not wire.strip():
            raise PersonError("An empty message cannot be sent.")
        message = self._typed_message(user, wire) | self._under(channel, thread_ts)
        self._core.history.add(channel, message)
        self._tell_app(channel, message)
        return message

    def _place(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user, channel = self._core.state.require_user(user_id), self._core.state.require_channel(channel_id)
        if channel.archived:
            raise PersonError(f"#{channel.name} is archived.")
        if user.id not in channel.members:
            raise PersonError(f"{user.real_name} is not in #{channel.name}: join it first.")
        return user, channel

    def _under(self, channel: Channel, thread_ts: str | None) -> Json:
        if thread_ts and thread_ts not in channel.messages:
            raise PersonError("That thread does not exist here.")
        return {"thread_ts": channel.messages[thread_ts].get("thread_ts", thread_ts)} if thread_ts else {}

    def _typed_message(self, user: User, wire: str) -> Json:
        return {
            "type": "message",
            "user": user.id,
            "client_msg_id": str(uuid.uuid4()),
            "text": wire,
            "team": self._core.credentials.team_id,
            "ts": self._core.stamps.next(),
            "blocks": mrkdwn.rich_text(wire),
        }

    def _tell_app(self, channel: Channel, message: Json) -> None:
        bot = self._core.credentials.bot_user_id
        mentioned = f"<@{bot}>" in message["text"] and channel.kind != "im"
        where: Json = {"channel": channel.id, "event_ts": message["ts"]}
        if bot not in channel.members:
            if mentioned:
                self._offer_invitation(channel, message)
            return
        if mentioned:
            self._events.emit({**message, "type": "app_mention", **where})
        kind = {"channel_type": channel.kind}
        self._events.emit({**message, **where, **kind}, _SUBSCRIPTIONS[channel.kind])

    def _offer_invitation(self, channel: Channel, message: Json) -> None:
        text = f"You mentioned <@{self._core.credentials.bot_user_id}>, but they're not in this channel."
        self._core.slackbot_says(channel, message["user"], text, offer="invite")

    def edit(self, user_id: str, message: Json, channel_id: str, text: str) -> Json:
        """Change one's own message; the app is told as Slack tells it."""
        _, channel = self._place(user_id, channel_id)
        if message["user"] != user_id:
            raise PersonError("You can only edit your own messages.")
        before = dict(message)
        wire = mrkdwn.typed(text, self._core.state.names(), self._core.state.channel_names())
        edited = {"user": user_id, "ts": self._core.stamps.next()}
        fields = {"text": wire, "blocks": mrkdwn.rich_text(wire), "edited": edited}
        after = self._core.history.edit(channel, message["ts"], fields)
        self._subtype(channel, "message_changed", message=after, previous_message=before)
        return after

    def delete(self, user_id: str, message: Json, channel_id: str) -> None:
        """Delete one's own message."""
        _, channel = self._place(user_id, channel_id)
        if message["user"] != user_id:
            raise PersonError("You can only delete your own messages.")
        self._core.history.remove(channel, message["ts"])
        self._subtype(channel, "message_deleted", previous_message=message, deleted_ts=message["ts"])

    def _subtype(self, channel: Channel, subtype: str, **what: object) -> None:
        if self._core.credentials.bot_user_id not in channel.members:
            return
        stamp = self._core.stamps.next()
        inner: Json = {"type": "message", "subtype": subtype, "channel": channel.id, "hidden": True, "ts": stamp}
        inner |= {"event_ts": stamp, "channel_type": channel.kind, **what}
        self._events.emit(inner, _SUBSCRIPTIONS[channel.kind])

    def join(self, user_id: str, channel_id: str) -> None:
        """Enter a public channel."""
        user, channel = self._core.state.require_user(user_id), self._core.state.require_channel(channel_id)
        if channel.kind != "channel":
            raise PersonError("A private channel needs an invitation.")
        self._enter(channel, user.id, None)

    def invite(self, user_id: str, channel_id: str, guest_id: str | None = None) -> None:
        """Bring somebody into a channel; the app when nobody is named."""
        _, channel = self._place(user_id, channel_id)
        self._enter(channel, guest_id or self._core.credentials.bot_user_id, user_id)

    def _enter(self, channel: Channel, user_id: str, inviter: str | None) -> None:
        if user_id in channel.members:
            return
        channel.members.add(user_id)
        self._core.changes.tell("channels")
        stamp = self._core.stamps.next()
        invited = {"inviter": inviter} if inviter else {}
        joined = {"type": "message", "subtype": "channel_join", "user": user_id, "ts": stamp, **invited}
        self._core.history.add(channel, {**joined, "text": f"<@{user_id}> has joined the channel"})
        letter = "G" if channel.kind == "group" else "C"
        event = {"type": "member_joined_channel", "user": user_id, "channel": channel.id, "channel_type": letter}
        if self._core.credentials.bot_user_id in channel.members:
            self._events.emit({**event, "team": self._core.credentials.team_id, "event_ts": stamp, **invited})

    def remove_app(self, channel_id: str) -> None:
        """Take the app out of a channel."""
        self._core.state.require_channel(channel_id).members.discard(self._core.credentials.bot_user_id)
        self._core.changes.tell("channels")

    async def slash(self, user_id: str, channel_id: str, command: str, text: str = "") -> Outcome:
        """Type a command and wait for what it shows at once."""
        user, channel = self._place(user_id, channel_id)
        declared = next((known for known in self._core.app.commands if known.command == command), None)
        if declared is None:
            self._core.slackbot_says(channel, user_id, f"{command} is not a valid command.")
            return Outcome(failure="unknown_command")
        wire = mrkdwn.escape(text)
        if declared.should_escape:
            wire = mrkdwn.typed(text, self._core.state.names(), self._core.state.channel_names(), labels=True)
        payload = payloads.slash_command(self._core, user, channel, command, wire.strip())
        reply = await self._delivery.send("slash_commands", command, payload)
        return self._answered(user, channel, f"{command} {wire}".strip(), reply)

    def _answered(self, user: User, channel: Channel, typed: str, reply: Reply) -> Outcome:
        failure = _slash_failure(reply)
        answer = {"text": reply.body} if isinstance(reply.body, str) else reply.body or {}
        if not failure and answer.get("response_type") == "in_channel":
            self._core.history.add(channel, self._typed_message(user, typed) | {"subtype": "slash_command"})
        try:
            if not failure and answer not in ({}, {"text": ""}):
                return Outcome(self._responses.show(channel, user.id, answer))
        except SlackError as error:
            failure = f"invalid_command_response: {error.error}"
        if failure:
            words = f"{typed.split()[0]} failed with the error “{failure.split(':')[0]}”"
            self._core.slackbot_says(channel, user.id, words)
        return Outcome(failure=failure)


def _slash_failure(reply: Reply) -> str:
    if reply.ok:
        return ""
    if reply.status is None:
        return "operation_timeout" if reply.failure == "http_timeout" else "dispatch_failed"
    return "http_service_error" if reply.status >= 500 else "http_client_error"
