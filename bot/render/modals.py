"""Every modal: an answer, a report, a checked message, a thank-you."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.render import limits
from bot.render.asked import Asked
from bot.render.blocks import Block, context, plain_text, section, text_input
from bot.render.clean import clip, literal
from bot.render.message import Surface, body, message
from bot.render.words import tell
from handlers.answer import Action, Answer
from knowledge.model import LANGUAGES, Lang

REPORT = "report"
POST_CHECK = "post_check"
CHECK_LONGEST = 1500
_ANSWER_BLOCKS = 90
CHECK = "Check with Syria Desk"


def modal(title: str, blocks: list[Block], lang: Lang = "en", **more: Any) -> Block:
    """A modal; `more` are its other keys (callback_id, submit, private_metadata)."""
    view: Block = {"type": "modal", "title": plain_text(title, limits.MODAL_TITLE)}
    close = plain_text(tell("close", lang), limits.MODAL_TITLE)
    return {**view, "close": close, "blocks": blocks[: limits.VIEW_BLOCKS], **more}


def answer(found: Answer, asked: str) -> Block:
    """An answer, where there is no channel to put it."""
    return modal("Syria Desk", message(found, Surface.VIEW, asked=asked).blocks, found.lang)


def report(kind: str, asked: Asked, channel_id: str, message_ts: str = "") -> Block:
    """The form behind *Something wrong* and *Propose a fact*, in the language of the question."""
    lang, form = asked.lang, "form_wrong" if kind == Action.WRONG.value else "form_new"
    about = [context(tell("about", lang, question=literal(clip(asked.question, 300))))] if asked.question else []
    fields = [text_input("what", tell(form, lang))]
    hint = tell("form_source_hint", lang)
    fields.append(text_input("source", tell("form_source", lang), hint=hint, optional=True))
    given = {"asked": clip(asked.question, 600), "facts": " ".join(asked.facts), "lang": lang}
    return modal(
        tell(f"button_{kind}", lang),
        [*about, *fields, context(tell(f"{form}_note", lang))],
        lang,
        callback_id=REPORT,
        submit=plain_text(tell("send", lang), limits.MODAL_TITLE),
        private_metadata=metadata(kind=kind, **given, channel=channel_id, message=message_ts),
    )


def notice(title: str, *lines: str, lang: Lang = "en") -> Block:
    """A last word after a form."""
    return modal(title, [section(literal(line)) for line in lines], lang)


def checked(found: Answer, text: str, channel_id: str, thread_ts: str) -> Block:
    """The verdicts on a message, with a button that posts them under it."""
    post = tell("post_in_thread", found.lang)
    return modal(
        CHECK,
        [*body(found)[:_ANSWER_BLOCKS], context(tell("check_only_you", found.lang, button=post))],
        found.lang,
        callback_id=POST_CHECK,
        submit=plain_text(post, limits.MODAL_TITLE),
        private_metadata=metadata(
            text=clip(text, CHECK_LONGEST), channel=channel_id, thread=thread_ts, lang=found.lang
        ),
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


def lang_of(given: Mapping[str, str]) -> Lang:
    """The language that a form was opened in."""
    return next((lang for lang in LANGUAGES if lang == given.get("lang")), "en")
