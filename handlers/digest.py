"""The digest as it would read now: leading facts, what goes stale, one fact to know."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.brief import leading, various
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.model import Fact
from knowledge.understand.reading import Reading

_LEADING = 4
_STALE = 2


def handle(context: Context, reading: Reading) -> Answer:
    """A preview of today's digest for this dossier; other digest words belong to the delivery."""
    lang = reading.lang
    if reading.argument.casefold() not in {"", "preview"}:
        return answer(context, reading, Status.COMMAND, say("digest_elsewhere", lang))
    facts = leading(context)
    shown = various(facts)[:_LEADING]
    rest = [fact for fact in facts if fact not in shown]
    stale = [fact for fact in rest if fact.perishable][:_STALE]
    sections = (
        Section(title=say("digest_stale", lang), lines=tuple(map(_line, stale))),
        Section(title=say("digest_know", lang), lines=tuple(map(_line, _of_the_day(context, rest)))),
    )
    lead = say("digest_lead", lang, date=f"{context.now:%Y-%m-%d}")
    ids = tuple(fact.id for fact in shown)
    kept = tuple(section for section in sections if section.lines)
    return answer(context, reading, Status.COMMAND, lead, ids, sections=kept, actions=())


def _of_the_day(context: Context, facts: list[Fact]) -> list[Fact]:
    lasting = [fact for fact in facts if not fact.perishable]
    return [lasting[context.now.toordinal() % len(lasting)]] if lasting else []


def _line(fact: Fact) -> str:
    return f"{fact.statement} [{fact.id}]"
