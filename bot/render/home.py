"""The App Home page: what the story is, what to try, what is known and not, what happens to a question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render import limits
from bot.render.blocks import Block, actions, button, context, divider, header, section, sections
from bot.render.clean import clip, literal, one_line
from bot.render.words import tell
from handlers.answer import Answer, Section, Suggestion
from knowledge.model import Lang

BUTTONS = 5
LINES = 12


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
    lang: Lang = "en"


def home(page: HomePage) -> Block:
    """The view to publish; `private_metadata` names its content, so that an unchanged page is not sent again."""
    blocks = _blocks(page)[: limits.VIEW_BLOCKS]
    digest = hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()[:16]
    return {"type": "home", "blocks": blocks, "private_metadata": digest}


def _blocks(page: HomePage) -> list[Block]:
    lang = page.lang
    privacy = tell("home_privacy", lang, days=page.retention_days, wrong=tell("button_something_wrong", lang))
    more = [("ask:10", "home_full_timeline", "timeline"), ("ask:11", "home_help", "help")]
    tries = [button(item.label, f"ask:{place}", item.query) for place, item in enumerate(page.tries[:BUTTONS])]
    return [
        header("Syria Desk"),
        *_told(page.brief),
        section(tell("home_how", lang)),
        *([actions("try", tries)] if tries else []),
        divider(),
        header(tell("home_timeline", lang)),
        *_listed(page.timeline.sections, lang),
        actions("more", [button(tell(key, lang), action, asks) for action, key, asks in more]),
        divider(),
        header(tell("home_source", lang)),
        *_told(page.source),
        section(tell("home_counts", lang, facts=page.facts, unknowns=page.unknowns)),
        divider(),
        header(tell("home_questions", lang)),
        section(privacy),
        context(tell("home_dossier", lang, version=literal(page.version))),
    ]


def _told(answer: Answer) -> list[Block]:
    lines = [f"*{literal(clip(one_line(answer.lead), 600))}*"]
    lines[0] += f" [{literal(', '.join(fact.id for fact in answer.facts))}]" if answer.facts else ""
    lines += [f"• {literal(clip(one_line(line), 400))}" for part in answer.sections for line in part.lines]
    return sections(lines[: LINES + 1])


def _listed(parts: Sequence[Section], lang: Lang) -> list[Block]:
    lines = [f"• {literal(clip(one_line(line), 400))}" for part in parts for line in part.lines]
    return sections(lines[:LINES]) or [context(tell("home_no_timeline", lang))]
