"""Direct quotations: the words, whose they are, about what, and when; never without their object."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from handlers.words import say
from knowledge.model import Fact, Quote
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Every quoted fragment, or those that touch what is named."""
    rows = [(fact, quote) for fact in context.facts(context.reader.facts) for quote in fact.quotes]
    asked = context.reader.canonicaliser.read(reading.argument)
    wanted = set(asked.actors)
    chosen = [row for row in rows if not wanted or wanted & {*row[0].actors, row[1].speaker_actor or ""}]
    if not chosen:
        lead = f"{say('not_in_article', reading.lang)} {len(rows)} fragments are in quotation marks; none of them is about that."
        return answer(context, reading, Status.DECLINED, lead, near=())
    facts = tuple(dict.fromkeys(fact.id for fact, _ in chosen))
    section = Section(title=say("quotes_title", reading.lang), lines=tuple(line(fact, quote) for fact, quote in chosen))
    lead = (
        f"{len(chosen)} quoted {'fragment' if len(chosen) == 1 else 'fragments'}; the article quotes no full sentence."
    )
    return answer(context, reading, Status.ANSWERED, lead, facts, sections=(section,))


def line(fact: Fact, quote: Quote) -> str:
    """A quotation with speaker, object and time (R6)."""
    return f"“{quote.text}”: {quote.speaker}, on {quote.object}, {quote.when} [{fact.id}]"
