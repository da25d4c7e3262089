"""Modals in their stacks and the Home tabs, as the workspace keeps them."""

import secrets

from bot.workspace.core import Core, with_ids
from bot.workspace.errors import Json, SlackError

STACK_LIMIT = 3


def open_modal(core: Core, user_id: str, view: Json, channel_id: str | None = None) -> Json:
    """Show a modal as the only one; the channel is where the person came from."""
    close_all(core, user_id)
    return _show(core, user_id, view, channel_id)


def push_modal(core: Core, user_id: str, view: Json) -> Json:
    """Show a modal on top of the others."""
    if len(core.state.modals.get(user_id, [])) >= STACK_LIMIT:
        raise SlackError("push_limit_reached")
    return _show(core, user_id, view, core.state.modals.get(user_id, [{}])[-1].get("_channel"))


def replace(core: Core, current: Json, view: Json) -> Json:
    """Put a new definition in the place of a view; what was typed stays where ids stay."""
    _check_external_id(core, view, current["id"])
    kept = {name: current[name] for name in ("id", "root_view_id", "previous_view_id", "_user", "_channel")}
    complete = _complete(core, view, current["_user"]) | kept
    for block_id, values in current["state"]["values"].items():
        if any(block.get("block_id") == block_id for block in complete["blocks"]):
            complete["state"]["values"][block_id] = values
    current.clear()
    current.update(complete)
    _tell(core, current)
    return shown(current)


def publish(core: Core, user_id: str, view: Json) -> Json:
    """Set that person's Home tab."""
    _check_external_id(core, view, core.state.homes.get(user_id, {}).get("id"))
    if user_id in core.state.homes:
        return replace(core, core.state.homes[user_id], view)
    complete = _complete(core, view, user_id)
    core.state.homes[user_id] = core.state.views[complete["id"]] = complete
    _tell(core, complete)
    return shown(complete)


def find(core: Core, view_id: str, external_id: str = "") -> Json:
    """An open view by either id, or not_found."""
    if view_id in core.state.views:
        return core.state.views[view_id]
    for view in core.state.views.values():
        if external_id and view["external_id"] == external_id:
            return view
    raise SlackError("not_found")


def pop(core: Core, user_id: str) -> None:
    """Close the topmost modal of that person."""
    stack = core.state.modals.get(user_id, [])
    if stack:
        core.state.views.pop(stack.pop()["id"], None)
        core.changes.tell("modal", user=user_id)


def close_all(core: Core, user_id: str) -> None:
    """Close every modal of that person."""
    for view in core.state.modals.pop(user_id, []):
        core.state.views.pop(view["id"], None)
    core.changes.tell("modal", user=user_id)


def shown(view: Json) -> Json:
    """The view as the app gets it."""
    return {name: value for name, value in view.items() if not name.startswith("_")}


def _show(core: Core, user_id: str, view: Json, channel_id: str | None) -> Json:
    _check_external_id(core, view, None)
    stack = core.state.modals.setdefault(user_id, [])
    complete = _complete(core, view, user_id) | {"_channel": channel_id}
    if stack:
        complete |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
    stack.append(complete)
    core.state.views[complete["id"]] = complete
    _tell(core, complete)
    return shown(complete)


def _check_external_id(core: Core, view: Json, own_id: str | None) -> None:
    wanted = view.get("external_id")
    if wanted and any(v["external_id"] == wanted and v["id"] != own_id for v in core.state.views.values()):
        raise SlackError("duplicate_external_id")


def _complete(core: Core, view: Json, user_id: str) -> Json:
    ids = core.credentials
    identity = f"V0{secrets.token_hex(4).upper()}"
    return {
        "id": identity,
        "team_id": ids.team_id,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": {"type": "plain_text", "text": core.app.name, "emoji": True},
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        "submit_disabled": False,
        **view,
        **with_ids({"blocks": view["blocks"]}),
        "state": {"values": {}},
        "hash": f"{int(core.clock.time())}.{secrets.token_hex(4)}",
        "root_view_id": identity,
        "previous_view_id": None,
        "app_id": ids.app_id,
        "app_installed_team_id": ids.team_id,
        "bot_id": ids.bot_id,
        "_user": user_id,
        "_channel": None,
    }


def _tell(core: Core, view: Json) -> None:
    core.changes.tell("modal" if view["type"] == "modal" else "home", user=view["_user"])
