"""What was said: adding, changing, removing and reading messages."""

from bisect import bisect_left, bisect_right

from bot.workspace.changes import Changes
from bot.workspace.errors import Json
from bot.workspace.model import Channel


class History:
    """Writes messages into conversations and tells who is watching."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def add(self, channel: Channel, message: Json, *, broadcast: bool = False) -> Json:
        """Append a message, under its parent when it has one."""
        timestamp, parent = message["ts"], message.get("thread_ts")
        channel.messages[timestamp] = message
        if parent and parent != timestamp:
            self._thread(channel, parent, message)
        if not parent or parent == timestamp or broadcast:
            channel.roots.append(timestamp)
        self._changes.tell("message", channel=channel.id, message=message)
        return message

    def _thread(self, channel: Channel, parent: str, message: Json) -> None:
        replies = channel.threads.setdefault(parent, [])
        replies.append(message["ts"])
        root = channel.messages[parent]
        message["parent_user_id"] = root.get("user", "")
        repliers = list(dict.fromkeys([*root.get("reply_users", []), message["user"]]))
        root |= {"thread_ts": parent, "reply_count": len(replies), "latest_reply": message["ts"]}
        root |= {"reply_users": repliers, "reply_users_count": len(repliers)}

    def edit(self, channel: Channel, timestamp: str, fields: Json) -> Json:
        """Change a message in place; a field set to None goes away."""
        message = channel.messages[timestamp]
        for name, value in fields.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        self._changes.tell("changed", channel=channel.id, message=message)
        return message

    def remove(self, channel: Channel, timestamp: str) -> None:
        """Delete a message; the root of a thread leaves a tombstone."""
        message = channel.messages[timestamp]
        if timestamp in channel.threads:
            tombstone = {"subtype": "tombstone", "text": "This message was deleted.", "blocks": None, "metadata": None}
            self.edit(channel, timestamp, tombstone)
            return
        del channel.messages[timestamp]
        if timestamp in channel.roots:
            channel.roots.remove(timestamp)
        self._unthread(channel, message)
        self._changes.tell("deleted", channel=channel.id, ts=timestamp, thread_ts=message.get("thread_ts"))

    def _unthread(self, channel: Channel, message: Json) -> None:
        parent = message.get("thread_ts")
        if not parent or message["ts"] not in channel.threads.get(parent, []):
            return
        replies = channel.threads[parent]
        replies.remove(message["ts"])
        root = channel.messages[parent]
        root["reply_count"] = len(replies)
        if not replies:
            del channel.threads[parent]
            for name in ("reply_count", "reply_users", "reply_users_count", "latest_reply", "thread_ts"):
                root.pop(name, None)


def between(stamps: list[str], oldest: str, latest: str, *, inclusive: bool) -> list[str]:
    """The part of a rising list of timestamps that lies between two of them; an empty bound is open."""
    low, high = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
    start = low(stamps, padded(oldest)) if oldest else 0
    end = high(stamps, padded(latest)) if latest else len(stamps)
    return stamps[start:end]


def padded(timestamp: str) -> str:
    """A timestamp in the width that sorts as text."""
    whole, _, fraction = timestamp.partition(".")
    return f"{int(whole or 0):010d}.{fraction[:6]:0<6}"
