"""Where a fact stands in the source, and what the source is; with the passage where a verified copy is at hand."""

from __future__ import annotations

from handlers.answer import Action, Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.days import dated
from handlers.words import say
from knowledge.model import Fact, Lang, Span
from knowledge.understand.reading import Reading
from knowledge.verify import passage_of


def handle(context: Context, reading: Reading) -> Answer:
    """The place of the facts named; a note on the source where none is."""
    wanted = ids(reading.argument)
    facts = context.facts(wanted)
    if not facts:
        return missing(context, reading) if wanted else _about(context, reading)
    lang = reading.lang
    lead = " ".join(_place(context, fact, lang) for fact in facts)
    lines = tuple(_passage(context, fact, span, lang) for fact in facts for span in fact.spans)
    section = Section(title=say("passages", lang), lines=lines)
    shown = tuple(fact.id for fact in facts)
    actions = (Action.CITE, Action.SHARE, Action.WRONG)
    sections = (section,) if lines else ()
    return answer(context, reading, Status.ANSWERED, lead, shown, sections=sections, actions=actions)


def missing(context: Context, reading: Reading) -> Answer:
    """No fact bears any of the ids that were given."""
    return answer(context, reading, Status.DECLINED, say("unknown_id", reading.lang))


def ids(argument: str) -> list[str]:
    """Fact ids in a command's argument."""
    return [part.strip(",[]").upper() for part in argument.split()]


def _place(context: Context, fact: Fact, lang: Lang) -> str:
    if fact.derived_from:
        return say("derived_from", lang, id=fact.id, ids=", ".join(fact.derived_from))
    return say("place", lang, id=fact.id, place=passage_of(context.dossier, fact.spans[0])) if fact.spans else ""


def _passage(context: Context, fact: Fact, span: Span, lang: Lang) -> str:
    place = passage_of(context.dossier, span)
    where = say("passage", lang, id=fact.id, place=place, start=span.start, end=span.end)
    passage = context.passage(span)
    return f"{where}: “{passage}”" if passage else where


def _about(context: Context, reading: Reading) -> Answer:
    """The standing line on the source (R21), then what is known of the document and what is not."""
    lang, source = reading.lang, context.dossier.source
    unknown = say("not_stated", lang)
    date = f"{dated(source.published.edtf, lang)} ({say(f'basis_{source.published.basis}', lang)})"
    lines = (
        say("source_author", lang, value=source.author or unknown),
        say("source_publisher", lang, value=source.publisher or unknown),
        say("source_url", lang, value=source.url or unknown),
        say("source_date", lang, value=date, evidence=source.published.evidence),
        say("source_id", lang, id=source.id, chars=source.chars, language=source.language),
        say("source_hash", lang, value=source.sha256),
        say("copy_here" if context.text else "copy_absent", lang),
    )
    section = Section(title=say("source_title", lang), lines=lines)
    return answer(context, reading, Status.ANSWERED, source.note, sections=(section,), actions=(Action.CITE,))
