"""auth.*, users.*, usergroups.*, team.*, bots.*, reactions.*: who is who."""

import re

from bot.workspace.api.args import Args
from bot.workspace.api.conversations import page
from bot.workspace.api.places import known
from bot.workspace.core import Core
from bot.workspace.errors import Json, SlackError


def auth_test(core: Core, _args: Args) -> Json:
    """auth.test."""
    ids = core.credentials
    return {
        "ok": True,
        "url": f"https://{ids.team_domain}.slack.com/",
        "team": ids.team_name,
        "user": core.state.users[ids.bot_user_id].handle,
        "team_id": ids.team_id,
        "user_id": ids.bot_user_id,
        "bot_id": ids.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_core: Core, args: Args) -> Json:
    """api.test."""
    if "error" in args:
        raise SlackError(args.text("error"), args=args.values)
    return {"ok": True, "args": args.values}


def user_info(core: Core, args: Args) -> Json:
    """users.info."""
    user = core.state.users.get(args.required("user", "user_not_found"))
    if user is None:
        raise SlackError("user_not_found")
    locale = args.flag("include_locale")
    return {"ok": True, "user": user.to_api(core.credentials.team_id, core.clock.time(), include_locale=locale)}


def user_list(core: Core, args: Args) -> Json:
    """users.list."""
    entries, metadata = page(list(core.state.users.values()), args, 100)
    at, team = core.clock.time(), core.credentials.team_id
    listed = [user.to_api(team, at, include_locale=args.flag("include_locale")) for user in entries]
    return {"ok": True, "members": listed, "cache_ts": int(at), "response_metadata": metadata}


def usergroup_users(core: Core, args: Args) -> Json:
    """usergroups.users.list."""
    members = core.state.usergroups.get(args.required("usergroup", "no_such_subteam"))
    if members is None:
        raise SlackError("no_such_subteam")
    return {"ok": True, "users": list(members)}


def team_info(core: Core, _args: Args) -> Json:
    """team.info."""
    ids = core.credentials
    team = {"id": ids.team_id, "name": ids.team_name, "domain": ids.team_domain, "email_domain": "", "icon": {}}
    return {"ok": True, "team": {**team, "url": f"https://{ids.team_domain}.slack.com/"}}


def bot_info(core: Core, args: Args) -> Json:
    """bots.info."""
    ids = core.credentials
    if args.text("bot", ids.bot_id) != ids.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": ids.bot_id, "app_id": ids.app_id, "user_id": ids.bot_user_id, "name": core.app.name}
    return {"ok": True, "bot": {**bot, "deleted": False, "updated": 1700000000, "icons": {}}}


def add_reaction(core: Core, args: Args) -> Json:
    """reactions.add."""
    channel = known(core, args)
    message = channel.messages.get(args.required("timestamp", "no_item_specified"))
    name = args.required("name", "invalid_name").strip(":")
    if message is None:
        raise SlackError("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        raise SlackError("invalid_name")
    reactions = [dict(item) for item in message.get("reactions", [])]
    found = next((item for item in reactions if item["name"] == name), None)
    if found and core.credentials.bot_user_id in found["users"]:
        raise SlackError("already_reacted")
    if found is None:
        reactions.append(found := {"name": name, "users": [], "count": 0})
    found["users"] = [*found["users"], core.credentials.bot_user_id]
    found["count"] += 1
    core.history.edit(channel, message["ts"], {"reactions": reactions})
    return {"ok": True}
