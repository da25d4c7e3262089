"""Block Kit pieces within their limits; text comes in escaped (`literal`) for markup, raw for plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.render import limits
from bot.render.clean import clip, clip_markup, one_line

Block = dict[str, Any]
EMPTY = "…"


def markup(text: str, limit: int) -> Block:
    """A mrkdwn object that parses nothing by itself."""
    return {"type": "mrkdwn", "text": clip_markup(text, limit).strip() or EMPTY, "verbatim": True}


def plain_text(text: str, limit: int) -> Block:
    """A text object that is shown letter for letter."""
    return {"type": "plain_text", "text": clip(one_line(text), limit).strip() or EMPTY, "emoji": False}


def section(text: str) -> Block:
    """A paragraph."""
    return {"type": "section", "text": markup(text, limits.SECTION), "expand": True}


def sections(lines: Iterable[str]) -> list[Block]:
    """Lines in as few paragraphs as the limit allows, never cut inside a line."""
    found: list[Block] = []
    held = ""
    for line in lines:
        if held and len(held) + len(line) + 1 > limits.SECTION:
            found.append(section(held))
            held = ""
        held = f"{held}\n{line}" if held else line
    return [*found, section(held)] if held else found


def context(*texts: str) -> Block:
    """Small print."""
    shown = [markup(text, limits.CONTEXT) for text in texts if text.strip()] or [markup(EMPTY, limits.CONTEXT)]
    return {"type": "context", "elements": shown[: limits.CONTEXT_ELEMENTS]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(label: str, action_id: str, value: str, *, style: str | None = None) -> Block:
    """A button; a label that had to be cut is read out in full."""
    made: Block = {"type": "button", "text": plain_text(label, limits.BUTTON), "action_id": action_id}
    made["value"] = clip(value, limits.VALUE)
    return {**made, "style": style} if style else made


def actions(block_id: str, buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons[: limits.ACTIONS])}


def text_input(block_id: str, label: str, *, hint: str = "", optional: bool = False, initial: str = "") -> Block:
    """A field to write into."""
    element: Block = {"type": "plain_text_input", "action_id": "value", "multiline": True, "max_length": limits.INPUT}
    if initial:
        element["initial_value"] = clip(one_line(initial), limits.INPUT)
    if hint:
        element["placeholder"] = plain_text(hint, limits.PLACEHOLDER)
    made: Block = {"type": "input", "block_id": block_id, "label": plain_text(label, 200), "element": element}
    return {**made, "optional": True} if optional else made
