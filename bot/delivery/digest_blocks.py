"""A digest as a Slack message: blocks for the eye, the same words complete in `text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.delivery.digest_content import DigestContent, Line, Part
from bot.render import limits
from bot.render.blocks import Block, actions, button, context, header, section, sections
from bot.render.clean import clip_markup, literal
from bot.render.words import tell
from knowledge.model import Lang

ASK, TIMELINE, CHANGE, STOP = "digest:ask", "digest:timeline", "digest:change", "digest:stop"


@dataclass(frozen=True, slots=True)
class DigestMessage:
    """What goes to Slack; `text` says everything that the blocks say."""

    text: str
    blocks: list[Block]


def digest_message(content: DigestContent, *, place: str = "", note: str = "") -> DigestMessage:
    """The message for a digest; `place` is what its buttons act on, `note` a last line such as "Preview"."""
    foot = " ".join(part for part in (content.footer, note) if part)
    return DigestMessage(_text(content, foot), _blocks(content, foot, place))


def _blocks(content: DigestContent, foot: str, place: str) -> list[Block]:
    blocks = [header(content.title)]
    # The introduction is the desk's own markup: its only mention is the owner's, checked where it is made.
    blocks += [context(markup) for markup in (literal(content.late), content.intro) if markup]
    if content.quiet:
        blocks.append(section(literal(content.quiet)))
    for part, lines in content.parts.items():
        blocks += sections([f"*{part.heading(content.lang)}*", *(_markup(part, line) for line in lines)])
    blocks.append(context(literal(foot)))
    head = blocks[: limits.MESSAGE_BLOCKS - 1]
    return [*head, _buttons(place, content.lang)] if place else head


def _buttons(place: str, lang: Lang) -> Block:
    labels = ((tell(f"digest_button_{act.partition(':')[2]}", lang), act) for act in (ASK, TIMELINE, CHANGE, STOP))
    return actions("digest", [button(label, action_id, place) for label, action_id in labels])


def _markup(part: Part, line: Line) -> str:
    shown = literal(line.text)
    if line.was:
        shown = f"~{literal(line.was)}~ {shown}"
    tail = " · ".join(literal(text) for text in (", ".join(line.fact_ids), line.label) if text)
    caution = f" {literal(line.caution)}" if line.caution else ""
    return f"• {shown}{f' [{tail}]' if tail else ''}{caution}"


def _text(content: DigestContent, foot: str) -> str:
    lines = [literal(content.title), literal(content.late), content.intro, literal(content.quiet)]
    for part, entries in content.parts.items():
        lines += [f"{part.heading(content.lang)}:", *(_plain(entry, content.lang) for entry in entries)]
    return clip_markup("\n".join(line for line in [*lines, literal(foot)] if line), limits.TEXT)


def _plain(line: Line, lang: Lang) -> str:
    was = f" {tell('digest_before', lang, text=line.was)}" if line.was else ""
    tail = " · ".join(text for text in (", ".join(line.fact_ids), line.label) if text)
    caution = f" {line.caution}" if line.caution else ""
    return literal(f"- {line.text}{f' [{tail}]' if tail else ''}{caution}{was}")


def as_reply(message: DigestMessage) -> dict[str, Any]:
    """The message as a slash command's answer for the asker alone."""
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
