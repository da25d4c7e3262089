"""A cite-as line that names only what is known."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.days import dated
from handlers.source import ids, missing
from handlers.words import say
from knowledge.model import Fact, Label, Lang
from knowledge.understand.reading import Reading
from knowledge.verify import passage_of


def handle(context: Context, reading: Reading) -> Answer:
    """Cite-as lines for the facts named; for the document where none is."""
    wanted = ids(reading.argument)
    facts = context.facts(wanted)
    if wanted and not facts:
        return missing(context, reading)
    document = _document(context, reading.lang)
    lead = "\n".join(f"{_fact(context, fact, reading.lang)} {document}" for fact in facts) or document
    shown = tuple(fact.id for fact in facts)
    return answer(context, reading, Status.ANSWERED, lead, shown, actions=(Action.SHOW_SOURCE, Action.SHARE))


def _document(context: Context, lang: Lang) -> str:
    source = context.dossier.source
    return say(
        "cite_document",
        lang,
        publisher=source.publisher or say("not_stated", lang),
        author=source.author or say("no_byline", lang),
        date=dated(source.published.edtf, lang),
        basis=say(f"basis_{source.published.basis}", lang),
        version=source.version,
    )


def _fact(context: Context, fact: Fact, lang: Lang) -> str:
    place = passage_of(context.dossier, fact.spans[0]) if fact.spans else ", ".join(fact.derived_from)
    derived = f" {say('cite_derived', lang)}" if fact.label is Label.DERIVED else ""
    return f"{fact.statement}{derived} [{fact.id}, {place}]"
