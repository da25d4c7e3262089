"""Which conversation a call means, and whether the app may act in it."""

from bot.workspace.api.args import Args
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.model import Channel

HISTORY_SCOPES = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
READ_SCOPES = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}


def known(core: Core, args: Args, name: str = "channel") -> Channel:
    """A conversation the app can see; channel_not_found otherwise."""
    channel = core.state.channel(args.required(name, "channel_not_found"))
    if channel is None or (channel.kind != "channel" and not is_member(core, channel)):
        raise SlackError("channel_not_found")
    return channel


def writable(core: Core, args: Args) -> Channel:
    """A conversation the app may post to; a user id means that person's direct messages."""
    wanted = args.required("channel", "channel_not_found")
    if wanted in core.state.users and wanted != core.credentials.bot_user_id:
        return core.state.direct_channel(wanted)
    channel = known(core, args)
    if channel.archived:
        raise SlackError("is_archived")
    if not is_member(core, channel):
        raise SlackError("not_in_channel")
    return channel


def readable(core: Core, args: Args) -> Channel:
    """A conversation whose history the app may read."""
    channel = known(core, args)
    require_scope(core, HISTORY_SCOPES[channel.kind])
    if not is_member(core, channel):
        raise SlackError("not_in_channel")
    return channel


def is_member(core: Core, channel: Channel) -> bool:
    """Whether the app is in the conversation."""
    return core.credentials.bot_user_id in channel.members


def require_scope(core: Core, scope: str) -> None:
    """Raise missing_scope unless the app was granted it."""
    if scope not in core.app.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(core.app.scopes)))
