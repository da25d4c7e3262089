"""Everything the workspace remembers: people, conversations, views."""

from collections.abc import Iterable

from bot.workspace.app import Credentials, SlackApp
from bot.workspace.changes import Changes
from bot.workspace.errors import Json, PersonError
from bot.workspace.model import Channel, Kind, User

SLACKBOT = "USLACKBOT"


class State:
    """The workspace's memory; every look-up by id, name or member is one dictionary access."""

    def __init__(self, app: SlackApp, credentials: Credentials, changes: Changes) -> None:
        self.changes = changes
        self.bot_user_id = credentials.bot_user_id
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.by_name: dict[str, Channel] = {}
        self.direct: dict[frozenset[str], Channel] = {}
        self.usergroups: dict[str, list[str]] = {}
        self.ephemerals: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.modals: dict[str, list[Json]] = {}
        self.views: dict[str, Json] = {}
        self.prompts: dict[str, Json] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
        handle = app.name.casefold().replace(" ", "_")
        self.add_user(User(credentials.bot_user_id, handle, app.name, app.description, is_bot=True))

    def add_user(self, user: User) -> User:
        """Let somebody in."""
        self.users[user.id] = user
        self.changes.tell("people")
        return user

    def add_channel(
        self, name: str, kind: Kind = "channel", members: Iterable[str] = (), topic: str = "", *, archived: bool = False
    ) -> Channel:
        """Create a conversation with these members."""
        prefix = {"channel": "C", "group": "C", "im": "D"}[kind]
        identity = f"{prefix}0DESK{len(self.channels) + 1:05d}"
        channel = Channel(identity, name, kind, topic, set(members), archived)
        self.channels[identity] = channel
        if kind == "im":
            self.direct[frozenset(channel.members)] = channel
        else:
            self.by_name[name] = channel
        self.changes.tell("channels")
        return channel

    def direct_channel(self, user_id: str, other_id: str | None = None) -> Channel:
        """The direct messages between two people; with the app when only one is named."""
        pair = frozenset((user_id, other_id or self.bot_user_id))
        return self.direct.get(pair) or self.add_channel("", "im", pair)

    def channel(self, wanted: str) -> Channel | None:
        """A conversation by id or by name, with or without #."""
        return self.channels.get(wanted) or self.by_name.get(wanted.removeprefix("#"))

    def require_channel(self, wanted: str) -> Channel:
        """The conversation; PersonError when there is none."""
        found = self.channel(wanted)
        if found is None:
            raise PersonError(f"There is no channel {wanted}.")
        return found

    def require_user(self, wanted: str) -> User:
        """The person; PersonError when there is none."""
        if wanted not in self.users:
            raise PersonError(f"There is no user {wanted}.")
        return self.users[wanted]

    def people(self) -> list[User]:
        """The human members."""
        return [user for user in self.users.values() if not user.is_bot]

    def visible_to(self, user_id: str) -> list[Channel]:
        """The conversations that person can open."""
        return [c for c in self.channels.values() if user_id in c.members or c.kind == "channel"]

    def names(self) -> dict[str, str]:
        """What can follow an @, with whom it means."""
        return {user.real_name: user.id for user in self.users.values()}

    def channel_names(self) -> dict[str, str]:
        """What can follow a #, with what it means."""
        return {name: channel.id for name, channel in self.by_name.items()}
