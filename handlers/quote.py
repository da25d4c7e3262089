"""Direct quotations: the words, whose they are, about what, and when; never without their object."""

from __future__ import annotations

from handlers.answer import Answer, FactLine, Status
from handlers.compose import answer, told
from handlers.context import Context
from handlers.lines import fact_line, fact_lines
from handlers.words import say
from knowledge.model import Fact, Lang, Quote
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Every quoted fragment, or those that touch what is named."""
    lang = reading.lang
    chosen = _chosen(context, reading.argument)
    if not chosen:
        asked = [fact.id for fact in context.facts(reading.argument.split())]
        return answer(
            context, reading, Status.DECLINED, say("no_quote", lang), near=fact_lines(context, asked, lang, "")
        )
    texts = [line(quote, lang) for _, quote in chosen]
    lead = texts[0] if len(texts) == 1 else say("quotes_lead", lang, count=len(texts))
    lines = tuple(_quoted(context, fact, text, lang) for (fact, _), text in zip(chosen, texts, strict=True))
    found = told(context, reading, lead, [fact.id for fact, _ in chosen])
    return found.model_copy(update={"facts": lines})


def _chosen(context: Context, argument: str) -> list[tuple[Fact, Quote]]:
    """Quotations of the facts listed by id, of the named actors, or with the words; all where nothing is said."""
    rows = [(fact, quote) for fact in context.every_fact() for quote in fact.quotes]
    if listed := context.facts(argument.split()):
        return [row for row in rows if row[0] in listed]
    found = context.reader.canonicaliser.read(argument)
    if found.actors:
        wanted = set(found.actors)
        return [row for row in rows if wanted & {*row[0].actors, row[1].speaker_actor or ""}]
    words = argument.casefold().strip("'\"“”‘’ ")
    return [row for row in rows if words in row[1].text.casefold()] if words else rows


def line(quote: Quote, lang: Lang) -> str:
    """A quotation with speaker, object and time (R6)."""
    return say("quote_line", lang, text=quote.text, speaker=quote.speaker, object=quote.object, when=quote.when)


def _quoted(context: Context, fact: Fact, text: str, lang: Lang) -> FactLine:
    return fact_line(context, fact, lang).model_copy(update={"text": text, "time_note": None})
