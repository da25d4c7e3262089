"""Where a fact stands in the source, and what the source is; with the passage where a verified copy is at hand."""

from __future__ import annotations

from handlers.answer import Action, Answer, Section, Status
from handlers.compose import Context, answer, fact_lines
from handlers.words import say
from knowledge.model import Fact
from knowledge.understand.reading import Reading
from knowledge.verify import passage_of


def handle(context: Context, reading: Reading) -> Answer:
    """The place of the facts named; a note on the source where none is."""
    facts = context.facts(ids(reading.argument))
    if not facts:
        return _about(context, reading)
    lines = tuple(line for fact in facts for line in _places(context, fact))
    lead = say("place", reading.lang, place=f"{facts[0].id}, {_place(context, facts[0])}")
    shown = tuple(fact.id for fact in facts)
    section = Section(title="Passages", lines=lines)
    return answer(
        context,
        reading,
        Status.ANSWERED,
        lead,
        shown,
        sections=(section,),
        actions=(Action.CITE, Action.SHARE, Action.WRONG),
    )


def ids(argument: str) -> list[str]:
    """Fact ids in a command's argument."""
    return [part.strip(",[]").upper() for part in argument.split()]


def _place(context: Context, fact: Fact) -> str:
    return passage_of(context.dossier, fact.spans[0]) if fact.spans else "derived from " + ", ".join(fact.derived_from)


def _places(context: Context, fact: Fact) -> list[str]:
    rows = []
    for span in fact.spans:
        where = f"{fact.id}: {passage_of(context.dossier, span)}, characters {span.start} to {span.end}"
        passage = context.passage(span)
        rows.append(f"{where}: “{passage}”" if passage else where)
    if fact.sum:
        rows.append(f"{fact.id}: {fact.sum}, from {', '.join(fact.derived_from)}")
    return rows


def _about(context: Context, reading: Reading) -> Answer:
    source = context.dossier.source
    copy = (
        "A verified copy is at hand."
        if context.text
        else "No copy of the article is at hand here: answers name paragraph and sentence."
    )
    lines = (
        f"Document {source.id}, {source.chars} characters, language {source.language}.",
        f"Author: {source.author or 'not stated in the text'}. Publisher: {source.publisher or 'not stated in the text'}. Address: {source.url or 'not stated in the text'}.",
        f"Date: {source.published.edtf} ({source.published.evidence}).",
        f"SHA-256 {source.sha256}.",
        copy,
    )
    near = tuple(f.id for f in context.dossier.facts if f.importance == 5 and not f.embargoed)[:2]
    return answer(
        context,
        reading,
        Status.ANSWERED,
        source.note,
        near=fact_lines(context, near, reading.lang),
        sections=(Section(title="Source", lines=lines),),
        actions=(Action.CITE,),
    )
