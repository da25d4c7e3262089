"""agents.* and assistant.*: how work in progress is shown; blocks.validate."""

from bot.workspace.api.args import Args
from bot.workspace.api.chat import clear_status
from bot.workspace.api.places import known
from bot.workspace.core import Core
from bot.workspace.errors import Json, Problem, SlackError
from bot.workspace.validate.blocks import block_problems
from bot.workspace.validate.views import view_problems

SESSION_STATES = frozenset({"processing", "active", "suspended", "closed"})
PROMPTS_LIMIT = 4


def set_session_status(core: Core, args: Args) -> Json:
    """agents.sessions.setStatus."""
    status = args.required("status", "invalid_arguments")
    if status not in SESSION_STATES:
        raise SlackError("invalid_arguments", [Problem("/status", "must be a valid enum value")])
    _show_status(core, args, "is working on it…" if status == "processing" else "")
    return {"ok": True}


def set_thread_status(core: Core, args: Args) -> Json:
    """assistant.threads.setStatus; an empty status clears it."""
    _show_status(core, args, args.text("status"))
    return {"ok": True}


def _show_status(core: Core, args: Args, status: str) -> None:
    channel, thread = known(core, args, "channel_id"), args.text("thread_ts")
    if thread and thread not in channel.messages:
        raise SlackError("thread_not_found")
    if not status:
        clear_status(core, channel, thread)
        return
    core.state.statuses[channel.id, thread] = status
    core.changes.tell("status", channel=channel.id, thread_ts=thread, status=status)


def set_suggested_prompts(core: Core, args: Args) -> Json:
    """assistant.threads.setSuggestedPrompts."""
    channel = known(core, args, "channel_id")
    prompts = args.document("prompts", "invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS_LIMIT:
        raise SlackError("invalid_arguments", [Problem("/prompts", f"must have 1 to {PROMPTS_LIMIT} items")])
    if not all(isinstance(item, dict) and item.get("title") and item.get("message") for item in prompts):
        raise SlackError("invalid_arguments", [Problem("/prompts", "each needs a title and a message")])
    core.state.prompts[channel.id] = {"title": args.text("title"), "prompts": prompts}
    core.changes.tell("prompts", channel=channel.id)
    return {"ok": True}


def validate_blocks(_core: Core, args: Args) -> Json:
    """blocks.validate: exactly one of blocks, message, view; no token needed."""
    given = [name for name in ("blocks", "message", "view") if name in args]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    name = given[0]
    problems = _problems(name, args.document(name, "invalid_arguments"))
    if not problems:
        return {"ok": True}
    errors = [{"code": p.code, "message": p.message, "pointer": p.pointer, "constraint": None} for p in problems]
    return {"ok": False, "error": f"invalid_{name}", "errors": errors}


def _problems(name: str, document: object) -> list[Problem]:
    if name == "view":
        return view_problems(document, at="")
    if name == "blocks":
        return block_problems(document, "message", "")
    if not isinstance(document, dict):
        return [Problem("", "must provide an object", "invalid_type")]
    return block_problems(document.get("blocks", []), "message")
