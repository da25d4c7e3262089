"""views.*: modals and the Home tab."""

from bot.workspace import views
from bot.workspace.api.args import Args
from bot.workspace.core import Core
from bot.workspace.errors import Json, SlackError
from bot.workspace.tickets import Trigger
from bot.workspace.validate.views import check_view


def _view(args: Args, kind: str) -> Json:
    document = args.document("view", "invalid_arguments")
    if document is None:
        raise SlackError("invalid_arguments")
    return check_view(document, kind)


def _trigger(core: Core, args: Args) -> Trigger:
    return core.tickets.redeem(args.required("trigger_id", "invalid_arguments"))


def open_view(core: Core, args: Args) -> Json:
    """views.open."""
    view = _view(args, "modal")
    trigger = _trigger(core, args)
    return {"ok": True, "view": views.open_modal(core, trigger.user_id, view, trigger.channel_id)}


def push_view(core: Core, args: Args) -> Json:
    """views.push: only from inside an open modal."""
    view = _view(args, "modal")
    trigger = _trigger(core, args)
    if trigger.view_id not in core.state.views:
        raise SlackError("not_found")
    return {"ok": True, "view": views.push_modal(core, trigger.user_id, view)}


def update_view(core: Core, args: Args) -> Json:
    """views.update."""
    found = views.find(core, args.text("view_id"), args.text("external_id"))
    view = _view(args, found["type"])
    if args.text("hash") not in ("", found["hash"]):
        raise SlackError("hash_conflict")
    return {"ok": True, "view": views.replace(core, found, view)}


def publish_view(core: Core, args: Args) -> Json:
    """views.publish."""
    user_id = args.required("user_id", "invalid_arguments")
    if user_id not in core.state.users:
        raise SlackError("user_not_found")
    if not core.app.home_tab:
        raise SlackError("not_enabled")
    view = _view(args, "home")
    current = core.state.homes.get(user_id)
    if current is not None and args.text("hash") not in ("", current["hash"]):
        raise SlackError("hash_conflict")
    return {"ok": True, "view": views.publish(core, user_id, view)}
