"""Blocks and the surfaces they may stand on."""

from collections.abc import Mapping
from typing import Any, Literal

from bot.workspace.errors import Problem
from bot.workspace.validate.elements import ELEMENTS, IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION
from bot.workspace.validate.objects import plain, words
from bot.workspace.validate.rules import (
    Check,
    Faults,
    Need,
    anything,
    boolean,
    both,
    items,
    one_of,
    shaped,
    string,
    typed,
    unique,
    web_address,
    whole,
)

Surface = Literal["message", "modal", "home"]
MOST: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_LIMIT = 12_000
_EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
_KIND = {"type": string(50), "block_id": string(255, 1)}
_SPAN_KINDS = ("text", "link", "user", "channel", "emoji", "usergroup", "broadcast", "date", "color", "team")
_SPAN = typed(dict.fromkeys(_SPAN_KINDS, anything))
_SPANS = items(_SPAN, 10_000, 0)
_LINE = shaped({"type": string(50), "elements": Need(_SPANS)})
_RICH = typed(
    {
        "rich_text_section": _LINE,
        "rich_text_quote": shaped({"type": string(50), "elements": Need(_SPANS), "border": anything}),
        "rich_text_preformatted": shaped(
            {"type": string(50), "elements": Need(_SPANS), "border": anything, "language": string(50)}
        ),
        "rich_text_list": shaped(
            {
                "type": string(50),
                "elements": Need(items(_LINE, 10_000)),
                "style": Need(one_of("bullet", "ordered")),
                "indent": whole(0, 8),
                "offset": whole(0, 10**6),
                "border": anything,
            }
        ),
    }
)
_ONE_PER_ID = unique("action_id", "action_id already exists in this block")


def _text_or_fields(value: Any, at: str) -> Faults:
    if not value.get("text") and not value.get("fields"):
        yield Problem(at, "must have one of text or fields", "missing_field")


def _picture(value: Any, at: str) -> Faults:
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem(at, "must have one of image_url or slack_file", "missing_field")


def _row_width(value: Any, at: str) -> Faults:
    widths = {len(row) for row in value if isinstance(row, list)}
    if len(widths) > 1:
        yield Problem(at, "every row must have the same number of cells")


_CELL = typed({"raw_text": shaped({"type": string(50), "text": Need(string(10_000))}), "rich_text": anything})
_IMAGE = shaped(
    {
        **_KIND,
        "image_url": web_address(3000),
        "slack_file": anything,
        "alt_text": Need(string(2000, 1)),
        "title": plain(2000),
    }
)
BLOCKS: dict[str, Check] = {
    "actions": shaped(
        {**_KIND, "elements": Need(both(items(typed(ELEMENTS, IN_ACTIONS), 25), _ONE_PER_ID))},
    ),
    "context": shaped({**_KIND, "elements": Need(items(typed(ELEMENTS, IN_CONTEXT), 10))}),
    "divider": shaped(_KIND),
    "header": shaped({**_KIND, "text": Need(plain(150)), "level": whole(1, 6)}),
    "image": both(_IMAGE, _picture),
    "input": shaped(
        {
            **_KIND,
            "label": Need(plain(2000)),
            "element": Need(typed(ELEMENTS, IN_INPUT)),
            "hint": plain(2000),
            "optional": boolean,
            "dispatch_action": boolean,
        }
    ),
    "markdown": shaped({**_KIND, "text": Need(string(MARKDOWN_LIMIT, 1))}),
    "rich_text": shaped({**_KIND, "elements": Need(items(_RICH, 10_000))}),
    "section": both(
        shaped(
            {
                **_KIND,
                "text": words(3000),
                "fields": items(words(2000), 10),
                "accessory": typed(ELEMENTS, IN_SECTION),
                "expand": boolean,
            }
        ),
        _text_or_fields,
    ),
    "table": shaped(
        {
            **_KIND,
            "rows": Need(both(items(items(_CELL, 20), 100), _row_width)),
            "column_settings": items(anything, 20, 0),
        }
    ),
    **dict.fromkeys(
        ("video", "context_actions", "card", "container", "data_table", "alert", "plan", "task_card"), anything
    ),
}
_ONLY_ON: dict[str, frozenset[Surface]] = {
    "markdown": frozenset({"message"}),
    "table": frozenset({"message", "home"}),
    "context_actions": frozenset({"message"}),
    "plan": frozenset({"message"}),
    "task_card": frozenset({"message"}),
    "container": frozenset({"message", "home"}),
    "data_table": frozenset({"message", "home"}),
    "alert": frozenset({"modal"}),
}


def block_problems(blocks: Any, surface: Surface, at: str = "/blocks") -> list[Problem]:
    """Everything Slack would refuse in these blocks on that surface."""
    allowed = frozenset(kind for kind in BLOCKS if surface in _ONLY_ON.get(kind, _EVERYWHERE))
    each = items(typed(BLOCKS, allowed), MOST[surface], 0 if surface == "message" else 1)
    whole_list = both(each, unique("block_id", "block_id already exists"), _sums)
    return list(whole_list(blocks, at))


def _sums(value: Any, at: str) -> Faults:
    blocks = [block for block in value if isinstance(block, dict)] if isinstance(value, list) else []
    lengths = [len(b["text"]) for b in blocks if b.get("type") == "markdown" and isinstance(b.get("text"), str)]
    if sum(lengths) > MARKDOWN_LIMIT:
        yield Problem(at, f"markdown blocks must be less than {MARKDOWN_LIMIT + 1} characters together")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield Problem(at, "only one table is allowed")
