"""Every Web API method the workspace answers: one visible table."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.api import agents, chat, conversations, people, views
from bot.workspace.api.args import Args
from bot.workspace.core import Core
from bot.workspace.errors import Json

Call = Callable[[Core, Args], Json]


@dataclass(frozen=True)
class Method:
    """How a method is answered, the scope it always needs and whether it works without a token."""

    call: Call
    scope: str = ""
    open_to_all: bool = False


METHODS: dict[str, Method] = {
    "api.test": Method(people.api_test, open_to_all=True),
    "auth.test": Method(people.auth_test),
    "blocks.validate": Method(agents.validate_blocks, open_to_all=True),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "conversations.info": Method(conversations.info),
    "conversations.list": Method(conversations.list_channels),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_direct, "im:write"),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "conversations.join": Method(conversations.join, "channels:join"),
    "users.info": Method(people.user_info, "users:read"),
    "users.list": Method(people.user_list, "users:read"),
    "usergroups.users.list": Method(people.usergroup_users, "usergroups:read"),
    "team.info": Method(people.team_info, "team:read"),
    "bots.info": Method(people.bot_info, "users:read"),
    "reactions.add": Method(people.add_reaction, "reactions:write"),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
    "views.publish": Method(views.publish_view),
    "agents.sessions.setStatus": Method(agents.set_session_status, "chat:write"),
    "assistant.threads.setStatus": Method(agents.set_thread_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(agents.set_suggested_prompts, "assistant:write"),
}
