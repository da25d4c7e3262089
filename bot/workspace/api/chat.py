"""chat.*: posting, changing and deleting messages."""

from bot.workspace.api.args import Args
from bot.workspace.api.places import known, writable
from bot.workspace.core import Core, with_ids
from bot.workspace.errors import Json, SlackError
from bot.workspace.model import Channel
from bot.workspace.validate.message import TEXT_TRUNCATED, UPDATE_TEXT_LIMIT, check_content


def content(args: Args) -> Json:
    """Text, blocks, attachments and metadata of a call, checked."""
    found: Json = {
        "text": args.text("text")[:TEXT_TRUNCATED],
        "markdown_text": args.text("markdown_text") or None,
        "blocks": args.document("blocks", "invalid_blocks_format"),
        "attachments": args.document("attachments", "invalid_attachments"),
        "metadata": args.document("metadata", "invalid_metadata_format"),
    }
    check_content(found)
    if found["markdown_text"]:
        found["blocks"] = [{"type": "markdown", "text": found["markdown_text"]}]
        found["text"] = found["markdown_text"]
    return found


def thread_fields(channel: Channel, thread_ts: str) -> Json:
    """The fields that put a message under another; Slack's error when that cannot be."""
    if not thread_ts:
        return {}
    parent = channel.messages.get(thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.get("thread_ts", thread_ts) != thread_ts or parent.get("subtype") == "tombstone":
        raise SlackError("cannot_reply_to_message")
    return {"thread_ts": thread_ts}


def post_message(core: Core, args: Args) -> Json:
    """chat.postMessage."""
    channel = writable(core, args)
    checked = content(args)
    message = core.bot_message(channel, checked) | thread_fields(channel, args.text("thread_ts"))
    broadcast = "thread_ts" in message and args.flag("reply_broadcast")
    if broadcast:
        message["subtype"] = "thread_broadcast"
    core.history.add(channel, message, broadcast=broadcast)
    clear_status(core, channel, args.text("thread_ts"))
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": message}


def clear_status(core: Core, channel: Channel, thread_ts: str) -> None:
    """An answer ends "is typing" in its thread."""
    if core.state.statuses.pop((channel.id, thread_ts), None) is not None:
        core.changes.tell("status", channel=channel.id, thread_ts=thread_ts, status="")


def post_ephemeral(core: Core, args: Args) -> Json:
    """chat.postEphemeral."""
    channel = writable(core, args)
    user = args.required("user", "invalid_arguments")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    checked = content(args)
    checked.pop("metadata")
    message = core.bot_message(channel, checked) | thread_fields(channel, args.text("thread_ts"))
    core.show_ephemeral(channel, user, message)
    return {"ok": True, "message_ts": message["ts"]}


def _own(core: Core, channel: Channel, timestamp: str, denied: str) -> Json:
    message = channel.messages.get(timestamp)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("bot_id") != core.credentials.bot_id:
        raise SlackError(denied)
    return message


def update(core: Core, args: Args) -> Json:
    """chat.update: what is not sent again stays, except that text without blocks drops the blocks."""
    channel = writable(core, args)
    message = _own(core, channel, args.required("ts", "message_not_found"), "cant_update_message")
    if len(args.text("text")) > UPDATE_TEXT_LIMIT:
        raise SlackError("msg_too_long")
    checked = content(args)
    stored = with_ids(checked)
    fields: Json = {
        "text": checked["text"],
        "blocks": stored.get("blocks"),
        "attachments": stored.get("attachments"),
        "edited": {"user": core.credentials.bot_user_id, "ts": core.stamps.next()},
    }
    if checked["metadata"] is not None:
        fields["metadata"] = checked["metadata"]
    core.history.edit(channel, message["ts"], fields)
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete(core: Core, args: Args) -> Json:
    """chat.delete."""
    channel = known(core, args)
    message = _own(core, channel, args.required("ts", "message_not_found"), "cant_delete_message")
    core.history.remove(channel, message["ts"])
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


def get_permalink(core: Core, args: Args) -> Json:
    """chat.getPermalink."""
    channel = known(core, args)
    message = channel.messages.get(args.required("message_ts", "message_not_found"))
    if message is None:
        raise SlackError("message_not_found")
    return {"ok": True, "channel": channel.id, "permalink": core.permalink(channel, message)}
