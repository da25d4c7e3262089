"""The payloads that Slack sends to an app, in Slack's shapes."""

import secrets

from bot.workspace.core import Core
from bot.workspace.errors import Json
from bot.workspace.model import Channel, User
from bot.workspace.views import shown


def event(core: Core, inner: Json) -> Json:
    """The envelope around one event."""
    ids = core.credentials
    authorization = {"enterprise_id": None, "team_id": ids.team_id, "user_id": ids.bot_user_id, "is_bot": True}
    return {
        "token": ids.verification_token,
        "team_id": ids.team_id,
        "context_team_id": ids.team_id,
        "context_enterprise_id": None,
        "api_app_id": ids.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(core.clock.time()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }


def slash_command(core: Core, user: User, channel: Channel, command: str, text: str) -> Json:
    """The form fields of a slash command."""
    ids = core.credentials
    return {
        "token": ids.verification_token,
        "team_id": ids.team_id,
        "team_domain": ids.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": ids.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(core, "commands", core.tickets.address(user.id, channel.id)),
        "trigger_id": core.tickets.trigger(user.id, channel_id=channel.id),
    }


def interaction(core: Core, kind: str, user: User) -> Json:
    """What every interactive payload has."""
    ids = core.credentials
    person = {"id": user.id, "username": user.handle, "name": user.handle, "team_id": ids.team_id}
    return {
        "type": kind,
        "user": person,
        "api_app_id": ids.app_id,
        "token": ids.verification_token,
        "team": {"id": ids.team_id, "domain": ids.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(core: Core, user: User, channel: Channel, message: Json, element: Json) -> Json:
    """block_actions from a message; an ephemeral one is named but not included."""
    timestamp, ephemeral = message["ts"], bool(message.get("is_ephemeral"))
    container: Json = {
        "type": "message",
        "message_ts": timestamp,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    address = core.tickets.address(user.id, channel.id, timestamp, message.get("thread_ts"))
    payload = interaction(core, "block_actions", user) | {
        "container": container,
        "trigger_id": core.tickets.trigger(user.id, channel_id=channel.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": {}},
        "response_url": response_url(core, "actions", address),
        "actions": [element],
    }
    return payload if ephemeral else payload | {"message": message}


def view_action(core: Core, user: User, view: Json, element: Json) -> Json:
    """block_actions from a modal or from the Home tab: with the view, without a response address."""
    return interaction(core, "block_actions", user) | {
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": core.tickets.trigger(user.id, view["id"]),
        "view": shown(view),
        "actions": [element],
    }


def message_shortcut(core: Core, user: User, channel: Channel, message: Json, callback_id: str) -> Json:
    """message_action: the message menu."""
    address = core.tickets.address(user.id, channel.id, None, message.get("thread_ts"))
    common = interaction(core, "message_action", user)
    del common["api_app_id"], common["user"]["username"]
    return common | {
        "action_ts": core.stamps.next(),
        "callback_id": callback_id,
        "trigger_id": core.tickets.trigger(user.id, channel_id=channel.id),
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message,
        "response_url": response_url(core, "app", address),
    }


def global_shortcut(core: Core, user: User, callback_id: str) -> Json:
    """shortcut: the lightning menu."""
    return interaction(core, "shortcut", user) | {
        "action_ts": core.stamps.next(),
        "callback_id": callback_id,
        "trigger_id": core.tickets.trigger(user.id),
    }


def view_submission(core: Core, user: User, view: Json) -> Json:
    """view_submission."""
    trigger = core.tickets.trigger(user.id, view["id"])
    return interaction(core, "view_submission", user) | {
        "trigger_id": trigger,
        "view": shown(view),
        "response_urls": [],
    }


def view_closed(core: Core, user: User, view: Json, *, cleared: bool) -> Json:
    """view_closed."""
    return interaction(core, "view_closed", user) | {"view": shown(view), "is_cleared": cleared}


def response_url(core: Core, kind: str, key: str) -> str:
    """The address an app may answer at."""
    return f"{core.base_url}/hooks/{kind}/{core.credentials.team_id}/{key}"


def channel_name(channel: Channel) -> str:
    """How payloads name a conversation."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
