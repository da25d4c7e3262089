"""A cite-as line that names only what is known."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import Context, answer
from handlers.source import ids
from knowledge.dates import in_words
from knowledge.model import Fact, Label
from knowledge.understand.reading import Reading
from knowledge.verify import passage_of


def handle(context: Context, reading: Reading) -> Answer:
    """Cite-as lines for the facts named; for the document where none is."""
    facts = context.facts(ids(reading.argument))
    document = _document(context)
    lead = "\n".join(f"{_fact(context, fact)} {document}" for fact in facts) if facts else document
    return answer(
        context, reading, Status.ANSWERED, lead, tuple(f.id for f in facts), actions=(Action.SHOW_SOURCE, Action.SHARE)
    )


def _document(context: Context) -> str:
    source = context.dossier.source
    publisher = source.publisher or "publisher not stated in the text"
    date = in_words(source.published.edtf)
    basis = "date not stated in the text; from a stored copy" if source.published.basis == "external" else "as printed"
    return f"Source article ({publisher}), {source.author or 'no byline'}, {date} ({basis}); dossier {source.version}."


def _fact(context: Context, fact: Fact) -> str:
    place = passage_of(context.dossier, fact.spans[0]) if fact.spans else "derived"
    mark = " Derived by the desk." if fact.label is Label.DERIVED else ""
    return f"{fact.statement}{mark} [{fact.id}, {place}]"
