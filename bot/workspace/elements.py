"""Interactive elements in a person's hands: finding them, what is chosen in them, what is wrong with it."""

import re
from collections.abc import Iterator
from typing import Any

from bot.workspace.errors import Json, PersonError

VALUE_FIELDS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "url_text_input": "value",
    "email_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
}
STATELESS = frozenset({"button", "overflow", "image", "mrkdwn", "plain_text", "workflow_button"})
REQUIRED = "Please complete this required field."
_WEB = re.compile(r"https?://[^\s/]+\S*$")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element a person can use, with its block."""
    for block in blocks:
        held = (
            block.get("elements", []) if block["type"] == "actions" else [block.get("accessory"), block.get("element")]
        )
        for element in held:
            if isinstance(element, dict) and (element["type"] == "button" or element["type"] in VALUE_FIELDS):
                yield block, element


def find(blocks: list[Json], wanted: str, block_id: str | None = None) -> tuple[Json, Json]:
    """The element with that action_id or button text."""
    offered = [pair for pair in interactive(blocks) if block_id in (None, pair[0].get("block_id"))]
    for key in (lambda e: e.get("action_id"), _label):
        for block, element in offered:
            if key(element) == wanted:
                return block, element
    seen = ", ".join(repr(_label(element) or element.get("action_id")) for _, element in offered) or "nothing"
    raise PersonError(f"There is nothing to press called {wanted!r}; there is {seen}.")


def _label(element: Json) -> str:
    return str(element.get("text", {}).get("text", "")) if element["type"] == "button" else ""


def action(block: Json, element: Json, choice: Any, stamp: str) -> Json:
    """The entry of `actions` for this use of the element."""
    entry: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    entry["action_ts"] = stamp
    if element["type"] != "button":
        return entry | {VALUE_FIELDS[element["type"]]: chosen(element, choice)}
    for name in ("text", "value", "style", "url"):
        if name in element:
            entry[name] = element[name]
    return entry


def chosen(element: Json, choice: Any) -> Any:
    """A choice as payloads carry it: options as whole objects, the rest as it is."""
    field = VALUE_FIELDS[element["type"]]
    if choice in (None, "", []):
        return [] if field.endswith("s") else None
    if field == "selected_option":
        return _option(element, choice)
    if field == "selected_options":
        return [_option(element, item) for item in choice]
    return choice


def _option(element: Json, wanted: Any) -> Json:
    groups = [group["options"] for group in element.get("option_groups", [])]
    for option in (option for options in [element.get("options", []), *groups] for option in options):
        if wanted in (option, option["value"], option["text"]["text"]):
            return dict(option)
    raise PersonError(f"There is no option {wanted!r}.")


def initial(element: Json, channel_id: str | None) -> Any:
    """What stands in an element before anybody touched it."""
    field = VALUE_FIELDS[element["type"]]
    if field.startswith("selected_conversation") and element.get("default_to_current_conversation") and channel_id:
        return [channel_id] if field.endswith("s") else channel_id
    name = {"value": "initial_value", "rich_text_value": "initial_value"}.get(
        field, field.replace("selected", "initial")
    )
    return element.get(name, [] if field.endswith("s") else None)


def fill(view: Json, given: Json) -> None:
    """Put what a person entered into the state of a view; elements are named by action_id or block_id."""
    known = {name for b, e in interactive(view["blocks"]) for name in (e["action_id"], b["block_id"])}
    if unknown := set(given) - known:
        raise PersonError(f"There is no field {', '.join(sorted(unknown))} in this form.")
    values = view["state"]["values"]
    for block, element in interactive(view["blocks"]):
        if element["type"] in STATELESS:
            continue
        before = values.get(block["block_id"], {}).get(element["action_id"])
        entry = _entry(element, block, given, before, view.get("_channel"))
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry


def _entry(element: Json, block: Json, given: Json, before: Json | None, channel_id: str | None) -> Json:
    field = VALUE_FIELDS[element["type"]]
    for name in (element["action_id"], block["block_id"]):
        if name in given:
            return {"type": element["type"], field: chosen(element, given[name])}
    return before or {"type": element["type"], field: initial(element, channel_id)}


def faults(view: Json) -> dict[str, str]:
    """What Slack's own client says about the fields, by block_id."""
    found: dict[str, str] = {}
    for block, element in interactive(view["blocks"]):
        if block["type"] == "input":
            entry = view["state"]["values"][block["block_id"]][element["action_id"]]
            said = _fault(element, entry[VALUE_FIELDS[element["type"]]], optional=bool(block.get("optional")))
            if said:
                found[block["block_id"]] = said
    return found


def _fault(element: Json, value: Any, *, optional: bool) -> str:
    if value in (None, "", []):
        return "" if optional else REQUIRED
    if not isinstance(value, str):
        return ""
    if len(value) < element.get("min_length", 0):
        return f"This needs at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"This can have at most {element.get('max_length', 3000)} characters."
    pattern, said = {
        "url_text_input": (_WEB, "Please enter a valid URL."),
        "email_text_input": (_MAIL, "Please enter a valid email address."),
        "number_input": (_NUMBER, "Please enter a valid number."),
    }.get(element["type"], (None, ""))
    return said if pattern is not None and not pattern.match(value) else ""
