"""What views.open, views.push, views.update and views.publish check."""

import json
from typing import Any

from bot.workspace.errors import Json, Problem, SlackError
from bot.workspace.validate.blocks import block_problems
from bot.workspace.validate.objects import plain
from bot.workspace.validate.rules import Faults, Need, Shape, anything, boolean, one_of, shaped, string

VIEW_BYTES = 250_000
_COMMON: Shape = {
    "blocks": Need(anything),
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_SHAPES = {
    "modal": shaped(
        {
            **_COMMON,
            "type": one_of("modal"),
            "title": Need(plain(24)),
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        }
    ),
    "home": shaped({**_COMMON, "type": one_of("home")}),
}


def view_problems(view: Any, kinds: tuple[str, ...] = ("modal", "home"), at: str = "/view") -> list[Problem]:
    """Everything Slack would refuse in this view."""
    if not isinstance(view, dict):
        return [Problem(at, "must provide an object", "invalid_type")]
    kind = view.get("type")
    if kind not in kinds:
        return [Problem(f"{at}/type", f"must be a valid enum value: {', '.join(kinds)}")]
    problems = list(_SHAPES[kind](view, at))
    if view.get("blocks") is not None:
        problems += block_problems(view["blocks"], kind, f"{at}/blocks")
        problems += list(_needs_submit(view, at))
    return problems


def _needs_submit(view: Json, at: str) -> Faults:
    blocks = view["blocks"] if isinstance(view["blocks"], list) else []
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if has_input and view["type"] == "modal" and not view.get("submit"):
        yield Problem(f"{at}/submit", "must define `submit` to use an `input` block in modals", "missing_field")


def check_view(view: Any, kind: str) -> Json:
    """The view, or Slack's error for it."""
    problems = view_problems(view, (kind,))
    if problems:
        raise SlackError("invalid_arguments", problems)
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    return dict(view)
