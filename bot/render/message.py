"""An Answer as a Slack message: blocks for the eye, the same words complete in `text`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.render import limits
from bot.render.asked import Asked
from bot.render.blocks import Block, actions, button, context, section, sections
from bot.render.clean import clean, clip, clip_markup, literal, one_line
from bot.render.plain import WIDEST, meta, said_in, slack_text, unnamed, verdict_of
from bot.render.words import tell
from handlers.answer import Action, Answer, Check, FactLine, Status
from knowledge.model import Lang

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_PAIRED = 8
_ID = re.compile(r"[A-Z]{1,3}\d{2,6}")


class Surface(StrEnum):
    """Where an answer is shown; it decides which buttons make sense."""

    EPHEMERAL = "ephemeral"
    THREAD = "thread"
    SHARED = "shared"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to Slack: complete text, blocks, and the facts it rests on."""

    text: str
    blocks: list[Block]
    fact_ids: tuple[str, ...] = field(default=())


def message(answer: Answer, surface: Surface, *, asked: str = "", asker: str | None = None) -> Message:
    """The answer for one surface; with `asker` the message says who asked."""
    before = _credit(answer, surface, asked, asker)
    blocks = [context(before)] if before else []
    blocks += body(answer)
    buttons = _buttons(answer, surface, asked)
    facts = tuple(fact.id for fact in (*answer.facts, *answer.rests_on, *answer.near))
    return Message(slack_text(answer, before), [*_fitted(blocks, len(buttons), answer), *buttons], facts)


def _fitted(blocks: list[Block], buttons: int, answer: Answer) -> list[Block]:
    """As many whole blocks as a message holds, with a note where some are left out."""
    most, text = limits.MESSAGE_BLOCKS - buttons - 1, 0
    for place, block in enumerate(blocks):
        text += len(block["text"]["text"]) if "text" in block else sum(len(part["text"]) for part in block["elements"])
        if place >= most or text > limits.MESSAGE_TEXT:
            return [*blocks[:place], context(tell("lines_left_out", answer.lang, count=len(blocks) - place))]
    return blocks


def body(answer: Answer) -> list[Block]:
    """Everything but the buttons: lead, facts, verdicts, lists, near facts, small print."""
    blocks = [section(_bold(clip(answer.lead, 2 * WIDEST)))]
    for check in answer.checks:
        blocks += _check(answer, check)
    for fact in answer.facts[:_PAIRED]:
        blocks += _fact(fact, answer.lead)
    blocks += sections(_packed(fact) for fact in answer.facts[_PAIRED:])
    for part in answer.sections:
        blocks += sections([_bold(part.title), *(f"• {literal(clip(one_line(line), WIDEST))}" for line in part.lines)])
    if answer.near:
        blocks += [
            section(_bold(tell("nearest", answer.lang))),
            *(block for fact in answer.near for block in _fact(fact, "")),
        ]
    small = [f"{tell('read_as', answer.lang)}: {literal(one_line(answer.read_as))}"] if answer.read_as else []
    small += [literal(one_line(answer.footer))] if answer.footer and clean(answer.footer).strip() else []
    return [*blocks, context("\n".join(small))] if small else blocks


def _credit(answer: Answer, surface: Surface, asked: str, asker: str | None) -> str:
    if asker is None or not _USER.fullmatch(asker):
        return ""
    key = "shared_by" if surface is Surface.SHARED else "asked_by"
    question = f"“{literal(clip(one_line(asked), 300))}”"
    return tell(key, answer.lang, who=f"<@{asker}>", question=question)


def _bold(text: str) -> str:
    return f"*{clip_markup(literal(one_line(text)), limits.SECTION - 2)}*" if text.strip() else "…"


def _fact(fact: FactLine, lead: str) -> list[Block]:
    small = context(f"*{literal(fact.id)}* · {literal(meta(fact, lead))}")
    return [small] if said_in(fact, lead) else [section(literal(clip(one_line(fact.text), WIDEST))), small]


def _packed(fact: FactLine) -> str:
    return f"• {literal(clip(one_line(fact.text), WIDEST))} (*{literal(fact.id)}* · {literal(meta(fact))})"


def _check(answer: Answer, check: Check) -> list[Block]:
    claim = _marked(literal(clip(one_line(check.claim), WIDEST)), check)
    beside = f" [{literal(', '.join(check.facts))}]" if check.facts else ""
    verdict = verdict_of(answer, check)
    found = [f"{f'*{verdict}* · ' if verdict else ''}“{claim}”{beside}"]
    said, has = tell("yours", answer.lang), tell("the_source", answer.lang)
    for item in unnamed(answer, check):
        yours, source = (literal(clip(one_line(part), 400)) for part in (item.yours, item.source))
        found.append(f"• {said}: *{yours}* → {has}: *{source}*")
    return sections(found)


def _marked(claim: str, check: Check) -> str:
    """The claim with each differing word in bold, once."""
    words = {literal(one_line(difference.yours)) for difference in check.differences} - {""}
    if not words:
        return claim

    def bold(found: re.Match[str]) -> str:
        if found[0] not in words:
            return found[0]
        words.discard(found[0])
        return f"*{found[0]}*"

    return re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), bold, claim)


def _buttons(answer: Answer, surface: Surface, asked: str) -> list[Block]:
    if surface is Surface.SHARED:
        return []
    rows = [_suggestions(answer), _acts(answer, surface, asked)]
    return [block for row in rows for block in row]


def _suggestions(answer: Answer) -> list[Block]:
    if not answer.suggestions:
        return []
    kind = "pick" if answer.status in (Status.CLARIFY, Status.SUGGESTED) else "ask"
    row = [button(item.label, f"{kind}:{place}", item.query) for place, item in enumerate(answer.suggestions[:5])]
    title = [context(literal(one_line(answer.suggestions_title)))] if answer.suggestions_title else []
    return [*title, actions("suggestions", row)]


def _acts(answer: Answer, surface: Surface, asked: str) -> list[Block]:
    ids = " ".join(fact.id for fact in (answer.facts or answer.near)[:5] if _ID.fullmatch(fact.id))
    about = Asked.under(answer, asked).packed() if asked else ""
    values = {
        Action.SHARE: asked if surface is Surface.EPHEMERAL else "",
        Action.SHOW_SOURCE: f"source {ids}" if ids else "",
        Action.CITE: f"cite {ids}" if ids else "",
        **dict.fromkeys((Action.EXPLAIN, Action.WRONG, Action.PROPOSE), about),
    }
    row = [_act(action, value, answer.lang) for action, value in values.items() if action in answer.actions and value]
    return [actions("actions", row)] if row else []


def _act(action: Action, value: str, lang: Lang) -> Block:
    style = "primary" if action is Action.SHARE else None
    return button(tell(f"button_{action.value}", lang), action.value, value, style=style)
