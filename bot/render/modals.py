"""Every modal: an answer, a report, a checked message, a thank-you."""

from __future__ import annotations

import json
from typing import Any

from bot.render import limits
from bot.render.blocks import Block, context, plain_text, section, text_input
from bot.render.clean import clip, literal
from bot.render.message import Surface, body, message
from handlers.answer import Action, Answer

REPORT = "report"
POST_CHECK = "post_check"
CHECK_LONGEST = 1500
_ANSWER_BLOCKS = 90
PROPOSE_NOTE = "An editor reads every proposal. A fact needs a source that the editor can open."
WRONG_NOTE = "An editor reads every report. What proves wrong is corrected where it was shown."


def modal(title: str, blocks: list[Block], **more: Any) -> Block:
    """A modal; `more` are its other keys (callback_id, submit, private_metadata)."""
    view: Block = {"type": "modal", "title": plain_text(title, limits.MODAL_TITLE)}
    return {**view, "close": plain_text("Close", 24), "blocks": blocks[: limits.VIEW_BLOCKS], **more}


def answer(found: Answer, asked: str) -> Block:
    """An answer, where there is no channel to put it."""
    return modal("Syria Desk", message(found, Surface.VIEW, asked=asked).blocks)


def report(kind: str, asked: str, channel_id: str, message_ts: str = "") -> Block:
    """The form behind *Something wrong* and *Propose a fact*."""
    wrong = kind == Action.WRONG.value
    about = [context(f"About: {literal(clip(asked, 300))}")] if asked else []
    fields = [text_input("what", "What is wrong, and what is right?" if wrong else "What should the base say?")]
    fields.append(text_input("source", "Where does it say so?", hint="A link or a document", optional=True))
    return modal(
        "Something wrong" if wrong else "Propose a fact",
        [*about, *fields, context(WRONG_NOTE if wrong else PROPOSE_NOTE)],
        callback_id=REPORT,
        submit=plain_text("Send", 24),
        private_metadata=metadata(kind=kind, asked=clip(asked, 600), channel=channel_id, message=message_ts),
    )


def notice(title: str, *lines: str) -> Block:
    """A last word after a form."""
    return modal(title, [section(literal(line)) for line in lines])


def checked(found: Answer, text: str, channel_id: str, thread_ts: str) -> Block:
    """The verdicts on a message, with a button that posts them under it."""
    return modal(
        "Check with Syria Desk",
        [*body(found)[:_ANSWER_BLOCKS], context("Only you see this. *Post in thread* shows it to everyone there.")],
        callback_id=POST_CHECK,
        submit=plain_text("Post in thread", 24),
        private_metadata=metadata(text=clip(text, CHECK_LONGEST), channel=channel_id, thread=thread_ts),
    )


def metadata(**values: str) -> str:
    """Values that come back with the form; the longest gives way to Slack's limit."""
    packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    while len(packed) > limits.METADATA:
        longest = max(values, key=lambda name: len(values[name]))
        values[longest] = values[longest][: -(len(packed) - limits.METADATA) or None]
        packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return packed


def unpacked(view: Block) -> dict[str, str]:
    """The values of `metadata`; empty when they are not there or not ours."""
    try:
        values = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): value for name, value in values.items() if isinstance(value, str)}
