"""What changed in the base: corrections, retractions, superseded facts."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.model import Fact, Lang
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Facts that supersede or retract others in the loaded version."""
    lang, version = reading.lang, context.dossier.source.version
    rows = [fact for fact in context.every_fact() if fact.supersedes or fact.retracts]
    if not rows:
        return answer(context, reading, Status.COMMAND, say("no_changes", lang, version=version))
    section = Section(title=say("changes_title", lang), lines=tuple(_line(fact, lang) for fact in rows))
    lead = say("changes_lead", lang, count=len(rows), version=version)
    return answer(context, reading, Status.COMMAND, lead, sections=(section,))


def _line(fact: Fact, lang: Lang) -> str:
    key, old = ("supersedes", fact.supersedes) if fact.supersedes else ("retracts", fact.retracts)
    return say(key, lang, id=fact.id, old=old, text=fact.statement)
