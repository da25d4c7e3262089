"""The App Home page: what the story is, what to try, what is known and not, what happens to a question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render import limits
from bot.render.blocks import Block, actions, button, context, divider, header, section, sections
from bot.render.clean import clip, literal, one_line
from handlers.answer import Answer, Section, Suggestion

BUTTONS = 5
LINES = 12
PRIVACY = (
    "A question typed as a command is answered and forgotten. A mention or direct message is kept {days} days, so that"
    " nothing gets lost, then deleted. What others write is never kept. No language model is asked, and no question"
    " leaves the newsroom's own server. Correct or doubt an answer with *Something wrong*."
)
HOW = (
    "Type `/syria` and a question, mention the desk in a channel, or write to it in Messages."
    " What a command shows is for you alone until you share it."
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the page is made of; all of it comes from the dossier."""

    brief: Answer
    timeline: Answer
    source: Answer
    tries: Sequence[Suggestion]
    facts: int
    unknowns: int
    version: str
    retention_days: int


def home(page: HomePage) -> Block:
    """The view to publish; `private_metadata` names its content, so that an unchanged page is not sent again."""
    blocks = _blocks(page)[: limits.VIEW_BLOCKS]
    digest = hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()[:16]
    return {"type": "home", "blocks": blocks, "private_metadata": digest}


def _blocks(page: HomePage) -> list[Block]:
    tries = [button(item.label, f"ask:{place}", item.query) for place, item in enumerate(page.tries[:BUTTONS])]
    return [
        header("Syria Desk"),
        *_told(page.brief),
        section(HOW),
        *([actions("try", tries)] if tries else []),
        divider(),
        header("Timeline"),
        *_listed(page.timeline.sections),
        actions("more", [button("Full timeline", "ask:10", "timeline"), button("Help", "ask:11", "help")]),
        divider(),
        header("The source"),
        *_told(page.source),
        section(f"*{page.facts}* facts in the base · *{page.unknowns}* questions it knows the article leaves open"),
        divider(),
        header("Your questions"),
        section(PRIVACY.format(days=page.retention_days)),
        context(f"Dossier {literal(page.version)}"),
    ]


def _told(answer: Answer) -> list[Block]:
    lines = [f"*{literal(clip(one_line(answer.lead), 600))}*"]
    lines += [f"• {literal(clip(one_line(line), 400))}" for part in answer.sections for line in part.lines]
    lines += [f"• {literal(clip(one_line(fact.text), 400))} ({literal(fact.attribution)})" for fact in answer.facts]
    return sections(lines[: LINES + 1])


def _listed(parts: Sequence[Section]) -> list[Block]:
    lines = [f"• {literal(clip(one_line(line), 400))}" for part in parts for line in part.lines]
    return sections(lines[:LINES]) or [context("The dossier has no timeline.")]
