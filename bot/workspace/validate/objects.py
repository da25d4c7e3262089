"""Text objects, options and confirmation dialogs: what blocks are composed of."""

from typing import Any

from bot.workspace.errors import Problem
from bot.workspace.validate.rules import Check, Faults, Need, boolean, items, one_of, shaped, string, typed


def plain(limit: int, least: int = 1) -> Check:
    """A plain_text object of at most so many characters."""
    words = Need(string(limit, least))
    return typed({"plain_text": shaped({"type": one_of("plain_text"), "text": words, "emoji": boolean})})


def words(limit: int, least: int = 1) -> Check:
    """A plain_text or mrkdwn object of at most so many characters."""
    text = Need(string(limit, least))
    return typed(
        {
            "plain_text": shaped({"type": one_of("plain_text"), "text": text, "emoji": boolean}),
            "mrkdwn": shaped({"type": one_of("mrkdwn"), "text": text, "verbatim": boolean}),
        }
    )


def _option(text: Check, description: Check) -> Check:
    return shaped(
        {"text": Need(text), "value": Need(string(150, 1)), "description": description, "url": string(3000, 1)}
    )


select_option = _option(plain(75), plain(75))
box_option = _option(words(75), words(75))
option_group = shaped({"label": Need(plain(75)), "options": Need(items(select_option, 100))})
confirm = shaped(
    {
        "title": Need(plain(100)),
        "text": Need(words(300)),
        "confirm": Need(plain(30)),
        "deny": Need(plain(30)),
        "style": one_of("primary", "danger"),
    }
)


def initial_is_an_option(value: Any, at: str) -> Faults:
    """What is preselected must be one of the options, word for word."""
    groups = value.get("option_groups")
    offered = [o for group in groups for o in _options(group)] if isinstance(groups, list) else _options(value)
    chosen = value.get("initial_options")
    named = [("initial_option", value["initial_option"])] if value.get("initial_option") is not None else []
    if isinstance(chosen, list):
        named += [(f"initial_options/{index}", item) for index, item in enumerate(chosen)]
    for name, item in named:
        if item not in offered:
            yield Problem(f"{at}/{name}", "must be a valid option from the list of options")


def has_options(value: Any, at: str) -> Faults:
    """A menu needs options or groups of them, and not both."""
    if ("options" in value) == ("option_groups" in value):
        yield Problem(at, "must have one of options or option_groups")


def _options(holder: Any) -> list[Any]:
    options = holder.get("options") if isinstance(holder, dict) else None
    return options if isinstance(options, list) else []
