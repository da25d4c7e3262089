"""conversations.*: which there are, who is in them, what was said."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import TypeVar

from bot.workspace.api.args import Args
from bot.workspace.api.places import READ_SCOPES, is_member, known, readable, require_scope
from bot.workspace.core import Core
from bot.workspace.errors import Json, SlackError
from bot.workspace.history import between
from bot.workspace.model import Channel

T = TypeVar("T")
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def page(entries: list[T], args: Args, default: int, most: int = 1000) -> tuple[list[T], Json]:
    """One page of a list, and the response_metadata that leads to the next."""
    start = _decoded(args.text("cursor"))
    end = start + args.whole("limit", default, 1, most)
    cursor = urlsafe_b64encode(f"next:{end}".encode()).decode() if end < len(entries) else ""
    return entries[start:end], {"next_cursor": cursor}


def _decoded(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = urlsafe_b64decode(cursor).decode().partition(":")
        if word != "next" or not number.isdecimal():
            raise SlackError("invalid_cursor")
        return int(number)
    except (NotBase64, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None


def info(core: Core, args: Args) -> Json:
    """conversations.info."""
    channel = known(core, args)
    require_scope(core, READ_SCOPES[channel.kind])
    return {"ok": True, "channel": channel.to_api(core.credentials.bot_user_id)}


def list_channels(core: Core, args: Args) -> Json:
    """conversations.list."""
    wanted = [_TYPES.get(name.strip(), "") for name in args.text("types", "public_channel").split(",")]
    if "" in wanted:
        raise SlackError("invalid_types")
    for kind in wanted:
        require_scope(core, READ_SCOPES.get(kind, "mpim:read"))
    seen = [c for c in core.state.channels.values() if c.kind in wanted and _listed(core, c)]
    if args.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.archived]
    entries, metadata = page(seen, args, 100)
    listed = [channel.to_api(core.credentials.bot_user_id) for channel in entries]
    return {"ok": True, "channels": listed, "response_metadata": metadata}


def _listed(core: Core, channel: Channel) -> bool:
    return channel.kind == "channel" or is_member(core, channel)


def members(core: Core, args: Args) -> Json:
    """conversations.members."""
    channel = known(core, args)
    require_scope(core, READ_SCOPES[channel.kind])
    entries, metadata = page(sorted(channel.members), args, 100)
    return {"ok": True, "members": entries, "response_metadata": metadata}


def open_direct(core: Core, args: Args) -> Json:
    """conversations.open, for one person."""
    if "channel" in args:
        channel = known(core, args)
    else:
        users = [name for name in args.required("users", "users_list_not_supplied").split(",") if name]
        if len(users) != 1:
            raise SlackError("not_enough_users" if not users else "method_not_supported_for_channel_type")
        if users[0] not in core.state.users:
            raise SlackError("user_not_found")
        channel = core.state.direct_channel(users[0])
    full = args.flag("return_im")
    return {"ok": True, "channel": channel.to_api(core.credentials.bot_user_id) if full else {"id": channel.id}}


def join(core: Core, args: Args) -> Json:
    """conversations.join."""
    channel = known(core, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    channel.members.add(core.credentials.bot_user_id)
    core.changes.tell("channels")
    return {"ok": True, "channel": channel.to_api(core.credentials.bot_user_id)}


def history(core: Core, args: Args) -> Json:
    """conversations.history: newest first."""
    channel = readable(core, args)
    stamps = _window(channel.roots, args)
    entries, metadata = page(stamps[::-1], args, 100, 999)
    return _messages(channel, entries, metadata, args)


def replies(core: Core, args: Args) -> Json:
    """conversations.replies: the parent, then its replies, oldest first."""
    channel = readable(core, args)
    parent = args.required("ts", "thread_not_found")
    if parent not in channel.messages:
        raise SlackError("thread_not_found")
    root = channel.messages[parent].get("thread_ts", parent)
    stamps = [root, *_window(channel.threads.get(root, []), args)]
    entries, metadata = page(stamps, args, 1000)
    return _messages(channel, entries, metadata, args)


def _window(stamps: list[str], args: Args) -> list[str]:
    try:
        return between(stamps, args.text("oldest"), args.text("latest"), inclusive=args.flag("inclusive"))
    except ValueError:
        raise SlackError("invalid_ts_oldest" if args.text("oldest") else "invalid_ts_latest") from None


def _messages(channel: Channel, stamps: list[str], metadata: Json, args: Args) -> Json:
    full = args.flag("include_all_metadata")
    body: Json = {
        "ok": True,
        "messages": [presented(channel.messages[stamp], all_metadata=full) for stamp in stamps],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
    }
    return {**body, "response_metadata": metadata} if body["has_more"] else body


def presented(message: Json, *, all_metadata: bool) -> Json:
    """A message as a reader of the history gets it; the payload of its metadata only on request."""
    if "metadata" not in message or all_metadata:
        return message
    return {**message, "metadata": {"event_type": message["metadata"]["event_type"]}}
