"""What every part of the workspace works on."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workspace.app import Credentials, SlackApp
from bot.workspace.changes import Changes
from bot.workspace.clock import Clock
from bot.workspace.errors import Json
from bot.workspace.faults import Faults
from bot.workspace.history import History
from bot.workspace.model import Channel
from bot.workspace.state import State
from bot.workspace.tickets import Tickets
from bot.workspace.timestamps import Timestamps
from bot.workspace.traffic import Traffic


@dataclass
class Core:
    """One workspace, one app."""

    app: SlackApp
    credentials: Credentials
    clock: Clock
    changes: Changes
    state: State
    history: History
    stamps: Timestamps
    traffic: Traffic
    faults: Faults
    tickets: Tickets
    base_url: str = ""
    refusal: str | None = None
    wall_time: Callable[[], float] = time.time
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def create(cls, app: SlackApp, credentials: Credentials, clock: Clock, traffic_limit: int, seed: int) -> "Core":
        """An empty workspace with this app installed."""
        changes = Changes()
        return cls(
            app=app,
            credentials=credentials,
            clock=clock,
            changes=changes,
            state=State(app, credentials, changes),
            history=History(changes),
            stamps=Timestamps(clock),
            traffic=Traffic(clock, changes, traffic_limit),
            faults=Faults(seed),
            tickets=Tickets(clock),
        )

    def bot_message(self, channel: Channel, content: Json) -> Json:
        """A new message by the app, not yet posted."""
        ids = self.credentials
        return {
            "type": "message",
            "user": ids.bot_user_id,
            "bot_id": ids.bot_id,
            "app_id": ids.app_id,
            "team": ids.team_id,
            "bot_profile": {
                "id": ids.bot_id,
                "app_id": ids.app_id,
                "name": self.app.name,
                "deleted": False,
                "updated": 1700000000,
                "team_id": ids.team_id,
                "icons": {},
            },
            "ts": self.stamps.next(),
            "text": content.get("text", ""),
            **with_ids(content),
        }

    def show_ephemeral(self, channel: Channel, user_id: str, message: Json) -> Json:
        """Show a message to one person only; it never enters the history."""
        message = {**message, "is_ephemeral": True}
        self.state.ephemerals[message["ts"]] = {"user": user_id, "channel": channel.id, "message": message}
        self.changes.tell("ephemeral", channel=channel.id, user=user_id, message=message)
        return message

    def slackbot_says(self, channel: Channel, user_id: str, text: str, **extra: object) -> Json:
        """Slack's own note to one person."""
        message = {"type": "message", "subtype": "bot_message", "user": "USLACKBOT", "ts": self.stamps.next()}
        return self.show_ephemeral(channel, user_id, {**message, "text": text, **extra})

    def permalink(self, channel: Channel, message: Json) -> str:
        """The address of a message on the workspace's page."""
        link = f"{self.base_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
        parent = message.get("thread_ts")
        return f"{link}?thread_ts={parent}&cid={channel.id}" if parent else link


def with_ids(content: Json) -> Json:
    """Blocks and attachments as Slack keeps them: every block and element has an id."""
    kept: Json = {}
    if content.get("blocks"):
        kept["blocks"] = [_block_with_ids(block) for block in content["blocks"]]
    for name in ("attachments", "metadata"):
        if content.get(name):
            kept[name] = content[name]
    return kept


def _block_with_ids(block: Json) -> Json:
    filled = {"block_id": secrets.token_hex(3), **block}
    for name in ("accessory", "element"):
        if isinstance(filled.get(name), dict):
            filled[name] = _element_with_id(filled[name])
    if block["type"] == "actions":
        filled["elements"] = [_element_with_id(element) for element in block["elements"]]
    return filled


def _element_with_id(element: Json) -> Json:
    return element if element.get("type") == "image" else {"action_id": secrets.token_hex(3), **element}
